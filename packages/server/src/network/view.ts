import {
  HeardFrom,
  type HeldBack,
  type NetworkNode,
  type NetworkView,
} from '@tocsin/api/network.ts'
import { type Actor, mayOperateNode, system } from '@tocsin/domain/actor.ts'
import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import type { MemberState } from '@tocsin/domain/network.ts'
import type { OrganisationKind } from '@tocsin/domain/people.ts'
import { freshnessOf } from '@tocsin/domain/trust.ts'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { productVersion } from '../version.ts'
import { readLogCheck } from './log-view.ts'

const WEEK_MS = 7 * 86_400_000

/**
 * Which nodes are in step, what waits or was refused, and what the log proves. What waits for whom is
 * counted of the reader's own organisation; whoever runs the node sees the counts of all.
 */
export async function readNetwork(app: App, actor: Actor): Promise<NetworkView> {
  const asOf = app.clock()
  const since = addMilliseconds(asOf, -WEEK_MS)
  const queue = await app.db.as(mayOperateNode(actor) ? system : actor, (tx) =>
    readQueue(tx, since),
  )
  return app.db.as(system, async (tx) => {
    const own = actor.kind === 'person' ? actor.organisation : undefined
    const others = await readOthers(tx, asOf, since, queue)
    const heard = others.flatMap(({ organisation, lastExchangeAt: at }) =>
      at ? [{ organisation, at }] : [],
    )
    const self = own ? await readSelf(tx, own, { heard, asOf }) : []
    const { sent, received } = await readTotals(tx, since)
    return {
      asOf,
      nodes: [...self, ...others],
      held: [...heldIn(queue, others), ...(await readRefused(tx, since))],
      sent,
      received,
      waiting: queue.reduce((all, { n, refusal }) => (refusal === null ? all + n : all), 0),
      log: await readLogCheck(tx, own),
    }
  })
}

type Queued = {
  readonly member: OrganisationId
  readonly refusal: string | null
  readonly n: number
  readonly since: Instant
}

async function readQueue(tx: Tx, since: Instant): Promise<readonly Queued[]> {
  const { rows } = await sql<Queued>`
    select member, refusal, count(*)::int as n, min(made_at) as since from record_queue
      where refusal is null and taken_at is null group by member, refusal
    union all select member, refusal, count(*)::int, min(made_at) from record_queue
      where refusal is not null and made_at >= ${since} group by member, refusal
    order by member`.execute(tx)
  return rows
}

type Other = {
  organisation: OrganisationId
  name: string
  kind: OrganisationKind
  state: MemberState
  address: string
  made_at: Instant
  exchanges: Instant[] | null
  last_at: Instant | null
  log_size: number | null
  failures: number | null
  keys_until: Instant | null
  software: string | null
  heard: unknown
  told_at: Instant | null
}

async function readOthers(
  tx: Tx,
  asOf: Instant,
  since: Instant,
  queue: readonly Queued[],
): Promise<readonly NetworkNode[]> {
  const { rows } = await sql<Other>`
    select member.organisation, name, kind, state, member.address, member.made_at, log.size as log_size,
      greatest(peer.failures, peer.pull_failures) as failures, directory.expires_at as keys_until, software, heard, told_at,
      (select to_jsonb(array_agg(to_char(hour at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.000"Z"')
          order by hour)) from exchange_hour as past where past.member = member.organisation and hour >= ${since}
      ) as exchanges,
      (select last_at from exchange_hour as past where past.member = member.organisation order by hour desc limit 1
      ) as last_at
    from member join organisation on organisation.id = member.organisation
      left join known_log as log on log.organisation = member.organisation and log.ended_at is null
      left join node_account as account on account.member = member.organisation
      left join peer on peer.member = member.organisation
      left join member_directory as directory on directory.organisation = member.organisation
    order by state = 'expelled', name`.execute(tx)
  return rows.map((row) => {
    const waits = queue.find(
      ({ member, refusal }) => member === row.organisation && refusal === null,
    )
    return {
      organisation: row.organisation,
      name: row.name,
      kind: row.kind,
      state: row.state,
      address: row.address,
      exchanges: row.exchanges ?? [],
      lastExchangeAt: row.last_at,
      waiting: waits?.n ?? 0,
      waitingSince: waits?.since ?? null,
      failures: row.failures ?? 0,
      logSize: row.log_size,
      directory: row.keys_until && freshnessOf(row.keys_until, asOf),
      trustedSince: row.made_at,
      software: row.software,
      heard: HeardFrom.array().catch([]).parse(row.heard),
      toldAt: row.told_at,
    }
  })
}

type Seen = { readonly heard: HeardFrom[]; readonly asOf: Instant }

async function readSelf(
  tx: Tx,
  organisation: OrganisationId,
  { heard, asOf }: Seen,
): Promise<readonly NetworkNode[]> {
  const row = await tx
    .selectFrom('organisation')
    .leftJoin('transparency_log', 'transparency_log.organisation', 'organisation.id')
    .select(['name', 'kind', 'size'])
    .where('organisation.id', '=', organisation)
    .executeTakeFirstOrThrow()
  return [
    {
      organisation,
      name: row.name,
      kind: row.kind as OrganisationKind,
      state: null,
      address: null,
      exchanges: [],
      lastExchangeAt: null,
      waiting: 0,
      waitingSince: null,
      failures: 0,
      logSize: row.size,
      directory: null,
      trustedSince: null,
      software: productVersion,
      heard,
      toldAt: asOf,
    },
  ]
}

const heldIn = (queue: readonly Queued[], nodes: readonly NetworkNode[]): readonly HeldBack[] =>
  queue.flatMap(({ member, refusal, n, since }) => {
    const name = nodes.find(({ organisation }) => organisation === member)?.name
    const kind = refusal === null ? ('waiting' as const) : ('refused-there' as const)
    return name ? [{ kind, organisation: member, name, n, reason: refusal, since }] : []
  })

/**
 * What this node refused, what it misses, which feeds are frozen, who has not answered since a restore,
 * and whose log began anew.
 */
async function readRefused(tx: Tx, since: Instant): Promise<readonly HeldBack[]> {
  const { rows } = await sql<HeldBack>`
    select held.*, organisation.name from (
      select 'refused-here' as kind, member as organisation, sum(n)::int as n, reason, max(at) as since
        from (
          select member, reason, 1 as n, refused_at as at from quarantined_record
          union all select member, reason, n, last_at from quarantine_trim
        ) as refused where at >= ${since} group by member, reason
      union all select 'missing', organisation, sum(to_seq - from_seq + 1)::int, null, min(noted_at)
        from missing_record group by organisation
      union all select 'frozen', organisation, count(*)::int, null, min(frozen_at)
        from record_head where frozen_at is not null group by organisation
      union all select 'unanswered', awaited_answer.organisation, 1, null, began_at
        from awaited_answer join member on member.organisation = awaited_answer.organisation
        where state = 'pinned'
      union all select 'log-restored', known_log.organisation, 1, null, found_at
        from log_finding join known_log on known_log.origin = log_finding.origin
        where kind = 'restored' and found_at >= ${since}
    ) as held join organisation on organisation.id = held.organisation
    order by held.since desc limit 100`.execute(tx)
  return rows
}

async function readTotals(tx: Tx, since: Instant) {
  const { rows } = await sql<{ sent: number; received: number }>`
    select count(*) filter (where received_from is null)::int as sent,
      count(*) filter (where received_from is not null)::int as received
    from network_record where kept_at >= ${since}`.execute(tx)
  return rows[0] ?? { sent: 0, received: 0 }
}
