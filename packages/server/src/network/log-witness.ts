import { system } from '@tocsin/domain/actor.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import {
  cosign,
  openCheckpoint,
  originOf,
  type SignedCheckpoint,
} from '@tocsin/records/log/checkpoint.ts'
import { readCount, readHashes } from '@tocsin/records/log/lines.ts'
import { readVerifierKey, type VerifierKey } from '@tocsin/records/log/note.ts'
import { isConsistent } from '@tocsin/records/log/proofs.ts'
import { emptyRoot, type Hash, isSameHash } from '@tocsin/records/log/tree.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { recordFinding } from './log-findings.ts'
import { witnessOf } from './log-keys.ts'

/* What this node says as a witness of the logs of others (C2SP tlog-witness). */

export type Answer = {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422
  readonly text: string
  readonly type?: 'text/x.tlog.size'
}

const refused = (status: 400 | 403 | 404 | 409 | 422, text: string): Answer => ({
  status,
  text: `${text}\n`,
})

const MOST_HASHES = 63

type Submitted = { readonly old: number; readonly proof: readonly Hash[]; readonly signed: string }

function readSubmission(body: string): Submitted | undefined {
  const end = body.indexOf('\n\n')
  const [first = '', ...lines] = body.slice(0, Math.max(end, 0)).split('\n')
  const old = first.startsWith('old ') ? readCount(first.slice(4)) : undefined
  const proof = lines.length <= MOST_HASHES ? readHashes(lines) : undefined
  if (old === undefined || !proof) return
  return { old, proof, signed: body.slice(end + 2) }
}

/** A log that is watched here, and what was last seen of it. */
export type Watched = {
  readonly origin: string
  readonly key: VerifierKey
  readonly address: string
  readonly size: number
  readonly root: Hash
  /** The checkpoint with our own cosignature; null before the first. */
  readonly note: string | null
  readonly frozenAt: Instant | null
}

/** The log as it is watched, unless another took its place; held against others that move it where that is asked for. */
export async function findWatched(tx: Tx, origin: string, held = false) {
  const row = await tx
    .selectFrom('known_log')
    .select(['origin', 'verifier_key', 'address', 'size', 'note', 'frozen_at'])
    .where('origin', '=', origin)
    .where('ended_at', 'is', null)
    .$if(held, (query) => query.forUpdate())
    .executeTakeFirst()
  const key = readVerifierKey(row?.verifier_key ?? '')
  if (!row || !key) return undefined
  const seen = row.note === null ? undefined : openCheckpoint(row.note, key)
  const { address, size, note, frozen_at: frozenAt } = row
  return { origin, key, address, size, root: seen?.root ?? emptyRoot, note, frozenAt }
}

/** Cosigns a checkpoint that continues the last one seen; the answer is the one that C2SP prescribes. */
export async function addCheckpoint(app: App, body: string): Promise<Answer> {
  const submitted = readSubmission(body)
  const origin = submitted && originOf(submitted.signed)
  if (!submitted || origin === undefined) return refused(400, 'not a checkpoint')
  // Looked at and moved under one lock: two requests at once must not roll back one another.
  return app.db.as(system, async (tx) => {
    const log = await findWatched(tx, origin, true)
    if (!log) return refused(404, 'unknown log')
    const checkpoint = openCheckpoint(submitted.signed, log.key)
    if (!checkpoint || log.frozenAt) return refused(403, checkpoint ? 'frozen' : 'bad signature')
    return judge(app, tx, log, { ...submitted, checkpoint })
  })
}

type Judged = Submitted & { readonly checkpoint: SignedCheckpoint }

async function judge(app: App, tx: Tx, log: Watched, { old, proof, checkpoint }: Judged) {
  const { root, size } = checkpoint
  if (old > size) return refused(400, 'old size is larger')
  if (size === log.size && size > 0 && !isSameHash(root, log.root)) {
    await recordSplit(app, tx, log, checkpoint.bare)
    return refused(409, 'another root')
  }
  if (old !== log.size) {
    return { status: 409, text: `${log.size}\n`, type: 'text/x.tlog.size' } as const
  }
  if (!isConsistent({ old, size, proof, oldRoot: log.root, root })) {
    return refused(422, 'not consistent')
  }
  return { status: 200, text: await advance(app, tx, log, checkpoint) } as const
}

/** Two trees of one size need no proof beside the two signatures. */
const recordSplit = (app: App, tx: Tx, { origin, note }: Watched, newer: string) =>
  recordFinding(app, tx, { origin, kind: 'split-view', evidence: { older: note, newer } })

/**
 * Cosigns a checkpoint that was proven to continue the last one seen, and keeps it as the last: both
 * or neither. Answers the line of the cosignature.
 */
export async function advance(
  app: App,
  tx: Tx,
  { origin }: Watched,
  checkpoint: SignedCheckpoint,
): Promise<string> {
  const at = app.clock()
  const seconds = Math.floor(Date.parse(at) / 1000)
  const line = cosign(checkpoint.note.text, await witnessOf(app), seconds)
  await tx
    .updateTable('known_log')
    .set({ size: checkpoint.size, note: checkpoint.bare + line, seen_at: at, fault: null })
    .where('origin', '=', origin)
    .execute()
  return line
}

/** The last checkpoints seen of these logs, each with our cosignature: what others compare theirs with. */
export async function readWitnessed(app: App, body: string): Promise<string[]> {
  const origins = body.split('\n').filter((line) => line !== '')
  const rows = await app.db.as(system, (tx) =>
    tx
      .selectFrom('known_log')
      .select('note')
      .where('origin', 'in', origins.length > 0 ? origins : [''])
      .where('note', 'is not', null)
      .execute(),
  )
  return rows.map(({ note }) => note ?? '')
}
