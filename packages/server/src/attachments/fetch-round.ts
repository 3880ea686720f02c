import { system } from '@tocsin/domain/actor.ts'
import type { FetchFault } from '@tocsin/domain/attachment.ts'
import { isInAudience } from '@tocsin/domain/audience.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { RecordedObject } from '@tocsin/records/record.ts'
import {
  blobPath,
  readAttachmentObject,
  type SharedAttachment,
} from '@tocsin/records/stix/attachment.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { contentRange } from '../http/range.ts'
import { callMember } from '../network/members.ts'
import { backOff } from '../network/peers.ts'
import { isGenuine } from './open.ts'
import { dropBlob, dropUnfinished, keepBytes, ROW_BYTES } from './store.ts'

/** How many files are fetched at once. */
const AT_ONCE = 2
/** The most that is asked for at once. */
const PIECE_BYTES = 1_048_576
/** How long a piece may take. */
const WAIT_MS = 120_000
/** Longer than that; whoever dies gives the file back by silence. */
const LEASE_MS = 150_000

type Wanted = {
  readonly id: string
  readonly size: number
  readonly kept: number
  readonly attempts: number
  readonly object_id: string | null
  readonly reader: OrganisationId | null
}

/**
 * Goes on with the files that somebody asked for: a piece after the other, each kept before the next is
 * asked for, so that after a cut or a restart nothing is asked for twice.
 */
export async function fetchFiles(app: App, over: AbortSignal): Promise<void> {
  await dropUnfinished(app)
  const due = await app.db.as(system, (tx) => takeDue(app, tx))
  await Promise.all(due.map((wanted) => goOn(app, wanted, over)))
}

/** Takes those that are due, so that no other process fetches them as well. */
const takeDue = (app: App, tx: Tx): Promise<Wanted[]> =>
  tx
    .updateTable('blob')
    .set({ next_at: leaseFrom(app) })
    .where('id', 'in', (due) =>
      due
        .selectFrom('blob')
        .select('id')
        .where('next_at', '<=', app.clock())
        .orderBy('next_at')
        .limit(AT_ONCE)
        .forUpdate()
        .skipLocked(),
    )
    .returning(['id', 'size', 'kept', 'attempts', 'object_id', 'reader'])
    .execute()

const leaseFrom = (app: App) => addMilliseconds(app.clock(), LEASE_MS)

async function goOn(app: App, wanted: Wanted, over: AbortSignal): Promise<void> {
  const { id, size, attempts } = wanted
  const told = await app.db.as(system, (tx) => findTold(tx, wanted))
  // Nobody tells of it any more.
  if (!told || told.file.blobSize !== size) {
    await dropBlob(app, id)
    return
  }
  for (let from = wanted.kept; from < size; ) {
    if (over.aborted) {
      await tryAgain(app, wanted, { waitMs: 0 })
      return
    }
    const piece = await askFor(app, told, { from, size, attempts })
    if (typeof piece === 'string') {
      await tryAgain(app, wanted, { waitMs: backOff(attempts), fault: piece })
      return
    }
    if (!(await keepBytes(app, { id, from, nextAt: leaseFrom(app) }, piece))) return
    from += piece.length
  }
  await finish(app, wanted, told.file)
}

type Told = {
  readonly file: SharedAttachment
  readonly reader: OrganisationId
  /** Members that have the record, its author first. */
  readonly members: readonly OrganisationId[]
}

async function findTold(tx: Tx, { object_id, reader }: Wanted): Promise<Told | undefined> {
  const row = await tx
    .selectFrom('shared_object')
    .select(['organisation', 'audience', 'excluded', 'object'])
    .where('id', '=', object_id)
    .executeTakeFirst()
  if (!row || !reader || !isInAudience(row, reader)) return undefined
  const pinned = await tx
    .selectFrom('member')
    .select('organisation')
    .where('state', '=', 'pinned')
    .where('organisation', 'in', [row.organisation, ...row.audience])
    .orderBy('organisation')
    .execute()
  const known = pinned
    .map(({ organisation }) => organisation)
    .filter((who) => isInAudience(row, who))
  const others = known.filter((who) => who !== row.organisation)
  const members = known.includes(row.organisation) ? [row.organisation, ...others] : others
  return { file: readAttachmentObject(RecordedObject.parse(row.object)), reader, members }
}

type Asked = Pick<Wanted, 'size' | 'attempts'> & { readonly from: number }

/** The next piece, of whoever's turn it is: smaller the more often a link failed. */
async function askFor(
  app: App,
  { file, reader, members }: Told,
  { from, size, attempts }: Asked,
): Promise<Buffer | FetchFault> {
  const to = members[attempts % Math.max(1, members.length)]
  if (!to) return 'not-there'
  const length = Math.max(ROW_BYTES, PIECE_BYTES / 2 ** Math.min(attempts, 4))
  const range = { from, to: Math.min(from + length, size) - 1 }
  const path = blobPath(file.blob)
  const headers = { range: `bytes=${range.from}-${range.to}` }
  const limits = { waitMs: WAIT_MS, maxBytes: PIECE_BYTES }
  try {
    const call = { from: reader, to, method: 'GET', path, headers, ...limits } as const
    const { status, headers: said, body } = await callMember(app, call)
    if (status === 429 || status >= 500) return 'unreachable'
    const isThat = status === 206 && said['content-range'] === contentRange(range, size)
    return isThat && body.length === range.to - range.from + 1 ? body : 'not-there'
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    app.log.info({ error, member: to }, 'fetching a file')
    return 'unreachable'
  }
}

type Again = { readonly waitMs: number; readonly fault?: FetchFault }

/** Gives a file back: whoever is next goes on where it is, after a failure with somebody else. */
const tryAgain = (app: App, { id, attempts }: Wanted, { waitMs, fault }: Again) =>
  app.db.as(system, (tx) =>
    tx
      .updateTable('blob')
      .set({ next_at: addMilliseconds(app.clock(), waitMs) })
      .$if(fault !== undefined, (row) => row.set({ fault: fault ?? null, attempts: attempts + 1 }))
      .where('id', '=', id)
      .execute(),
  )

/** Counts from now on, or is thrown away: what is not what its author signed never opens. */
async function finish(app: App, { id, size }: Wanted, file: SharedAttachment): Promise<void> {
  const genuine = await isGenuine(app, { id, size }, file)
  if (!genuine) app.log.warn({ blob: file.blob }, 'a file is not what its author signed')
  await app.db.as(system, async (tx) => {
    if (!genuine) await tx.deleteFrom('blob_piece').where('blob', '=', id).execute()
    const end = genuine
      ? { whole_at: app.clock(), fault: null }
      : { kept: 0, fault: 'altered' as const }
    await tx
      .updateTable('blob')
      .set({ ...end, next_at: null })
      .where('id', '=', id)
      .execute()
  })
}
