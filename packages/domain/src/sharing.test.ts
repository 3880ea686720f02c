import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isMoreClosed, Marking } from './audience.ts'
import type { CountryCode, Instant, OrganisationId } from './brand.ts'
import { newId } from './id.ts'
import type { AudienceId } from './network.ts'
import {
  composeAudience,
  isWidening,
  type Known,
  markingFrom,
  mayPassOn,
  type Party,
  plainTerms,
  type Sharing,
  type SharingTerms,
  type SharingVersion,
  whyNotSent,
} from './sharing.ts'

const AT = '2026-01-01T00:00:00.000Z' as Instant
const LATER = '2026-02-01T00:00:00.000Z' as Instant
const BEFORE = '2025-12-31T00:00:00.000Z' as Instant
const state = (code: string) => code as CountryCode

const owner: Party = { id: newId<OrganisationId>(), country: state('ARD'), standing: 'here' }
const parties: readonly Party[] = ['BEL', 'COR', 'DAL', 'EST', null, null].map((country) => ({
  id: newId<OrganisationId>(),
  country: country === null ? null : state(country),
  standing: 'pinned',
}))
const [belmara, corvane, dalesh, estuary, region, union] = parties as [
  Party,
  Party,
  Party,
  Party,
  Party,
  Party,
]
const all = [owner, ...parties]
const ids = (...some: readonly Party[]) => some.map(({ id }) => id)

function version(parts: Partial<SharingVersion> = {}): SharingVersion {
  const members = parts.members ?? ids(...parties)
  return {
    ...plainTerms,
    id: newId<AudienceId>(),
    version: 1,
    name: 'A',
    organisation: owner.id,
    members,
    audience: members,
    effectiveAt: AT,
    ...parts,
  } as SharingVersion
}

const sharing = (parts: Partial<Sharing> = {}): Sharing => ({
  version: version(),
  pending: undefined,
  owner,
  thing: { marking: 'TLP:AMBER', country: null },
  at: AT,
  stopped: [],
  ...parts,
})

const readersOf = (one: Sharing) =>
  ids(...all.filter((party) => party.id !== owner.id && !whyNotSent(one, party)))

const terms = (parts: Partial<SharingTerms> = {}): SharingTerms => ({
  ...plainTerms,
  name: 'A',
  members: ids(region),
  ...parts,
})

const compose = (said: SharingTerms, known: Partial<Known> = {}) =>
  composeAudience(said, {
    at: AT,
    id: newId<AudienceId>(),
    owner,
    find: () => undefined,
    parties: all,
    country: null,
    stopped: [],
    ...known,
  })

describe('who gets what is shared', () => {
  test('is its members, and each other party has one reason', () => {
    const one = sharing({ version: version({ members: ids(belmara, region) }) })
    expect(readersOf(one)).toEqual(ids(belmara, region))
    expect(whyNotSent(one, corvane)).toBe('not-in-audience')
    expect(whyNotSent(one, owner)).toBeUndefined()
  })

  test('is never an organisation of the State concerned, unless the author says so', () => {
    const country = state('COR')
    const of = (said: Partial<SharingTerms>, by: Party = owner) => {
      const composed = compose(terms({ members: ids(...parties), ...said }), { country, owner: by })
      const made = version({ ...(composed as object) })
      return whyNotSent(
        sharing({ thing: { marking: 'TLP:AMBER', country }, version: made }),
        corvane,
      )
    }
    expect(of({})).toBe('state-concerned')
    expect(of({ includesStateConcerned: true })).toBeUndefined()
    // About one's own State one's own authorities are told: that is what a focal point is for.
    expect(of({}, { ...owner, country })).toBeUndefined()
  })

  test('is nobody once it is over, over the ceiling, stopped or out of trust', () => {
    expect(whyNotSent(sharing({ version: version({ expiresAt: AT }) }), belmara)).toBe('expired')
    const low = version({ ceiling: 'TLP:GREEN' })
    expect(whyNotSent(sharing({ version: low }), belmara)).toBe('over-ceiling')
    const shut = sharing({ stopped: ids(belmara), version: version({ excluded: ids(belmara) }) })
    expect(whyNotSent(shut, belmara)).toBe('stopped')
    for (const standing of ['proposed', 'expelled', 'unknown'] as const) {
      expect(whyNotSent(sharing(), { ...belmara, standing })).toBe('not-pinned')
    }
  })

  test('waits for whoever comes by a later version', () => {
    const now = version({ members: ids(region) })
    const pending = { ...now, version: 2, audience: ids(region, dalesh), effectiveAt: LATER }
    expect(whyNotSent(sharing({ version: now, pending }), dalesh)).toBe('waiting')
    expect(readersOf(sharing({ version: now, pending }))).toEqual(ids(region))
  })

  test('comes through groups, which only narrow and whose exclusions win over everything', () => {
    const inner = version({
      members: ids(estuary, dalesh),
      excluded: ids(belmara),
      ceiling: 'TLP:GREEN',
    })
    const said = terms({ members: ids(belmara, union), groups: [inner.id] })
    const composed = compose(said, { find: () => inner })
    expect(composed).toEqual({
      audience: ids(union, estuary, dalesh),
      excluded: ids(belmara),
      ceiling: 'TLP:GREEN',
    })
    const over = { ...inner, expiresAt: AT }
    expect(compose(said, { find: () => over })).toMatchObject({ audience: ids(belmara, union) })
  })

  test('reads an unknown marking as the most closed one', () => {
    expect(['TLP:AMBER', 'TLP:amber', 'PAP:RED', undefined].map(markingFrom)).toEqual([
      'TLP:AMBER',
      'TLP:RED',
      'TLP:RED',
      'TLP:RED',
    ])
  })
})

describe('any audience', () => {
  const party = fc.constantFrom(...parties)
  const some = fc.uniqueArray(party).map((list) => list.map(({ id }) => id))
  const marking = fc.constantFrom(...Marking.options)
  const plain = fc.record({ members: some, excluded: some, ceiling: marking })

  test('never reaches whoever is excluded or stopped anywhere, and nobody over a ceiling', () => {
    fc.assert(
      fc.property(plain, plain, some, marking, (mine, theirs, stopped, said) => {
        const group = version(theirs)
        const composed = compose(terms({ ...mine, groups: [group.id] }), {
          find: () => group,
          stopped,
        })
        const out = [...mine.excluded, ...theirs.excluded, ...stopped]
        const left = [...mine.members, ...theirs.members].filter((one) => !out.includes(one))
        if ('fault' in composed) {
          expect([composed.fault, left]).toEqual(['empty', []])
          return
        }
        expect(new Set(composed.audience)).toEqual(new Set(left))
        const thing = { marking: said, country: null }
        const readers = readersOf(sharing({ version: version(composed), thing, stopped }))
        const isOver = isMoreClosed(said, mine.ceiling) || isMoreClosed(said, theirs.ceiling)
        expect(new Set(readers)).toEqual(new Set(isOver ? [] : left))
      }),
    )
  })

  test('is wider by whoever comes, and never by whoever goes', () => {
    fc.assert(
      fc.property(some, some, (before, after) => {
        const [a, b] = [version({ members: before }), version({ members: after })]
        expect(isWidening(a, b)).toBe(after.some((one) => !before.includes(one)))
      }),
    )
  })
})

describe('an audience that cannot be', () => {
  test('is named: unknown organisations, unknown and circular groups, nobody, no time left', () => {
    const id = newId<AudienceId>()
    const round = version({ groups: [id] })
    expect([
      compose(terms({ members: [newId()] })),
      compose(terms({ groups: [newId()] })),
      compose(terms({ groups: [round.id] }), { find: () => round, id }),
      compose(terms({ members: [] })),
      compose(terms({ excluded: ids(region) })),
      compose(terms({ expiresAt: BEFORE })),
    ]).toEqual([
      { fault: 'unknown-organisation' },
      { fault: 'unknown-group' },
      { fault: 'group-cycle' },
      { fault: 'empty' },
      { fault: 'empty' },
      { fault: 'expired' },
    ])
  })
})

describe('passing on', () => {
  const original = {
    author: owner.id,
    marking: 'TLP:AMBER',
    reshare: 'with-release',
    delegates: [],
    releases: [],
  } as const
  const pass = { by: region.id, to: dalesh.id }

  test('takes a release by the author, a delegate, or a marking that is open', () => {
    expect(mayPassOn(original, pass)).toBe(false)
    expect(mayPassOn({ ...original, releases: [{ by: owner.id, to: [dalesh.id] }] }, pass)).toBe(
      true,
    )
    // Somebody else's word is no release.
    expect(mayPassOn({ ...original, releases: [{ by: union.id, to: [dalesh.id] }] }, pass)).toBe(
      false,
    )
    expect(mayPassOn({ ...original, delegates: [region.id] }, pass)).toBe(true)
    expect(mayPassOn({ ...original, reshare: 'never', delegates: [region.id] }, pass)).toBe(false)
    const free = { ...original, reshare: 'free' } as const
    const allowed = Marking.options.filter((marking) => mayPassOn({ ...free, marking }, pass))
    expect(allowed).toEqual(['TLP:CLEAR', 'TLP:GREEN'])
  })
})
