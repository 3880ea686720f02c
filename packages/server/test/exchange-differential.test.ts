import { type Actor, system } from '@tocsin/domain/actor.ts'
import { Marking } from '@tocsin/domain/audience.ts'
import type { Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import { mayReadShared } from '@tocsin/domain/network-access.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Reader } from '../src/network/collections.ts'
import { keepRecord, shareObject } from '../src/network/keep.ts'
import { readPage } from '../src/network/pages.ts'
import { note } from './test-exchange.ts'
import { startTestNode, type TestNode } from './test-node.ts'

const organisations = Array.from({ length: 6 }, () => newId<OrganisationId>())
const some = fc.subarray(organisations)
const drawn = fc.record({
  organisation: fc.constantFrom(...organisations),
  audience: some,
  excluded: some,
  marking: fc.constantFrom(...Marking.options),
})
type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never

const person = (organisation: OrganisationId): Extract<Actor, { kind: 'person' }> => ({
  kind: 'person',
  person: newId(),
  organisation,
  roles: ['reader'],
  session: newId(),
  credential: 'key',
  steppedUpUntil: null,
})

/** Keeps what was drawn as any other record is kept; answers it by the id of its object. */
async function keepAll(node: TestNode, all: readonly Drawn[]): Promise<ReadonlyMap<string, Drawn>> {
  const byId = new Map<string, Drawn>()
  await node.app.db.as(system, async (tx) => {
    for (const { marking, ...readers } of all) {
      const object = note('x', { marking })
      const digest = newId().replaceAll('-', '').repeat(2) as Sha256
      const header = { aud: newId<AudienceId>(), aep: 0, aseq: 1, aprev: null } as never
      const at = '2026-01-01T00:00:00.000Z' as Instant
      const statement = { protected: 'AAAA', payload: 'AAAA', signature: 'AAAA' }
      const kept = { digest, header, object, readers, marking, at }
      await keepRecord(tx, { ...kept, statement, from: null, waiting: false })
      await shareObject(tx, kept)
      byId.set(object.id, { marking, ...readers })
    }
  })
  return byId
}

async function readAll(node: TestNode, reader: Reader): Promise<readonly string[]> {
  const ids: string[] = []
  for (let next: string | undefined; ; ) {
    const page = await readPage(node.app, reader, 'everything', {
      limit: 17,
      'match[version]': 'all',
      ...(next && { next }),
    })
    ids.push(...page.items.map(({ id }) => id))
    const last = page.items.at(-1)
    if (!page.more || !last) return ids.sort()
    next = String(last.added)
  }
}

test('lists, counts and both ways of sync show each reader exactly what the rule lets them see', async () => {
  const node = await startTestNode()
  await node.app.db.as(system, (tx) =>
    tx
      .insertInto('organisation')
      .values(
        organisations.map((id) => ({
          id,
          name: id,
          kind: 'focal-point' as const,
          country: null,
          made_at: node.app.clock(),
          closed_at: null,
        })),
      )
      .execute(),
  )
  let compared = 0
  const kept = new Map<string, Drawn>()
  await fc.assert(
    fc.asyncProperty(fc.array(drawn, { minLength: 60, maxLength: 60 }), async (all) => {
      for (const [id, one] of await keepAll(node, all)) kept.set(id, one)
      const allowed = (actor: Actor, ceiling: Marking = 'TLP:RED') =>
        [...kept]
          .filter(([, one]) => mayReadShared(actor, one))
          .filter(
            ([, one]) => Marking.options.indexOf(one.marking) <= Marking.options.indexOf(ceiling),
          )
          .map(([id]) => id)
          .sort()
      for (const organisation of organisations) {
        const who = person(organisation)
        const rows = await node.app.db.as(who, (tx) =>
          tx.selectFrom('shared_object').select('id').execute(),
        )
        expect(rows.map(({ id }) => id).sort()).toEqual(allowed(who))
        const { count } = await node.app.db.as(who, (tx) =>
          tx
            .selectFrom('shared_object')
            .select((eb) => eb.fn.countAll<number>().as('count'))
            .executeTakeFirstOrThrow(),
        )
        expect(Number(count)).toBe(allowed(who).length)
        const ceiling: Marking = 'TLP:GREEN'
        expect(await readAll(node, { actor: who, ceiling })).toEqual(allowed(who, ceiling))
        const peer = { kind: 'node', organisation } as const
        expect(await readAll(node, { actor: peer, ceiling: 'TLP:RED' })).toEqual(allowed(peer))
        compared += kept.size * 4
      }
    }),
    { numRuns: 4, endOnFailure: true },
  )
  process.stdout.write(`${compared} pairs of reader and record compared\n`)
  expect(compared).toBeGreaterThan(10_000)
}, 240_000)
