import { system } from '@tocsin/domain/actor.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { App } from '../src/app.ts'
import type { Tx } from '../src/database/database.ts'
import { receiveRecord, receiveRecords } from '../src/network/receive.ts'
import { AT, AUTHORS, type Author, type Sent, saying, Tale, trustAuthors } from './test-history.ts'
import { startTestNode } from './test-node.ts'

/** Everything that receiving may leave behind, without what is drawn at random. */
const TABLES = {
  network_record: 'added_us',
  shared_object: 'added_us',
  record_head: '',
  missing_record: '',
  audience: '',
  awaited_entry: '',
  tombstone: '',
  erasure_task: '',
  exchange_hour: '',
  quarantined_record: 'id sealed',
  audit_entry: 'hash previous',
}

type Contents = Record<string, readonly string[]>

async function contentsOf(tx: Tx): Promise<Contents> {
  const all: Contents = {}
  for (const [table, random] of Object.entries(TABLES)) {
    const { rows } = await sql<{ row: string }>`
      select (to_jsonb(one) - ${random.split(' ')}::text[])::text as row
      from ${sql.table(table)} as one order by 1`.execute(tx)
    all[table] = rows.map(({ row }) => row)
  }
  return all
}

class TakenBack extends Error {}

/** Lets a node do something, answers what it left behind, and takes it back. */
async function attempt<T>(app: App, work: (app: App) => Promise<T>) {
  let found: { readonly outcome: T; readonly contents: Contents } | undefined
  await app.db
    .asOne(async (as) => {
      const outcome = await work({ ...app, clock: () => AT, db: { ...app.db, as } })
      found = { outcome, contents: await as(system, contentsOf) }
      throw new TakenBack()
    })
    .catch((error: unknown) => {
      if (!(error instanceof TakenBack)) throw error
    })
  return found
}

test('records have the same fate and leave the same behind, one by one and in lots', async () => {
  const node = await startTestNode()
  const { organisation: reader } = await node.as('administrator')
  const authors = await trustAuthors(node)
  const counts = new Map<string, number>()
  const count = (what: string, more: number) => counts.set(what, (counts.get(what) ?? 0) + more)
  await fc.assert(
    fc.asyncProperty(
      fc.array(saying, { minLength: 15, maxLength: 50 }),
      fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 60, maxLength: 60 }),
      async (sayings, sizes) => {
        const tale = new Tale(authors, reader as OrganisationId)
        for (const one of sayings) tale.say(one)
        const arriving = tale.sent.toSorted((one, other) => one.order - other.order)
        // Whoever hands over changes from lot to lot.
        const lots: Sent[][] = []
        for (let at = 0, nth = 0; at < arriving.length; nth += 1) {
          const size = sizes[nth] ?? 1
          lots.push(arriving.slice(at, at + size))
          at += size
        }
        const giver = (nth: number) => (authors[nth % AUTHORS] as Author).id
        const single = await attempt(node.app, async (app) => {
          const outcomes: string[] = []
          for (const [nth, lot] of lots.entries()) {
            for (const { record, wasSealed } of lot) {
              outcomes.push(await receiveRecord(app, record, giver(nth), { wasSealed }))
            }
          }
          return outcomes
        })
        const together = await attempt(node.app, async (app) => {
          const outcomes: string[] = []
          for (const [nth, lot] of lots.entries()) {
            outcomes.push(...(await receiveRecords(app, lot, giver(nth))))
          }
          return outcomes
        })
        expect(together).toEqual(single)
        for (const one of single?.outcome ?? []) count(one, 1)
        for (const [table, rows] of Object.entries(single?.contents ?? {}))
          count(table, rows.length)
      },
    ),
    { numRuns: 15, endOnFailure: true },
  )
  process.stdout.write(`${JSON.stringify(Object.fromEntries(counts))}\n`)
  const refusals = ['not-the-author', 'above-ceiling', 'bad-signature', 'not-accepted']
  const left = ['missing_record', 'tombstone', 'audit_entry']
  for (const one of ['kept', 'known', ...refusals, ...left]) {
    expect(counts.get(one) ?? 0).toBeGreaterThan(0)
  }
}, 240_000)
