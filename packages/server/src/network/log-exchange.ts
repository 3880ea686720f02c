import { system } from '@tocsin/domain/actor.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import type { Contradiction } from '@tocsin/domain/transparency.ts'
import { toBase64 } from '@tocsin/records/base64.ts'
import { openCheckpoint, originOf, type SignedCheckpoint } from '@tocsin/records/log/checkpoint.ts'
import { contradictionIn, type Pair } from '@tocsin/records/log/evidence.ts'
import { isConsistent } from '@tocsin/records/log/proofs.ts'
import { isSameHash } from '@tocsin/records/log/tree.ts'
import type { App } from '../app.ts'
import { lookForAwaited } from './log-awaited.ts'
import { sendForCosigning } from './log-cosigning.ts'
import { recordFinding } from './log-findings.ts'
import { ask, fetchPrefix } from './log-remote.ts'
import { CADENCE_MS } from './log-sequencer.ts'
import { advance, findWatched, type Watched } from './log-witness.ts'

/**
 * Looks at the logs of others, compares with their witnesses what each was shown, and has our own
 * cosigned. One that does not answer holds up no other.
 */
export async function exchangeCheckpoints(app: App): Promise<void> {
  const due = await claimDue(app)
  if (due.length === 0) return
  await Promise.all(due.map(({ origin }) => guard(app, origin, () => observe(app, origin))))
  const witnesses = new Set(due.map(({ witness_address }) => witness_address))
  await Promise.all([...witnesses].map((address) => address && compareWith(app, address)))
  const own = await app.db.as(system, (tx) =>
    tx.selectFrom('transparency_log').select('organisation').execute(),
  )
  for (const { organisation } of own) await sendForCosigning(app, organisation)
}

/** Each log once in a minute, whichever process looks. */
async function claimDue(app: App) {
  const now = app.clock()
  return app.db.as(system, (tx) =>
    tx
      .updateTable('known_log')
      .set({ asked_at: now })
      .where('ended_at', 'is', null)
      .where((on) =>
        on.or([
          on('asked_at', 'is', null),
          on('asked_at', '<=', addMilliseconds(now, -CADENCE_MS)),
        ]),
      )
      .returning(['origin', 'witness_address'])
      .execute(),
  )
}

async function guard(app: App, origin: string, work: () => Promise<void>): Promise<void> {
  await work().catch(async (error: unknown) => {
    app.log.warn({ error, origin }, 'a log was not reached')
    await setFault(app, origin, 'not-reached')
  })
}

const setFault = (app: App, origin: string, fault: 'not-reached' | 'not-signed' | 'not-proven') =>
  app.db.as(system, (tx) =>
    tx.updateTable('known_log').set({ fault }).where('origin', '=', origin).execute(),
  )

/** Fetches the checkpoint of a log and follows it as far as it proves to be the same log. */
async function observe(app: App, origin: string): Promise<void> {
  // Read before asking: what is pushed to us meanwhile may be newer than the answer.
  const log = await app.db.as(system, (tx) => findWatched(tx, origin))
  if (!log || log.frozenAt) return
  const { status, text } = await ask(app, `${log.address}/checkpoint`)
  const checkpoint = status === 200 ? openCheckpoint(text, log.key) : undefined
  if (!checkpoint) {
    await setFault(app, origin, 'not-signed')
    return
  }
  if (checkpoint.size < log.size) {
    await report(app, log, 'rollback', { older: log.note ?? '', newer: checkpoint.bare })
    return
  }
  await weigh(app, log, checkpoint)
  await lookForAwaited(app, origin)
}

/** Follows a checkpoint that continues the last one seen; freezes the log where it contradicts it. */
async function weigh(app: App, log: Watched, checkpoint: SignedCheckpoint): Promise<void> {
  const found = await compare(app, log, checkpoint)
  if (found === 'not-proven') return void (await setFault(app, log.origin, found))
  if (found !== 'continues') return report(app, log, found.kind, found.pair)
  await app.db.as(system, async (tx) => {
    const now = await findWatched(tx, log.origin, true)
    // Where somebody else moved it meanwhile, the next look compares with that.
    if (now && !now.frozenAt && now.size === log.size) await advance(app, tx, now, checkpoint)
  })
}

type Compared =
  | 'continues'
  | 'not-proven'
  | { readonly kind: 'split-view' | 'fork'; readonly pair: Pair }

/** Whether a signed checkpoint and the last one seen, whichever is the larger, are of one history. */
async function compare(app: App, log: Watched, other: SignedCheckpoint): Promise<Compared> {
  if (log.note === null || log.size === 0) return 'continues'
  const isNewer = other.size >= log.size
  const [older, newer] = isNewer ? [log.note, other.bare] : [other.bare, log.note]
  const pair = { older, newer }
  const [old, larger] = isNewer ? [log, other] : [other, log]
  if (old.size === larger.size) {
    return isSameHash(old.root, larger.root) ? 'continues' : { kind: 'split-view', pair }
  }
  if (old.size === 0) return 'continues'
  const tree = { address: log.address, size: larger.size }
  const prefix = await fetchPrefix(app, tree, old.size)
  if (!prefix) return 'not-proven'
  const { root: prefixRoot, proof } = prefix
  const sizes = { old: old.size, size: larger.size }
  if (isConsistent({ ...sizes, proof, oldRoot: old.root, root: larger.root })) return 'continues'
  const shown = { ...pair, prefixRoot: toBase64(prefixRoot), proof: proof.map(toBase64) }
  const kind = contradictionIn(shown, log.key)
  return kind ? { kind, pair: shown } : 'not-proven'
}

/** What other witnesses were shown of the logs that we watch: a second tree comes to light here. */
async function compareWith(app: App, witness: string): Promise<void> {
  const origins = await app.db.as(system, (tx) =>
    tx
      .selectFrom('known_log')
      .select('origin')
      .where('frozen_at', 'is', null)
      .where('ended_at', 'is', null)
      .execute(),
  )
  await guardWitness(app, witness, async () => {
    const body = origins.map(({ origin }) => origin).join('\n')
    const { status, text } = await ask(app, `${witness}/checkpoints`, body)
    const notes: unknown = status === 200 ? JSON.parse(text) : []
    for (const note of Array.isArray(notes) ? notes.slice(0, origins.length) : []) {
      if (typeof note === 'string') await weighWitnessed(app, note)
    }
  })
}

async function guardWitness(app: App, witness: string, work: () => Promise<void>): Promise<void> {
  await work().catch((error: unknown) =>
    app.log.warn({ error, witness }, 'a witness was not reached'),
  )
}

async function weighWitnessed(app: App, signed: string): Promise<void> {
  const log = await app.db.as(system, (tx) => findWatched(tx, originOf(signed) ?? ''))
  const checkpoint = log && openCheckpoint(signed, log.key)
  if (!log || !checkpoint || log.frozenAt || !log.note) return
  if (checkpoint.size > log.size) return weigh(app, log, checkpoint)
  const found = await compare(app, log, checkpoint)
  if (typeof found !== 'string') await report(app, log, found.kind, found.pair)
}

const report = (app: App, { origin }: Watched, kind: Contradiction, evidence: Pair) =>
  app.db.as(system, (tx) => recordFinding(app, tx, { origin, kind, evidence }))
