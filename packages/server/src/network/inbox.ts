import type { RecordResult, Status } from '@tocsin/api/taxii.ts'
import { system } from '@tocsin/domain/actor.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import { digestOf } from '@tocsin/records/jws.ts'
import { SealedCarrier } from '@tocsin/records/seal.ts'
import type { App } from '../app.ts'
import { type Unpacked, unpackCarrier } from './carriers.ts'
import { isPinned } from './members.ts'
import { receiveAll, type Taken } from './receive-all.ts'

type Fate = Status['successes'][number]

/** What a member's node sends in one request. */
type Envelope = {
  readonly member: OrganisationId
  readonly objects: readonly { readonly [key: string]: unknown }[]
  /** For whom it is, where that is not this node. */
  readonly to?: OrganisationId | undefined
}

/** How long a status can be asked for, and how many of each member: the latest. */
const STATUS_HOURS = 24
const STATUSES = 200

/** Takes in what a member sent, each record for itself, and says what became of each. */
export async function takeEnvelope(app: App, { member, objects, to }: Envelope): Promise<Status> {
  const at = app.clock()
  const results: RecordResult[] = []
  const successes: Fate[] = []
  const failures: Fate[] = []
  const isElsewhere = to !== undefined && (await app.db.as(system, (tx) => isPinned(tx, to)))
  const opened: { readonly fate: Fate; readonly taken: Taken }[] = []
  for (const object of objects) {
    const fate = { id: textOf(object['id']), version: textOf(object['modified']) }
    const unpacked =
      isElsewhere && to
        ? await carry(app, object, { member, to })
        : await unpackCarrier(app, object)
    if ('fault' in unpacked) failures.push({ ...fate, message: unpacked.fault })
    else opened.push({ fate, taken: unpacked })
  }
  const carriers = opened.map(({ taken }) => taken)
  results.push(...(await receiveAll(app, carriers, member)))
  const refusals = new Map(
    results.map(({ digest, result }) => [digest, isTaken(result) ? undefined : result]),
  )
  for (const { fate, taken } of opened) {
    const refused = taken.records.map((one) => refusals.get(digestOf(one))).find(Boolean)
    if (refused) failures.push({ ...fate, message: refused })
    else successes.push(fate)
  }
  const status: Status = {
    id: newId(),
    status: 'complete',
    request_timestamp: at,
    total_count: objects.length,
    success_count: successes.length,
    successes,
    failure_count: failures.length,
    failures,
    pending_count: 0,
    x_records: results,
  }
  await keepStatus(app, member, status)
  return status
}

const isTaken = (result: RecordResult['result']): boolean => result === 'kept' || result === 'known'

const textOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 300) : '')

/** How much one member may leave here for others. */
const CARRIED = 10_000

/** Keeps for another member what only that one can open; nothing in clear is carried. */
async function carry(
  app: App,
  object: unknown,
  { member, to }: { readonly member: OrganisationId; readonly to: OrganisationId },
): Promise<Unpacked | { readonly fault: 'over-quota' }> {
  const carrier = SealedCarrier.safeParse(object).data
  if (!carrier) return { fault: 'not-a-record' }
  return app.db.as(system, async (tx) => {
    const { count } = await tx
      .selectFrom('carried_record')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('organisation', '=', member)
      .executeTakeFirstOrThrow()
    if (count >= CARRIED) return { fault: 'over-quota' as const }
    const at = app.clock()
    await tx
      .insertInto('carried_record')
      .values({
        id: carrier.id,
        organisation: member,
        member: to,
        carrier: JSON.stringify(carrier),
        next_at: at,
        made_at: at,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    return { records: [], wasSealed: true }
  })
}

async function keepStatus(app: App, member: OrganisationId, status: Status): Promise<void> {
  const at = app.clock()
  const old = new Date(Date.parse(at) - STATUS_HOURS * 3_600_000).toISOString()
  await app.db.as(system, async (tx) => {
    await tx
      .deleteFrom('push_status')
      .where('made_at', '<', old as typeof at)
      .execute()
    await tx
      .insertInto('push_status')
      .values({ id: status.id, member, body: JSON.stringify(status), made_at: at })
      .execute()
    await tx
      .deleteFrom('push_status')
      .where('id', 'in', (older) =>
        older
          .selectFrom('push_status')
          .select('id')
          .where('member', '=', member)
          .orderBy('made_at', 'desc')
          .orderBy('id', 'desc')
          .offset(STATUSES),
      )
      .execute()
  })
}
