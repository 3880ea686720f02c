import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Actor } from './actor.ts'
import { isInAudience, Marking } from './audience.ts'
import type { CountryCode, Instant, OrganisationId } from './brand.ts'
import {
  type Consultation,
  ContributionKind,
  conveningFault,
  maySay,
  roomTerms,
  standingOf,
  whyNotReply,
  whyNotSay,
} from './consultation.ts'
import { newId } from './id.ts'
import type { AudienceId } from './network.ts'
import { composeAudience, type Party } from './sharing.ts'

const at = '2026-01-01T00:00:00.000Z' as Instant
const ids = Array.from({ length: 6 }, () => newId<OrganisationId>())
const [owner] = ids as [OrganisationId]
const country = fc.constantFrom(null, 'ARD', 'CRV') as fc.Arbitrary<CountryCode | null>

const drawn = fc.record({
  countries: fc.tuple(country, country, country, country, country, country),
  about: country,
  participants: fc.uniqueArray(fc.constantFrom(...ids), { maxLength: 3 }),
  observers: fc.uniqueArray(fc.constantFrom(...ids), { maxLength: 2 }),
  concerned: fc.uniqueArray(fc.constantFrom(...ids), { maxLength: 2 }),
  isClosed: fc.boolean(),
})

type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never

function made({ countries, about, participants, observers, concerned, isClosed }: Drawn) {
  const parties = ids.map(
    (id, index): Party => ({
      id,
      country: countries[index] ?? null,
      standing: 'pinned',
    }),
  )
  const convening = {
    participants,
    observers,
    concerned: concerned.map((organisation) => ({ organisation, reason: 'x', isHeard: true })),
  }
  const self = { id: owner, country: countries[0] }
  const fault = conveningFault(convening, { owner: self, country: about, parties })
  const seat = (role: 'participant' | 'observer') => (organisation: OrganisationId) => ({
    ...{ organisation, role, name: 'x', since: at },
  })
  const room: Pick<Consultation, 'organisation' | 'seats' | 'concerned' | 'closing'> = {
    organisation: owner,
    seats: [...participants.map(seat('participant')), ...observers.map(seat('observer'))],
    concerned: concerned.map((organisation) => ({
      ...{ organisation, name: 'x', reason: 'x', since: at, heardSince: at },
    })),
    closing: isClosed ? { closedAt: at, words: 'x' } : null,
  }
  return { parties, convening, self, fault, room, about }
}

const person = (organisation: OrganisationId, role: 'analyst' | 'reader'): Actor => ({
  kind: 'person',
  person: newId(),
  organisation,
  roles: [role],
  session: newId(),
  credential: 'key',
  steppedUpUntil: null,
})

describe('a room', () => {
  test('is read by exactly those who have a seat in it, and never by whoever is concerned', () => {
    let composedCount = 0
    fc.assert(
      fc.property(drawn, fc.constantFrom(...Marking.options), (facts, marking) => {
        const { parties, convening, self, fault, room, about } = made(facts)
        if (fault) return
        const composed = composeAudience(roomTerms(convening, { name: 'C-2026/1', marking }), {
          at,
          id: newId<AudienceId>(),
          owner: self,
          parties,
          country: about,
          find: () => undefined,
          stopped: [],
        })
        if ('fault' in composed) throw new Error(composed.fault)
        composedCount += 1
        for (const { id } of parties) {
          const standing = standingOf(room, id)
          const reads = isInAudience({ organisation: owner, ...composed }, id)
          expect(reads).toBe(standing !== undefined && standing !== 'recused')
          if (
            parties.find((one) => one.id === id)?.country === about &&
            about &&
            self.country !== about
          ) {
            expect(reads).toBe(id === owner)
          }
        }
        expect(composed.ceiling).toBe(marking)
      }),
    )
    expect(composedCount).toBeGreaterThan(5)
  })

  test('is not convened with an organisation named twice, of the State concerned, or with nobody', () => {
    fc.assert(
      fc.property(drawn, (facts) => {
        const { fault, convening, self, parties, about } = made(facts)
        const invited = [...convening.participants, ...convening.observers]
        const named = [owner, ...invited, ...convening.concerned.map((one) => one.organisation)]
        const isTwice = new Set(named).size < named.length
        const isConcerned = parties.some(
          (one) =>
            invited.includes(one.id) &&
            about !== null &&
            one.country === about &&
            self.country !== about &&
            one.id !== owner,
        )
        expect(fault !== undefined).toBe(isTwice || isConcerned || invited.length === 0)
      }),
    )
  })

  test('lets speak whoever is in it while it is open, in the kinds that are theirs', () => {
    fc.assert(
      fc.property(
        drawn,
        fc.constantFrom(...ids),
        fc.constantFrom(...ContributionKind.options),
        (facts, who, kind) => {
          const { fault, room } = made(facts)
          if (fault) return
          const standing = standingOf(room, who)
          const may = whyNotSay(room, who, kind) === undefined
          const isIn = standing !== undefined && standing !== 'recused'
          const isTheirs =
            kind !== 'reply-of-concerned' && !(kind === 'dissent' && standing === 'observer')
          expect(may).toBe(isIn && isTheirs && room.closing === null)
          expect(maySay(person(who, 'analyst'), room, kind)).toBe(may)
          expect(maySay(person(who, 'reader'), room, kind)).toBe(false)
        },
      ),
    )
  })
})

describe('whoever is heard apart', () => {
  test('replies, and is asked; nobody else reads or speaks there', () => {
    const [, hears, other] = ids as [OrganisationId, OrganisationId, OrganisationId]
    const open = { organisation: owner, hears, closedAt: null }
    const faults = (who: OrganisationId, closedAt: Instant | null = null) =>
      ContributionKind.options.map((kind) => whyNotReply({ ...open, closedAt }, who, kind) ?? 'may')
    expect(faults(hears)).toEqual(['not-concerned', 'not-concerned', 'may', 'observer'])
    expect(faults(owner)).toEqual(['may', 'may', 'not-concerned', 'observer'])
    expect(new Set(faults(other))).toEqual(new Set(['not-invited']))
    expect(new Set(faults(hears, at))).toEqual(new Set(['closed']))
  })
})
