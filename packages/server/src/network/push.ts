import { setTimeout as pause } from 'node:timers/promises'
import type { RecordResult } from '@tocsin/api/taxii.ts'
import { system } from '@tocsin/domain/actor.ts'
import type { Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { type AudienceId, mayBeTakenLater, Refusal, Urgency } from '@tocsin/domain/network.ts'
import { Signed } from '@tocsin/records/jws.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { rest } from '../jobs/ticker.ts'
import { packRecords } from './carriers.ts'
import { handIn } from './hand-in.ts'
import { backOff, endPush, leaseForPush, renewLease } from './peers.ts'
import { handOnCarried, type Stranded, sendByRelay } from './relay.ts'

/** What is grave goes beside what is long, not behind it. */
const lanes = {
  grave: ['audience', 'withdrawal', 'warning'],
  plain: ['vote', 'record', 'attachment'],
} as const satisfies Record<string, readonly Urgency[]>
type Lane = keyof typeof lanes

/** What goes in one request: little at first, and more while the link is quick. */
const LOT_BYTES = { least: 32_768, most: 2 * 1_048_576 } as const
const LOT_RECORDS = 256
const QUICK_MS = 2_000

/** How often it is looked whether something waits, until the node stops: a warning waits no longer. */
const LOOK_MS = 100

type Ended = {
  readonly failed: boolean
  readonly waitMs?: number
  /** What the member did not take. */
  readonly stranded?: Stranded
}

/**
 * Sends what waits to each member's node, each on its own: one that hangs holds up no other. Any
 * number of processes may do so; a member is served by one at a time.
 */
export async function pushRecords(app: App, over: AbortSignal): Promise<void> {
  const relayed = new Set<OrganisationId>()
  while (!over.aborted) {
    for (;;) {
      const member = await leaseForPush(app)
      if (member === undefined) break
      void pushTo(app, member, over).then(async (stranded) => {
        // Whoever does not answer is tried again while others are asked to carry, not after.
        if (!stranded || relayed.has(member)) return
        relayed.add(member)
        await sendByRelay(app, stranded)
          .catch((error: unknown) => app.log.warn({ error, member }, 'relay'))
          .finally(() => relayed.delete(member))
      })
    }
    await rest(LOOK_MS, over)
  }
}

/** Never throws; answers what the member did not take. */
async function pushTo(
  app: App,
  member: OrganisationId,
  over: AbortSignal,
): Promise<Stranded | undefined> {
  try {
    const ended = await sendAll(app, member, over)
    await forgetWithdrawn(app, member)
    await endPush(app, member, ended)
    return ended.stranded
  } catch (error) {
    app.log.warn({ error, member }, 'push')
    await endPush(app, member, { failed: true }).catch(() => undefined)
    return undefined
  }
}

async function sendAll(app: App, member: OrganisationId, over: AbortSignal): Promise<Ended> {
  // Without its audience nothing can be taken, so what is grave goes first, and then beside the rest.
  const first = await drain(app, member, 'grave', over)
  if (first.failed) return first
  const [plain, grave] = await beside(drain(app, member, 'plain', over), () =>
    drain(app, member, 'grave', over),
  )
  const failed = [plain, ...grave].find((one) => one.failed)
  return failed ?? { failed: !(await handOnCarried(app, member)) }
}

/** Does one thing again and again until the other has ended or it fails itself. */
async function beside(
  long: Promise<Ended>,
  again: () => Promise<Ended>,
): Promise<readonly [Ended, readonly Ended[]]> {
  let isDone = false
  const ended = long.finally(() => {
    isDone = true
  })
  const failed: Ended[] = []
  while (!isDone && failed.length === 0) {
    await Promise.race([ended, pause(LOOK_MS)])
    if (isDone) break
    const one = await again()
    if (one.failed) failed.push(one)
  }
  return [await ended, failed]
}

/** Sends one lane's records, lot by lot, until none is due or the member does not take them. */
async function drain(
  app: App,
  member: OrganisationId,
  lane: Lane,
  over: AbortSignal,
): Promise<Ended> {
  for (let bytes: number = LOT_BYTES.least; !over.aborted; ) {
    const lot = await nextLot(app, member, lane, bytes)
    if (!lot) return { failed: false }
    await renewLease(app, member)
    const { from, rows } = lot
    const records = rows.map(({ record }) => record)
    const begun = performance.now()
    const objects = await packRecords(app, records, { from, to: member })
    const answer =
      objects.length === 0
        ? { results: [] }
        : await handIn(app, { from, to: member, objects }).catch((error: unknown) => {
            app.log.info({ error, member }, 'push')
          })
    if (!answer) return { failed: true, stranded: { from, to: member, records } }
    if ('waitMs' in answer) return { failed: true, waitMs: answer.waitMs }
    await settle(app, member, rows, answer.results)
    const isQuick = performance.now() - begun < QUICK_MS
    bytes = isQuick ? Math.min(bytes * 2, LOT_BYTES.most) : LOT_BYTES.least
  }
  return { failed: false }
}

/** Of what was withdrawn meanwhile nothing is left to send. */
const forgetWithdrawn = (app: App, member: OrganisationId) =>
  app.db.as(system, (tx) =>
    tx
      .deleteFrom('record_queue')
      .where('member', '=', member)
      .where('taken_at', 'is', null)
      .where('digest', 'in', (eb) =>
        eb.selectFrom('network_record').select('digest').where('statement', 'is', null),
      )
      .execute(),
  )

type Row = { readonly digest: Sha256; readonly attempts: number; readonly record: Signed }

/** The gravest first, and in the order in which they were written; all by one author. */
async function nextLot(app: App, member: OrganisationId, lane: Lane, bytes: number) {
  const now = app.clock()
  const urgencies = lanes[lane].map((urgency) => Urgency.options.indexOf(urgency))
  const rows = await app.db.as(system, async (tx) => {
    const found = await tx
      .selectFrom('record_queue')
      .innerJoin('network_record', 'network_record.digest', 'record_queue.digest')
      .select(['record_queue.id', 'record_queue.digest', 'attempts', 'audience_id', 'statement'])
      .select('record_queue.organisation')
      .where('member', '=', member)
      .where('urgency', 'in', urgencies)
      .where('refusal', 'is', null)
      .where('taken_at', 'is', null)
      .where('next_at', '<=', now)
      .where('statement', 'is not', null)
      .orderBy('urgency')
      .orderBy('record_queue.id')
      .limit(LOT_RECORDS)
      .execute()
    const untold =
      lane === 'plain' ? await listUntold(tx, member, now) : new Map<AudienceId, number>()
    return found.filter(({ id, audience_id }) => id < (untold.get(audience_id) ?? Infinity))
  })
  const [first] = rows
  if (!first) return undefined
  const lot: Row[] = []
  let size = 0
  for (const { organisation, statement, digest, attempts } of rows) {
    const record = Signed.parse(statement)
    size += record.payload.length + record.protected.length + 200
    if (organisation !== first.organisation || (lot.length > 0 && size > bytes)) break
    lot.push({ digest, attempts, record })
  }
  return { from: first.organisation, rows: lot }
}

/**
 * The audiences that a member is to be told of now: what follows in them would come too early. What is
 * on its way by a relay holds back nothing.
 */
async function listUntold(
  tx: Tx,
  member: OrganisationId,
  now: Instant,
): Promise<Map<AudienceId, number>> {
  const rows = await tx
    .selectFrom('record_queue')
    .innerJoin('network_record', 'network_record.digest', 'record_queue.digest')
    .select(['audience_id', (of) => of.fn.min('record_queue.id').as('id')])
    .where('member', '=', member)
    .where('object_type', '=', 'audience')
    .where('urgency', '=', Urgency.options.indexOf('audience'))
    .where('refusal', 'is', null)
    .where('taken_at', 'is', null)
    .where('next_at', '<=', now)
    .where('statement', 'is not', null)
    .groupBy('audience_id')
    .execute()
  return new Map(rows.map(({ audience_id, id }) => [audience_id, id]))
}

/** Writes down what became of each; what was not answered is sent again. */
async function settle(
  app: App,
  member: OrganisationId,
  rows: readonly Row[],
  results: readonly RecordResult[],
): Promise<void> {
  const at = app.clock()
  const byDigest = new Map(results.map(({ digest, result }) => [digest, result]))
  const taken = rows.filter(({ digest }) => isTaken(byDigest.get(digest)))
  await app.db.as(system, async (tx) => {
    const of = (digests: readonly Sha256[]) =>
      tx
        .updateTable('record_queue')
        .where('member', '=', member)
        .where('digest', 'in', [...digests])
    if (taken.length > 0) {
      await of(taken.map(({ digest }) => digest))
        .set({ taken_at: at })
        .execute()
    }
    for (const { digest, attempts } of rows) {
      const result = byDigest.get(digest)
      if (isTaken(result)) continue
      const refusal = Refusal.safeParse(result).data
      const isForGood = refusal !== undefined && !mayBeTakenLater(refusal)
      const next_at = addMilliseconds(at, backOff(attempts))
      await of([digest])
        .set(isForGood ? { refusal } : { attempts: attempts + 1, next_at })
        .execute()
    }
  })
}

const isTaken = (result: RecordResult['result'] | undefined): boolean =>
  result === 'kept' || result === 'known'
