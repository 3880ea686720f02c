import type { OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { readVerifierKey } from '@tocsin/records/log/note.ts'
import { type Policy, readPolicy } from '@tocsin/records/log/policy.ts'
import { formatProof, readProof } from '@tocsin/records/log/proof-file.ts'
import { inclusionRanges } from '@tocsin/records/log/proofs.ts'
import { provenTimes } from '@tocsin/records/log/proven-time.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { readCosigned } from '../network/log.ts'
import { readLogNames } from '../network/log-anew.ts'
import { publicLogKeys } from '../network/log-keys.ts'
import { hashesOf } from '../network/log-tiles.ts'
import { listOwn } from '../network/own-organisations.ts'

/*
 * By when something was said is what the witnesses say: those of all who take part. Nobody cosigns
 * its own log, so half of them are asked for, and one that is off line holds up nobody.
 */

export type RoomPolicy = {
  /** C2SP tlog-policy; the same on every node that knows the same keys. */
  readonly text: string
  readonly policy: Policy
  readonly witnesses: readonly string[]
  /** How many of them must have seen a record. */
  readonly least: number
}

/** Which logs count among these organisations, and whose cosignatures are enough. */
export async function policyFor(
  app: App,
  tx: Tx,
  organisations: readonly OrganisationId[],
): Promise<RoomPolicy> {
  const [own, known] = [
    await listOwnLogs(app, tx, organisations),
    await listKnown(tx, organisations),
  ]
  const logs = sorted([...own.map((one) => one.verifierKey), ...known.map((one) => one.log)])
  const witnesses = sorted([
    ...own.map((one) => one.witnessKey),
    ...known.flatMap(({ witness }) => witness ?? []),
  ])
  const least = Math.max(1, Math.floor(witnesses.length / 2))
  const named = witnesses.map((key) => ({ key, name: readVerifierKey(key)?.name ?? '' }))
  const text = [
    ...logs.map((key) => `log ${key}`),
    ...named.map(({ name, key }) => `witness ${name} ${key}`),
    ...(named.length > 0 ? [`group room ${least} ${named.map(({ name }) => name).join(' ')}`] : []),
    `quorum ${named.length > 0 ? 'room' : 'none'}`,
    '',
  ].join('\n')
  const policy = readPolicy(text)
  // Where two of the keys are one, nobody can say whose word it is: nothing is proven.
  const nobody = { logs: [], witnesses: new Map(), groups: new Map(), quorum: undefined }
  return { text, policy: 'line' in policy ? nobody : policy, witnesses, least }
}

const sorted = (keys: readonly string[]): readonly string[] => [...new Set(keys)].sort()

/**
 * As the others know them by our directory: also the log of an organisation that has said nothing yet, or
 * this node alone would ask for fewer witnesses than all others, and logs that ended.
 */
async function listOwnLogs(app: App, tx: Tx, organisations: readonly OrganisationId[]) {
  const named = async (from: 'transparency_log' | 'ended_log') =>
    tx
      .selectFrom(from)
      .select('origin')
      .where('organisation', 'in', [...organisations])
      .execute()
  const origins = [...(await named('transparency_log')), ...(await named('ended_log'))]
  for (const own of await listOwn(tx)) {
    if (organisations.includes(own)) origins.push(await readLogNames(app, tx, own))
  }
  const names = new Set(origins.map(({ origin }) => origin))
  return Promise.all([...names].map((origin) => publicLogKeys(app, origin)))
}

/** Also logs that ended: what was proven by them stays proven. */
const listKnown = (tx: Tx, organisations: readonly OrganisationId[]) =>
  tx
    .selectFrom('known_log')
    .select(['verifier_key as log', 'witness_key as witness'])
    .where('organisation', 'in', [...organisations])
    .execute()

/** The proof by the first checkpoint that enough witnesses had seen; undefined where they have not yet. */
export async function firstProof(
  tx: Tx,
  { organisation, digest }: { readonly organisation: OrganisationId; readonly digest: Sha256 },
  { policy, witnesses, least }: RoomPolicy,
): Promise<string | undefined> {
  if (witnesses.length === 0) return undefined
  const entry = await tx
    .selectFrom('log_entry')
    .select('index')
    .where('organisation', '=', organisation)
    .where('digest', '=', digest)
    .executeTakeFirst()
  if (!entry || entry.index === null) return undefined
  const seen = await tx
    .selectFrom('log_cosignature')
    .select('size')
    .where('organisation', '=', organisation)
    .where('size', '>', entry.index)
    .where('witness', 'in', [...witnesses])
    .groupBy('size')
    .having((of) => of(of.fn.countAll<number>(), '>=', least))
    .orderBy('size')
    .executeTakeFirst()
  const checkpoint = seen && (await readCosigned(tx, organisation, seen.size))
  if (!checkpoint) return undefined
  const ranges = inclusionRanges(entry.index, { from: 0, to: checkpoint.size })
  const path = await hashesOf(tx, organisation, ranges)
  const bytes = Buffer.from(digest, 'hex')
  const text = formatProof({ digest: bytes, index: entry.index, path, checkpoint: checkpoint.text })
  const proof = readProof(text)
  return proof && provenTimes([proof], policy).size > 0 ? text : undefined
}
