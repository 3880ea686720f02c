import { system } from '@tocsin/domain/actor.ts'
import type { OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import type { BagFile } from '@tocsin/records/bag.ts'
import { openCheckpoint, originOf } from '@tocsin/records/log/checkpoint.ts'
import { readVerifierKey } from '@tocsin/records/log/note.ts'
import { checkProof, readProof } from '@tocsin/records/log/proof-file.ts'
import { isSameHash } from '@tocsin/records/log/tree.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { proveIn, readCosigned } from './log.ts'
import { recordFinding } from './log-findings.ts'

/*
 * What a bundle says of the logs: beside each record the proof that it stands in its author's log, as
 * `tocsin verify` reads it, and the latest checkpoint of that log with its cosignatures.
 */

const folders = { proofs: 'proofs/', logs: 'logs/' } as const

type Logged = { readonly organisation: OrganisationId; readonly digest: Sha256 }

/** The proofs of those of these records that have a place in the log by now. */
export async function* proofsOf(app: App, records: readonly Logged[]): AsyncGenerator<BagFile> {
  const proofs = await app.db.as(system, async (tx) => {
    const texts: (readonly [Sha256, string | undefined])[] = []
    for (const { organisation, digest } of records) {
      texts.push([digest, await proveIn(tx, organisation, digest)])
    }
    return texts
  })
  for (const [digest, text] of proofs) {
    // The proof itself names the whole digest; a part of a path is no longer than this.
    if (text) yield fileOf(`${folders.proofs}${digest.slice(0, 40)}.tlog-proof`, text)
  }
}

/** The latest checkpoint of each log. */
export async function* checkpointsOf(
  app: App,
  organisations: Iterable<OrganisationId>,
): AsyncGenerator<BagFile> {
  for (const organisation of organisations) {
    const latest = await app.db.as(system, (tx) => readCosigned(tx, organisation))
    if (latest) yield fileOf(`${folders.logs}${organisation}.checkpoint`, latest.text)
  }
}

const fileOf = (path: string, text: string): BagFile => ({
  path,
  bytes: new TextEncoder().encode(text),
})

/** What a proof or a checkpoint is worth here; nothing where the log or the record is not known here. */
type Worth = 'proven' | 'wrongProofs' | undefined

export const isAboutLogs = ({ path }: BagFile): boolean =>
  Object.values(folders).some((folder) => path.startsWith(folder))

export const checkCarried = (app: App, file: BagFile): Promise<Worth> =>
  file.path.startsWith(folders.proofs) ? checkProofIn(app, file) : checkCheckpointIn(app, file)

/**
 * Checks a proof that came with a record against the log of whoever signed that: signed by its key, and the
 * record in it. One that holds is as good as having found the record in the log.
 */
async function checkProofIn(app: App, { bytes }: BagFile): Promise<Worth> {
  const proof = readProof(textOf(bytes))
  if (!proof) return 'wrongProofs'
  const digest = Buffer.from(proof.digest).toString('hex') as Sha256
  return app.db.as(system, async (tx) => {
    const logs = await tx
      .selectFrom('network_record')
      .innerJoin('known_log', 'known_log.organisation', 'network_record.organisation')
      .select(['origin', 'verifier_key'])
      .where('network_record.digest', '=', digest)
      .execute()
    if (logs.length === 0) return undefined
    const origin = originOf(proof.checkpoint)
    const log = logs.find((one) => one.origin === origin)
    const key = readVerifierKey(log?.verifier_key ?? '')
    if (!log || !key) return 'wrongProofs'
    const nobody = { witnesses: new Map(), groups: new Map(), quorum: undefined }
    if (checkProof(proof, { logs: [key], ...nobody }).fault !== undefined) return 'wrongProofs'
    await tx
      .updateTable('awaited_entry')
      .set({ index: proof.index })
      .where('origin', '=', log.origin)
      .where('digest', '=', digest)
      .where('index', 'is', null)
      .execute()
    return 'proven'
  })
}

/** Checks a checkpoint that came on a disk: of two trees of one size, one is another's. */
async function checkCheckpointIn(app: App, { bytes }: BagFile): Promise<Worth> {
  const text = textOf(bytes)
  return app.db.as(system, async (tx) => {
    const log = await findLog(tx, originOf(text))
    const key = readVerifierKey(log?.verifier_key ?? '')
    if (!log || !key) return undefined
    const carried = openCheckpoint(text, key)
    if (!carried) return 'wrongProofs'
    const seen = log.note === null ? undefined : openCheckpoint(log.note, key)
    if (seen?.size !== carried.size || isSameHash(seen.root, carried.root)) return undefined
    const evidence = { older: log.note, newer: carried.bare }
    await recordFinding(app, tx, { origin: log.origin, kind: 'split-view', evidence })
    return 'wrongProofs'
  })
}

const findLog = (tx: Tx, origin = '') =>
  tx
    .selectFrom('known_log')
    .select(['origin', 'verifier_key', 'note'])
    .where('origin', '=', origin)
    .executeTakeFirst()

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
