import { type Actor, Role, system } from '@tocsin/domain/actor.ts'
import { isMoreClosed, Marking } from '@tocsin/domain/audience.ts'
import type { CountryCode, Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { mayUseDocket } from '@tocsin/domain/docket-access.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import {
  composeAudience,
  isOver,
  type Party,
  plainTerms,
  type SharingVersion,
  whyNotSent,
} from '@tocsin/domain/sharing.ts'
import { extensionId } from '@tocsin/records/stix/extension.ts'
import { markingRef } from '@tocsin/records/stix/tlp.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { App } from '../src/app.ts'
import { readersOf } from '../src/network/audience-reading.ts'
import { sentenceOf } from '../src/network/sentence.ts'
import { exportShared, exportSharedObjects, listShared } from '../src/network/shared.ts'
import { startTestNode } from './test-node.ts'

/*
 * The rule that decides who gets what, against everything that shows or hands it over: drawn
 * audiences, markings and readers, compared in batches.
 */

const WORLDS = 16
const ITEMS = 120
const AT = '2026-01-01T00:00:00.000Z' as Instant
const LATER = '2026-06-01T00:00:00.000Z' as Instant

const states = ['ARD', 'BLM', 'CRV', null] as (CountryCode | null)[]
const standings = [
  'here',
  'here',
  'here',
  'here',
  'pinned',
  'pinned',
  'pinned',
  'proposed',
] as const
const parties: readonly Party[] = standings.map((standing, index) => ({
  id: newId<OrganisationId>(),
  country: states[index % states.length] ?? null,
  standing,
}))
const here = parties.filter(({ standing }) => standing === 'here')

const some = fc.subarray([...parties]).map((list) => list.map(({ id }) => id))
const drawnAudience = fc.record({
  owner: fc.constantFrom(...here),
  members: some,
  excluded: fc.oneof(
    { weight: 2, arbitrary: fc.constant<OrganisationId[]>([]) },
    { weight: 1, arbitrary: some },
  ),
  ceiling: fc.constantFrom(...Marking.options),
  country: fc.constantFrom(...states),
  expiresAt: fc.constantFrom(null, null, LATER, AT),
  includesStateConcerned: fc.boolean(),
  inside: fc.array(fc.nat({ max: 7 }), { maxLength: 2 }),
})
const drawnItem = fc.record({
  audience: fc.nat({ max: 99 }),
  marking: fc.constantFrom(...Marking.options),
  isFound: fc.boolean(),
})
const drawnReader = fc.record({
  party: fc.constantFrom(...here),
  roles: fc.subarray([...Role.options]),
})
const world = fc.record({
  audiences: fc.array(drawnAudience, { minLength: 8, maxLength: 8 }),
  items: fc.array(drawnItem, { minLength: ITEMS, maxLength: ITEMS }),
  readers: fc.array(drawnReader, { minLength: 10, maxLength: 10 }),
})
type World = typeof world extends fc.Arbitrary<infer T> ? T : never

type Made = { readonly version: SharingVersion; readonly country: CountryCode | null }

/** Each audience may hold those made before it; those that cannot be are not made. */
function makeAudiences(drawn: World['audiences']): readonly Made[] {
  const made: Made[] = []
  for (const { owner, inside, country, ...said } of drawn) {
    const groups = inside.flatMap((index) => made[index]?.version.id ?? [])
    const terms = { ...plainTerms, ...said, groups, name: 'A' }
    // One that runs out at this moment was made while it had time left.
    const known = { at: '2025-12-01T00:00:00.000Z' as Instant, parties, country, stopped: [] }
    const id = newId<AudienceId>()
    const find = (wanted: AudienceId) => made.find(({ version }) => version.id === wanted)?.version
    const composed = composeAudience(terms, { ...known, id, owner, find })
    if ('fault' in composed) continue
    const version = { ...terms, ...composed, id, version: 1, organisation: owner.id }
    made.push({ version: { ...version, effectiveAt: AT }, country })
  }
  return made
}

type Item = Made & {
  readonly id: string
  readonly digest: Sha256
  readonly marking: Marking
  readonly isFound: boolean
}

const itemsOf = (drawn: World['items'], made: readonly Made[]): readonly Item[] =>
  drawn.flatMap(({ audience, ...item }) => {
    const one = made[audience % made.length]
    const digest = newId().replaceAll('-', '').repeat(2) as Sha256
    return one ? [{ ...one, ...item, digest, id: `grouping--${newId()}` }] : []
  })

/** The rule, asked of one party. */
function gets({ version, country, marking }: Item, party: Party): boolean {
  const owner = parties.find(({ id }) => id === version.organisation) as Party
  const thing = { marking, country }
  return !whyNotSent({ version, pending: undefined, owner, thing, at: AT, stopped: [] }, party)
}

/** What publishing writes, many at once. */
async function publish(app: App, items: readonly Item[]): Promise<void> {
  const rows = items
    .filter(
      ({ version, marking }) => !isOver(version, AT) && !isMoreClosed(marking, version.ceiling),
    )
    .map(({ version, marking, id, digest, country, isFound }) => {
      const { organisation, audience, excluded } = readersOf(version.organisation, [version])
      const readers = { organisation, audience: [...audience], excluded: [...excluded] }
      const content = { country, is_exercise: false }
      const object = {
        type: 'grouping',
        name: isFound ? 'Needle' : 'Hay',
        object_marking_refs: [markingRef(marking)],
        extensions: { [extensionId]: { extension_type: 'property-extension', content } },
      }
      return { readers, object, marking, id, digest, audience_id: version.id }
    })
  await app.db.as(system, async (tx) => {
    await tx.deleteFrom('shared_object').execute()
    if (rows.length === 0) return
    await tx
      .insertInto('network_record')
      .values(
        rows.map(({ readers, marking, id, digest, audience_id }, index) => ({
          ...{ ...readers, marking, digest, audience_id, object_id: id, object_type: 'grouping' },
          ...{ epoch: 0, seq: index + 1, previous: null, modified: AT, statement: null },
          ...{ received_from: null, kept_at: AT },
        })),
      )
      .execute()
    await tx
      .insertInto('shared_object')
      .values(
        rows.map(({ readers, object, marking, id, digest, audience_id }) => ({
          ...{ ...readers, marking, id, digest, audience_id, type: 'grouping' },
          ...{ object: JSON.stringify(object), created: AT, modified: AT, kept_at: AT },
        })),
      )
      .execute()
  })
}

const sorted = (ids: readonly string[]) => [...ids].sort()

/** List, count, search and both files, for somebody with these roles. */
async function compareReader(
  app: App,
  items: readonly Item[],
  { party, roles }: World['readers'][number],
) {
  const actor: Actor = {
    ...{ kind: 'person', person: newId(), organisation: party.id, roles, session: newId() },
    ...{ credential: 'key', steppedUpUntil: null },
  }
  const expected = items.filter(
    (item) => mayUseDocket(actor) && item.version.organisation !== party.id && gets(item, party),
  )
  const all = { exercise: false, limit: 200, offset: 0 }
  const ids = (some: readonly { readonly id: string }[]) => sorted(some.map(({ id }) => id))
  const list = await listShared(app, actor, all)
  expect(ids(list.shared)).toEqual(ids(expected))
  expect(list.total).toBe(expected.length)
  const found = await listShared(app, actor, { ...all, text: 'needle' })
  expect(ids(found.shared)).toEqual(ids(expected.filter(({ isFound }) => isFound)))
  const csv = await exportShared(app, actor, { exercise: false })
  expect(sorted(csv.match(/^grouping--[0-9a-f-]+/gm) ?? [])).toEqual(ids(expected))
  const bundle = await exportSharedObjects(app, actor, { exercise: false })
  expect(bundle.objects).toHaveLength(expected.length)
  return items.length * 5
}

/** What a member's node may fetch. */
async function compareSync(app: App, items: readonly Item[], party: Party): Promise<number> {
  const audiences = items.map(({ version }) => version.id)
  const rows = await app.db.as({ kind: 'node', organisation: party.id }, (tx) =>
    tx
      .selectFrom('network_record')
      .select('digest')
      .where('audience_id', 'in', audiences)
      .execute(),
  )
  const expected = items.filter((item) => gets(item, party)).map(({ digest }) => digest)
  expect(sorted(rows.map(({ digest }) => digest))).toEqual(sorted(expected))
  return items.length
}

/** What the sentence says before anything leaves. */
const comparePreview = (app: App, items: readonly Item[]): Promise<number> =>
  app.db.as(system, async (tx) => {
    for (const item of items) {
      const said = await sentenceOf(tx, { version: item.version, thing: item, at: AT })
      const expected = parties.filter(
        (party) => party.id !== item.version.organisation && gets(item, party),
      )
      expect(sorted(said.readers.map(({ organisation }) => organisation))).toEqual(
        sorted(expected.map(({ id }) => id)),
      )
    }
    return items.length * (parties.length - 1)
  })

async function settle(app: App): Promise<void> {
  await app.db.as(system, async (tx) => {
    for (const { id, country, standing } of parties) {
      await tx
        .insertInto('organisation')
        .values({ id, country, name: `O ${id}`, kind: 'focal-point', made_at: AT })
        .execute()
      if (standing === 'here' || standing === 'unknown') continue
      const at = { address: 'https://node.example', root: 'a'.repeat(64) as Sha256, made_at: AT }
      await tx
        .insertInto('member')
        .values({ ...at, organisation: id, state: standing })
        .execute()
    }
  })
}

test('list, count, search, files, sync and preview agree with the one rule in 100,000 cases', async () => {
  const { app } = await startTestNode()
  await settle(app)
  let cases = 0
  await fc.assert(
    fc.asyncProperty(world, async ({ audiences, items: drawn, readers }) => {
      const items = itemsOf(drawn, makeAudiences(audiences))
      if (items.length === 0) return
      await publish(app, items)
      for (const reader of readers) cases += await compareReader(app, items, reader)
      for (const party of parties.filter(({ standing }) => standing === 'pinned')) {
        cases += await compareSync(app, items, party)
      }
      cases += await comparePreview(app, items)
    }),
    { numRuns: WORLDS, endOnFailure: true },
  )
  process.stdout.write(`${cases} cases of reader, thing and view compared\n`)
  expect(cases).toBeGreaterThanOrEqual(100_000)
})
