import { ENVELOPE_BYTES, listCollections, TAXII } from '@tocsin/api/taxii.ts'
import { system } from '@tocsin/domain/actor.ts'
import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { AudienceId } from '@tocsin/domain/network.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { readHeader, type Signed } from '@tocsin/records/jws.ts'
import { RecordHeader } from '@tocsin/records/record.ts'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { unpackInRounds } from './carriers.ts'
import { callMember, memberKeys } from './members.ts'
import { Page } from './pull.ts'
import { inOrder, receiveAll, type Taken } from './receive-all.ts'
import { restoreOwn } from './restore-own.ts'

/* After a restore: what this node's organisations had said, asked back from those whom they told it. */

const WAIT_MS = 60_000
const PAGE = 500
/** Farther than any author has come. */
const LAST_PLACE = 999_999_999

type Asked = {
  /** An organisation of this node, and the member it asks. */
  readonly from: OrganisationId
  readonly to: OrganisationId
  /** All organisations of this node. */
  readonly own: readonly OrganisationId[]
  /** When the backup was made, and some time before. */
  readonly since: Instant
}

/**
 * Takes back what an organisation had told each audience that a member is in as well, and what came
 * there from others since the backup. Throws where the member does not answer.
 */
export async function takeBackFrom(app: App, asked: Asked): Promise<void> {
  for (const audience of await listAudiences(app, asked)) {
    await readAll(app, asked, audience, { added_after: asked.since })
    const first = await app.db.as(system, (tx) => firstMissing(tx, asked.from, audience))
    await readAll(app, asked, audience, {
      'match[x_place]': `${asked.from}:${first}-${LAST_PLACE}`,
    })
  }
}

/** The audiences that both are in, as the member knows them: one made since is not known here. */
async function listAudiences(app: App, asked: Asked): Promise<readonly AudienceId[]> {
  const { collections = [] } = await get(app, asked, listCollections.response, '', {})
  return collections.flatMap(({ id, alias }) => {
    const audience = AudienceId.safeParse(id).data
    return alias === undefined && audience !== undefined ? [audience] : []
  })
}

/** The first place of an author's order that is not here. */
async function firstMissing(tx: Tx, organisation: OrganisationId, audience: AudienceId) {
  const { rows } = await sql<{ seq: number }>`select coalesce(min(seq) + 1, 1)::int as seq
    from (select 0 as seq union all select seq from network_record
      where organisation = ${organisation} and audience_id = ${audience}) as place
    where not exists (select from network_record as next where next.organisation = ${organisation}
      and next.audience_id = ${audience} and next.seq = place.seq + 1)`.execute(tx)
  return rows[0]?.seq ?? 1
}

type Query = Readonly<Record<string, string>>

async function readAll(app: App, asked: Asked, audience: AudienceId, query: Query): Promise<void> {
  const all = { limit: String(PAGE), 'match[version]': 'all', ...query }
  let next: string | undefined
  do {
    const path = `${audience}/objects/`
    const page = await get(app, asked, Page, path, { ...all, ...(next && { next }) })
    await takePage(app, asked, page.objects)
    next = page.more ? page.next : undefined
  } while (next !== undefined)
}

async function get<T>(
  app: App,
  { from, to }: Asked,
  answered: z.ZodType<T>,
  path: string,
  query: Query,
): Promise<T> {
  const answer = await callMember(app, {
    ...{ from, to, method: 'GET', query, waitMs: WAIT_MS },
    path: `/taxii2/network/collections/${path}`,
    headers: { accept: TAXII },
    maxBytes: ENVELOPE_BYTES * 2,
  })
  const read = answered.safeParse(answer.status === 200 ? jsonIn(answer.body) : undefined)
  if (!read.success) throw new Problem('member.bad-answer', { status: String(answer.status) })
  return read.data
}

function jsonIn(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString())
  } catch {
    return undefined
  }
}

async function takePage(app: App, asked: Asked, objects: readonly unknown[]): Promise<void> {
  for await (const { taken } of unpackInRounds(app, objects)) {
    if (taken.length > 0) await takeApart(app, asked, taken)
  }
}

/** What others said comes by the one door for it; only what is our own is taken back. */
async function takeApart(app: App, { to, own }: Asked, taken: readonly Taken[]): Promise<void> {
  const isOwn = (record: Signed) => own.some((who) => readHeader(RecordHeader, record)?.org === who)
  const others = taken.map((one) => ({ ...one, records: one.records.filter((r) => !isOwn(r)) }))
  await receiveAll(app, others, to)
  const ours = inOrder(taken).filter(({ record }) => isOwn(record))
  await app.db.as(system, async (tx) => {
    const keyOf = await memberKeys(tx)
    for (const { record } of ours) await restoreOwn(app, tx, record, keyOf)
  })
}
