import { setTimeout as pause } from 'node:timers/promises'
import { system } from '@tocsin/domain/actor.ts'
import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { systemClock } from '@tocsin/domain/clock.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import { acquaint, type LabAudience, type Party } from '@tocsin/lab/acquaint.ts'
import type { RecordedObject } from '@tocsin/records/record.ts'
import { markingRef } from '@tocsin/records/stix/tlp.ts'
import type { App } from '@tocsin/server/app.ts'
import { openDatabase } from '@tocsin/server/database/database.ts'
import { receivers } from '@tocsin/server/main.ts'
import { publishRecord } from '@tocsin/server/network/publish.ts'
import { askFor, type Reading } from '@tocsin/server/network/pull.ts'
import { findServer } from '@tocsin/server/postgres/address.ts'
import pg from 'pg'

/*
 * A process at a node's own site: it writes for the node's organisation, and looks at what the node
 * has. It outlives the node.
 */

const [home = '', organisation = ''] = process.argv.slice(2)
const own = organisation as OrganisationId
const quiet = () => undefined

/** The database is at another place after each start of the node. */
async function address(): Promise<string> {
  const url = await findServer(home)
  if (url === undefined) throw new Error('the database is away')
  return url
}

async function withOwner<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(await address())
  await client.connect()
  return work(client).finally(() => client.end())
}

async function withApp<T>(work: (app: App) => Promise<T>): Promise<T> {
  const db = openDatabase(await address(), 2)
  const log = { error: quiet, warn: quiet, info: quiet }
  const node = { origin: 'http://bench.invalid', home }
  const enqueue = async () => undefined
  const parts = { db, clock: systemClock, node, enqueue, fetch, channels: {}, receivers, log }
  return work(parts).finally(db.close)
}

const count = (client: pg.Client, where: string, values: unknown[]): Promise<number> =>
  client
    .query<{ count: number }>(`select count(*) from network_record where ${where}`, values)
    .then(({ rows }) => Number(rows[0]?.count))

const orders = {
  acquaint: ({ self, other, audience }: { self: Party; other: Party; audience: LabAudience }) =>
    withOwner((client) => acquaint(client, self, [other], [audience])),

  /** So many reports of some length, as a node signs them; half of them travel sealed. */
  write: ({ audience, many }: { audience: AudienceId; many: number }) =>
    withApp(async (app) => {
      for (let written = 0; written < many; written += LOT) {
        await app.db.as(system, async (tx) => {
          for (let number = written; number < Math.min(many, written + LOT); number += 1) {
            await publishRecord(app, tx, { organisation: own, audience, object: report(number) })
          }
          // Nothing was pushed yet: the reader is new and reads for itself.
          await tx.deleteFrom('record_queue').where('attempts', '=', 0).execute()
        })
      }
    }),

  /** Until it is told to, the node does not look what is new at the other. */
  wait: ({ member }: { member: OrganisationId }) =>
    withOwner((client) =>
      client.query(
        `insert into peer (member, next_push_at, next_pull_at) values ($1, now(), '2100-01-01')
        on conflict (member) do update set next_pull_at = excluded.next_pull_at`,
        [member],
      ),
    ),

  /** Has the node look at once for what is new at the other. */
  readOn: () => withOwner((client) => client.query(`update peer set next_pull_at = '2020-01-01'`)),

  held: ({ audience }: { audience: AudienceId }) =>
    withOwner((client) => count(client, 'audience_id = $1', [audience])),

  /** Of how many the reader has said that it needs them no more. */
  upTo: ({ audience, next }: { audience: AudienceId; next: string }) =>
    withOwner((client) => count(client, 'audience_id = $1 and added_us <= $2', [audience, next])),

  cursor: () =>
    withOwner(async (client) => {
      const { rows } = await client.query<{ next: string }>(
        `select next from sync_cursor where collection = 'everything'`,
      )
      return rows[0]?.next ?? '0'
    }),

  /** What was said, what can be read of it and how far its author's order goes, in one word. */
  fingerprint: ({ audience }: { audience: AudienceId }) =>
    withOwner(async (client) => {
      const { rows } = await client.query<{ word: string }>(
        `select md5(concat(
          (select string_agg(digest, ' ' order by organisation, seq) from network_record
            where audience_id = $1 and statement is not null and not waiting),
          (select string_agg(id || digest || object, ' ' order by id) from shared_object
            where audience_id = $1),
          (select string_agg(concat(seq, digest, known_seq), ' ' order by organisation)
            from record_head where audience_id = $1))) as word`,
        [audience],
      )
      return rows[0]?.word ?? ''
    }),

  /** Reads on where nothing is new; in seconds and kB, the headers of both messages with them. */
  readNothing: ({ member, next }: { member: OrganisationId; next: string }) =>
    withApp(async (app) => {
      const begun = performance.now()
      const reading: Reading = { organisation: own, member }
      const page = await askFor(app, reading, 'everything', { next })
      const seconds = (performance.now() - begun) / 1000
      return { seconds, kilobytes: JSON.stringify(page).length / 1024 + HEADERS_KB }
    }),

  /** Answers when it was committed. */
  warn: ({ audience, object }: { audience: AudienceId; object: RecordedObject }) =>
    withApp(async (app) => {
      await app.db.as(system, (tx) =>
        publishRecord(app, tx, { organisation: own, audience, object }),
      )
      return Date.now()
    }),

  /** Answers when it could be read here. */
  awaitObject: ({ id }: { id: string }) =>
    withOwner(async (client) => {
      for (;;) {
        const { rowCount } = await client.query('select 1 from shared_object where id = $1', [id])
        if (rowCount) return Date.now()
        await pause(5)
      }
    }),
}

const LOT = 500
const HEADERS_KB = 4

function report(number: number): RecordedObject {
  const at: Instant = systemClock()
  return {
    type: 'note',
    spec_version: '2.1',
    id: `note--${crypto.randomUUID()}`,
    created: at,
    modified: at,
    object_marking_refs: [markingRef(number % 2 === 0 ? 'TLP:GREEN' : 'TLP:AMBER')],
    content: `Report ${number}. ${'Chalk marks on the doors of the lower town. '.repeat(12)}`,
    object_refs: [],
  }
}

export type Orders = typeof orders
type Asked = { readonly number: number; readonly name: keyof Orders; readonly what: never }

process.on('message', ({ number, name, what }: Asked) => {
  const work: (what: never) => Promise<unknown> = orders[name]
  work(what).then(
    (done) => process.send?.({ number, done }),
    (error: unknown) => process.send?.({ number, fault: String(error) }),
  )
})
process.on('disconnect', () => process.exit(0))
