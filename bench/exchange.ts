import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { system } from '@tocsin/domain/actor.ts'
import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { systemClock } from '@tocsin/domain/clock.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import type { RecordedObject } from '@tocsin/records/record.ts'
import { markingRef } from '@tocsin/records/stix/tlp.ts'
import type { App } from '@tocsin/server/app.ts'
import { migrate } from '@tocsin/server/database/migrate.ts'
import { publishRecord } from '@tocsin/server/network/publish.ts'
import { askFor } from '@tocsin/server/network/pull.ts'
import { runNode } from '@tocsin/server/node.ts'
import { startEmbedded } from '@tocsin/server/postgres/embedded.ts'
import pg from 'pg'
import { acquaintByHand, type Known, makeAudience, writeRecords } from './exchange/two-members.ts'
import { againstLimit } from './report/against-limit.ts'

const LIMITS = {
  noChangeSeconds: 5,
  noChangeKilobytes: 100,
  perSecond: 500,
  extraMegabytes: 150,
  warningMs: 1_000,
}
const SYNCED = 3_000
const WARNINGS = 40
const quiet = { error: () => undefined, warn: () => undefined, info: () => undefined }

/**
 * How two nodes keep each other informed. One holds 1,000,000 records (or as many as are named): what
 * a sync without change costs, how fast a new reader takes in signed records, each verified, and how
 * long a warning takes to the other node.
 */
export async function run(): Promise<void> {
  const held = Number(process.argv[3] ?? 1_000_000)
  const [writer, reader] = [await open(), await open()] as const
  try {
    await acquaintByHand(writer, reader)
    const audience = await makeAudience(writer, reader)
    await padTo(writer, audience, held)
    await writeRecords(writer, audience, SYNCED)
    console.log(`${held} records held, of which ${SYNCED} are read for the first time`)
    await firstSync(reader)
    await noChange(writer, reader)
    await warnings(writer, reader, audience)
    await plans(writer.databaseUrl, audience)
  } finally {
    for (const node of [writer, reader]) await node.stop()
  }
}

async function open(): Promise<Known> {
  const home = await mkdtemp(join(tmpdir(), 'tocsin-bench-'))
  const database = await startEmbedded(home)
  await migrate(database.url)
  const node = await runNode({
    home,
    host: '127.0.0.1',
    port: 0,
    origin: undefined,
    databaseUrl: database.url,
    clock: systemClock,
    channels: {},
    fetch,
    log: quiet,
  })
  const stop = async () => {
    await node.stop()
    await database.stop()
    await rm(home, { recursive: true, force: true })
  }
  return { ...node, databaseUrl: database.url, own: newId(), stop }
}

/** Records that the reader has had long since: they must cost nothing. */
async function padTo({ databaseUrl, own }: Known, audience: AudienceId, held: number) {
  const owner = new pg.Client(databaseUrl)
  await owner.connect()
  await owner.query(`set session_replication_role = replica`)
  await owner.query(
    `insert into network_record (digest, organisation, audience_id, audience, excluded, epoch, seq,
        object_type, object_id, modified, marking, statement, kept_at, added_us, received_from)
      select encode(sha256(n::text::bytea), 'hex'), $1, gen_random_uuid(), audience, excluded, 0, n,
        'note', 'note--' || n, now(), 'TLP:GREEN', statement, now(), n, $1
      from generate_series(1, $3::int) as n
      cross join (select * from network_record where audience_id = $2 limit 1) as one`,
    [own, audience, held],
  )
  await owner.query('vacuum analyze')
  await owner.end()
}

async function counted(app: App, audience?: AudienceId): Promise<number> {
  const row = await app.db.as(system, (tx) =>
    tx
      .selectFrom('network_record')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .$if(audience !== undefined, (query) =>
        query.where('audience_id', '=', audience as AudienceId),
      )
      .executeTakeFirstOrThrow(),
  )
  return Number(row.count)
}

async function firstSync({ app }: Known): Promise<void> {
  globalThis.gc?.()
  const before = process.memoryUsage().rss
  let peak = before
  const first = await counted(app)
  const begun = performance.now()
  await app.db.as(system, (tx) => tx.updateTable('peer').set({ next_pull_at: long() }).execute())
  for (;;) {
    await pause(200)
    peak = Math.max(peak, process.memoryUsage().rss)
    if ((await counted(app)) >= SYNCED) break
  }
  const seconds = (performance.now() - begun) / 1000
  const perSecond = (SYNCED - first) / seconds
  // Both nodes share this process: its memory is the more cautious figure.
  againstLimit('a second for the first sync', LIMITS.perSecond / perSecond, 1, '× 500 records')
  console.log(
    `${perSecond.toFixed(0)} records a second, each verified, over ${seconds.toFixed(1)} s`,
  )
  const extra = (peak - before) / 1_048_576
  againstLimit('memory of both nodes for it', extra, LIMITS.extraMegabytes, 'MB more')
}

const long = (): Instant => '2020-01-01T00:00:00.000Z' as Instant

async function noChange(writer: Known, { app, own }: Known): Promise<void> {
  const row = await app.db.as(system, (tx) =>
    tx
      .selectFrom('sync_cursor')
      .select('next')
      .where('collection', '=', 'everything')
      .executeTakeFirstOrThrow(),
  )
  const begun = performance.now()
  const reading = { organisation: own, member: writer.own }
  const page = await askFor(app, reading, 'everything', { next: row.next })
  const seconds = (performance.now() - begun) / 1000
  againstLimit('a sync without change', seconds, LIMITS.noChangeSeconds, 's')
  const kilobytes = JSON.stringify(page).length / 1024 + 4
  againstLimit('its answer, with 4 kB of headers', kilobytes, LIMITS.noChangeKilobytes, 'kB')
}

/** From the commit at one node until it is readable at the other. */
async function warnings(writer: Known, reader: Known, audience: AudienceId): Promise<void> {
  const times: number[] = []
  for (let sent = 0; sent < WARNINGS; sent += 1) {
    const object = warning(sent)
    await publish(writer, audience, writer.own, object)
    const begun = performance.now()
    while (!(await isReadable(reader.app, object.id))) await pause(5)
    times.push(performance.now() - begun)
    await pause(Math.random() * 200)
  }
  const sorted = times.sort((a, b) => a - b)
  const p95 = sorted[Math.ceil(WARNINGS * 0.95) - 1] ?? 0
  againstLimit(`a warning to the other node, p95 of ${WARNINGS}`, p95, LIMITS.warningMs, 'ms')
}

const publish = (
  { app }: Known,
  audience: AudienceId,
  organisation: OrganisationId,
  object: RecordedObject,
) => app.db.as(system, (tx) => publishRecord(app, tx, { organisation, audience, object }))

const isReadable = async ({ db }: App, id: string): Promise<boolean> =>
  (await db.as(system, (tx) =>
    tx.selectFrom('shared_object').select('id').where('id', '=', id).executeTakeFirst(),
  )) !== undefined

function warning(number: number): RecordedObject {
  const at = systemClock()
  return {
    type: 'atrocity-alert',
    spec_version: '2.1',
    id: `atrocity-alert--${crypto.randomUUID()}`,
    created: at,
    modified: at,
    object_marking_refs: [markingRef('TLP:AMBER')],
    headline: `Warning ${number}`,
  }
}

/** How the database finds what a reader asks for, so that a scan of everything is seen. */
async function plans(url: string, audience: AudienceId): Promise<void> {
  const owner = new pg.Client(url)
  await owner.connect()
  for (const [what, query] of [
    ['a page of everything', `added_us > 2000000000000000 and received_from is null`],
    ['a page of an audience', `added_us > 0 and audience_id = '${audience}'`],
    ['what has no number yet', `added_us is null`],
  ]) {
    const order = what === 'what has no number yet' ? '1' : 'added_us'
    const { rows } = await owner.query<{ 'QUERY PLAN': string }>(
      `explain select digest from network_record where ${query} order by ${order} limit 500`,
    )
    console.log(
      `${what}: ${rows
        .map((row) => row['QUERY PLAN'].trim())
        .slice(0, 3)
        .join(' · ')}`,
    )
  }
  await owner.end()
}
