import { system } from '@tocsin/domain/actor.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { toBase64 } from '@tocsin/records/base64.ts'
import {
  cosignedAt,
  openCheckpoint,
  type SignedCheckpoint,
} from '@tocsin/records/log/checkpoint.ts'
import { readCount } from '@tocsin/records/log/lines.ts'
import { readNote, readVerifierKey, verifierKeyOf } from '@tocsin/records/log/note.ts'
import { consistencyRanges } from '@tocsin/records/log/proofs.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { readCosigned } from './log.ts'
import { logSeed } from './log-keys.ts'
import { ask } from './log-remote.ts'
import { hashesOf } from './log-tiles.ts'

/* Asking others to cosign our logs (C2SP tlog-witness, as the client). */

/** Of which logs a witness has been asked since this process began. */
const asked = new WeakMap<App, Set<OrganisationId>>()

/**
 * Whether the log may go on: once in the life of a process a witness must have said how much of it has
 * been seen, so that a log that was restored from a backup never signs another history. Where no
 * witness is known there is nobody to ask; where none answers, the log waits.
 */
export async function askWitnesses(app: App, organisation: OrganisationId): Promise<boolean> {
  const known = asked.get(app) ?? new Set()
  asked.set(app, known)
  if (known.has(organisation)) return true
  const { witnesses, answers } = await sendForCosigning(app, organisation)
  if (witnesses === 0) return true
  if (answers > 0) known.add(organisation)
  return answers > 0
}

/** Sends the latest checkpoint of a log to every witness that is known; one that fails stops no other. */
export async function sendForCosigning(app: App, organisation: OrganisationId) {
  const witnesses = await app.db.as(system, listWitnesses)
  const answers = await Promise.all(
    witnesses.map(({ witness_key, witness_address }) =>
      sendTo(app, organisation, { key: witness_key ?? '', address: witness_address ?? '' }).catch(
        (error: unknown) => {
          app.log.warn({ error, witness: witness_address }, 'a witness was not reached')
          return false
        },
      ),
    ),
  )
  return { witnesses: witnesses.length, answers: answers.filter(Boolean).length }
}

const listWitnesses = (tx: Tx) =>
  tx
    .selectFrom('known_log')
    .select(['witness_key', 'witness_address'])
    .distinct()
    .where('witness_key', 'is not', null)
    .where('witness_address', 'is not', null)
    .where('ended_at', 'is', null)
    .execute()

type Witness = { readonly key: string; readonly address: string }

/** Answers whether the witness said how much it has seen. */
async function sendTo(app: App, organisation: OrganisationId, witness: Witness): Promise<boolean> {
  const last = await app.db.as(system, (tx) =>
    tx
      .selectFrom('log_cosignature')
      .select((of) => of.fn.max('size').as('size'))
      .where('organisation', '=', organisation)
      .where('witness', '=', witness.key)
      .executeTakeFirst(),
  )
  const first = await submit(app, organisation, witness, last?.size ?? 0)
  if (first.status !== 409) return first.status !== 0
  // The witness has seen another size than we thought, and says which.
  const seen = readCount(first.text.trimEnd())
  const again = seen === undefined ? first : await submit(app, organisation, witness, seen)
  if (again.status !== 200) await learnSeen(app, organisation, witness)
  return true
}

/**
 * What the witness can show of our log under our own signature. Its word alone counts for nothing:
 * whoever names a size that was never signed must not make the log stand still.
 */
async function learnSeen(app: App, organisation: OrganisationId, witness: Witness): Promise<void> {
  const { origin } = await app.db.as(system, (tx) =>
    tx
      .selectFrom('transparency_log')
      .select('origin')
      .where('organisation', '=', organisation)
      .executeTakeFirstOrThrow(),
  )
  const shown = await askForSeen(app, origin, witness.address)
  if (shown) await noteSeen(app, organisation, shown.size)
}

async function askForSeen(app: App, origin: string, witness: string) {
  const key = verifierKeyOf(origin, 'note', await logSeed(app, origin))
  const { status, text } = await ask(app, `${witness}/checkpoints`, origin)
  const notes: unknown = status === 200 ? JSON.parse(text) : []
  const note: unknown = Array.isArray(notes) ? notes[0] : undefined
  return typeof note === 'string' ? openCheckpoint(note, key) : undefined
}

/** The largest tree of a log of ours that any member can show, as a witness, under our own signature. */
export async function largestSeen(app: App, origin: string): Promise<SignedCheckpoint | undefined> {
  const witnesses = await app.db.as(system, async (tx) => [
    ...(await listWitnesses(tx)).map(({ witness_address }) => witness_address ?? ''),
    // Whose witness is not known here yet may have seen it all the same.
    ...(
      await tx.selectFrom('member').select('address').where('state', '=', 'pinned').execute()
    ).map(({ address }) => `${address}/witness`),
  ])
  const shown = await Promise.all(
    [...new Set(witnesses)].map((witness) =>
      askForSeen(app, origin, witness).catch((error: unknown) => {
        app.log.warn({ error, witness }, 'a witness was not reached')
      }),
    ),
  )
  return shown.filter((one) => one !== undefined).sort((one, other) => other.size - one.size)[0]
}

/** One try with a proof from that size on; status 0 where we have nothing of that size to prove from. */
async function submit(app: App, organisation: OrganisationId, witness: Witness, old: number) {
  const sent = await app.db.as(system, async (tx) => {
    const checkpoint = await readCosigned(tx, organisation)
    if (!checkpoint || old > checkpoint.size) return undefined
    const proof = await hashesOf(tx, organisation, consistencyRanges(old, checkpoint.size))
    const lines = [`old ${old}`, ...proof.map(toBase64), '', checkpoint.note]
    return { checkpoint, body: lines.join('\n') }
  })
  if (!sent) return { status: 0, text: '' }
  const answer = await ask(app, `${witness.address}/add-checkpoint`, sent.body)
  if (answer.status === 200) await keep(app, organisation, witness, sent.checkpoint, answer.text)
  return answer
}

async function keep(
  app: App,
  organisation: OrganisationId,
  witness: Witness,
  { size, note }: { readonly size: number; readonly note: string },
  line: string,
): Promise<void> {
  const key = readVerifierKey(witness.key)
  const cosigned = readNote(note + line)
  if (!key || !cosigned || cosignedAt(cosigned, key) === undefined) {
    app.log.warn({ witness: witness.address }, 'a cosignature is not of the witness that was asked')
    return
  }
  await app.db.as(system, async (tx) => {
    await tx
      .insertInto('log_cosignature')
      .values({ organisation, size, witness: witness.key, line })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  })
  await noteSeen(app, organisation, size)
}

/** The largest size that any witness has seen: the sequencer signs nothing below it. */
async function noteSeen(app: App, organisation: OrganisationId, size: number): Promise<void> {
  await app.db.as(system, (tx) =>
    tx
      .updateTable('transparency_log')
      .set({ cosigned_size: size })
      .where('organisation', '=', organisation)
      .where('cosigned_size', '<', size)
      .execute(),
  )
}
