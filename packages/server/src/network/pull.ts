import { ENVELOPE_BYTES, TAXII } from '@tocsin/api/taxii.ts'
import { system } from '@tocsin/domain/actor.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { z } from 'zod'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { rest } from '../jobs/ticker.ts'
import { unpackCarrier } from './carriers.ts'
import { noteExchange } from './exchange-hours.ts'
import { callMember } from './members.ts'
import { listOwn } from './own-organisations.ts'
import { backOff } from './peers.ts'
import { receiveAll, type Taken } from './receive-all.ts'

/** How often a member is asked what is new there, besides what it hands over itself. */
const PULL_MS = 60_000
/** More at once is quicker and takes more memory: two pages are held while one is taken in. */
const PAGE = 100

/** What a member answers that is asked for what it has, as far as it is read. */
export const Page = z.object({
  more: z.boolean().default(false),
  next: z.string().optional(),
  objects: z.array(z.unknown()).default([]),
})
type Page = z.infer<typeof Page>

/** Who reads: an organisation of this node, from a member. */
export type Reading = { readonly organisation: OrganisationId; readonly member: OrganisationId }

/** How often it is looked who is due, until the node stops. */
const LOOK_MS = 500

/** Reads on with each member that is due; each on its own, so that one that hangs holds up no other. */
export async function pullRecords(app: App, over: AbortSignal): Promise<void> {
  const reading = new Map<OrganisationId, Promise<void>>()
  while (!over.aborted) {
    const due = await app.db.as(system, (tx) => takeDue(app, tx))
    for (const member of due.filter((one) => !reading.has(one))) {
      const pull = pullFrom(app, member, over).finally(() => reading.delete(member))
      reading.set(member, pull)
    }
    await rest(LOOK_MS, over)
  }
  await Promise.all(reading.values())
}

/** Never throws: whoever does not answer is asked again later. */
async function pullFrom(app: App, member: OrganisationId, over: AbortSignal): Promise<void> {
  try {
    const own = await app.db.as(system, listOwn)
    for (const organisation of own) await readOn(app, { organisation, member }, over)
    await app.db.as(system, async (tx) => {
      const heard_at = app.clock()
      await tx
        .updateTable('peer')
        .set({ pull_failures: 0, heard_at })
        .where('member', '=', member)
        .execute()
      await noteExchange(tx, member, heard_at)
    })
  } catch (error) {
    app.log.info({ error, member }, 'pull')
    await app.db.as(system, (tx) => postpone(app, tx, member)).catch(() => undefined)
  }
}

/** Takes those that are due, so that no other process asks them as well. */
async function takeDue(app: App, tx: Tx): Promise<readonly OrganisationId[]> {
  const now = app.clock()
  const next_pull_at = addMilliseconds(now, PULL_MS)
  await tx
    .insertInto('peer')
    .columns(['member', 'next_push_at', 'next_pull_at'])
    .expression((eb) =>
      eb
        .selectFrom('member')
        .select(['organisation', eb.val(now).as('push'), eb.val(now).as('pull')])
        .where('state', '=', 'pinned')
        .where('organisation', 'not in', eb.selectFrom('peer').select('member')),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const rows = await tx
    .updateTable('peer')
    .set({ next_pull_at })
    .where('next_pull_at', '<=', now)
    .where('member', 'in', (eb) =>
      eb.selectFrom('member').select('organisation').where('state', '=', 'pinned'),
    )
    .returning('member')
    .execute()
  return rows.map(({ member }) => member)
}

async function postpone(app: App, tx: Tx, member: OrganisationId): Promise<void> {
  const { pull_failures: failures } = await tx
    .selectFrom('peer')
    .select('pull_failures')
    .where('member', '=', member)
    .executeTakeFirstOrThrow()
  await tx
    .updateTable('peer')
    .set({
      pull_failures: failures + 1,
      next_pull_at: addMilliseconds(app.clock(), backOff(failures)),
    })
    .where('member', '=', member)
    .execute()
}

/**
 * Reads what was written at a member's since this organisation read there last. Where that is more
 * than one page, what is grave is read first. Dying half way costs two pages at most: what came with
 * them is known by its digest.
 */
async function readOn(app: App, reading: Reading, over: AbortSignal): Promise<void> {
  const onePage = AbortSignal.abort()
  const more = await readPages(app, reading, 'everything', onePage)
  if (!more) return
  await readPages(app, reading, 'alerts', over)
  await readPages(app, reading, 'everything', over)
}

/**
 * Takes in page after page, in their order, and asks for the next while it takes in one. Answers
 * whether there is more.
 */
async function readPages(
  app: App,
  reading: Reading,
  collection: string,
  over: AbortSignal,
): Promise<boolean> {
  let asked = fetchPage(app, reading, collection, await cursorOf(app, reading, collection))
  for (;;) {
    const { next, more, objects } = await asked
    const goesOn = more && next !== undefined && !over.aborted
    if (goesOn) {
      asked = fetchPage(app, reading, collection, { next })
      // Its failure counts when it is this page's turn.
      asked.catch(() => undefined)
    }
    await takePage(app, reading, objects)
    if (next !== undefined) await moveCursor(app, reading, collection, next)
    if (!goesOn) return more
  }
}

async function cursorOf(app: App, { organisation, member }: Reading, collection: string) {
  const row = await app.db.as(system, (tx) =>
    tx
      .selectFrom('sync_cursor')
      .select('next')
      .where('member', '=', member)
      .where('organisation', '=', organisation)
      .where('collection', '=', collection)
      .executeTakeFirst(),
  )
  return row ? { next: row.next } : {}
}

const moveCursor = (app: App, reading: Reading, collection: string, next: string) =>
  app.db.as(system, (tx) =>
    tx
      .insertInto('sync_cursor')
      .values({ ...reading, collection, next })
      .onConflict((conflict) =>
        conflict.columns(['member', 'organisation', 'collection']).doUpdateSet({ next }),
      )
      .execute(),
  )

type Query = Readonly<Record<string, string>>

/** Asks a member for a page of a collection, and takes in what came. */
export async function askFor(
  app: App,
  reading: Reading,
  collection: string,
  query: Query,
): Promise<Page> {
  const page = await fetchPage(app, reading, collection, query)
  await takePage(app, reading, page.objects)
  return page
}

async function fetchPage(
  app: App,
  { organisation, member }: Reading,
  collection: string,
  query: Query,
): Promise<Page> {
  const answer = await callMember(app, {
    from: organisation,
    to: member,
    method: 'GET',
    path: `/taxii2/network/collections/${collection}/objects/`,
    query: { limit: String(PAGE), 'match[version]': 'all', ...query },
    headers: { accept: TAXII },
    maxBytes: ENVELOPE_BYTES * 2,
  })
  if (answer.status !== 200) throw new Error(`${collection} answered ${answer.status}`)
  return Page.parse(JSON.parse(answer.body.toString()))
}

async function takePage(app: App, { member }: Reading, objects: readonly unknown[]): Promise<void> {
  const taken: Taken[] = []
  for (const object of objects) {
    const unpacked = await unpackCarrier(app, object)
    if ('fault' in unpacked) {
      app.log.warn({ member, fault: unpacked.fault }, 'carrier')
      continue
    }
    taken.push(unpacked)
  }
  await receiveAll(app, taken, member)
}
