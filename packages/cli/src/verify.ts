import { Problem } from '@tocsin/domain/problem.ts'
import type { Translate } from '@tocsin/i18n/translate.ts'
import { type DueDiligence, fingerprintOf } from '@tocsin/records/due-diligence.ts'
import { checkArchive, sealingKey } from '@tocsin/records/due-diligence-archive.ts'
import { checkDueDiligence } from '@tocsin/records/due-diligence-check.ts'
import { kidOf } from '@tocsin/records/statement.ts'
import type { Command } from 'commander'
import { z } from 'zod'
import { type Context, exits } from './context.ts'
import { harmless, minute } from './harmless.ts'
import { readRecordFile, readSmall } from './record-file.ts'
import { isDecision, verifyDecision } from './verify-decision.ts'
import { isLogProof, verifyProof } from './verify-proof.ts'

/** What people type or paste of a fingerprint: in groups, in capitals, with colons. */
const Fingerprint = z
  .string()
  .transform((text) => text.replace(/[\s:]/g, '').toLowerCase())
  .pipe(z.string().regex(/^[0-9a-f]{64}$/))

/**
 * `tocsin verify FILE`: whether a due-diligence record or a decision holds, or the proof that a record is
 * in a log. Needs no node and no network.
 */
export function addVerifyCommand(program: Command, context: () => Context): void {
  program
    .command('verify')
    .description(
      'Check offline a due-diligence record, a decision with its ballots, or the proof that a record is in a log and who had seen it',
    )
    .argument(
      '<file>',
      'the record or decision as it was given out: .zip or .json; or a .tlog-proof',
    )
    .option('--key <fingerprint>', 'the fingerprint of the key that must have sealed it')
    .option('--policy <file>', 'for a .tlog-proof or a decision: which logs and witnesses count')
    .action(async (path: string, options: { readonly key?: string; readonly policy?: string }) => {
      const bytes = await readSmall(path)
      if (isLogProof(bytes)) return verifyProof(context(), path, bytes, options.policy)
      if (isDecision(bytes)) return verifyDecision(context(), path, bytes, options.policy)
      return verifyDueDiligence(context(), path, bytes, options.key)
    })
}

function verifyDueDiligence(
  { t, say }: Context,
  path: string,
  bytes: Uint8Array,
  given: string | undefined,
): void {
  const wanted = given === undefined ? undefined : Fingerprint.parse(given)
  const { file, faults, record } = check(path, bytes)
  const key = fingerprintOf(sealingKey(file)?.publicKey ?? '')
  const isOther = wanted !== undefined && wanted !== key.replaceAll(' ', '')
  const all = isOther ? [...faults, { fault: 'other-key' as const, at: key }] : faults
  const summary = summaryOf(file, record)
  const lines = [
    ...(all.length === 0 ? [t('verify.whole')] : faultLines(t, all)),
    t('verify.about', summary),
    t('verify.span', summary),
    ...keyLines(t, file),
    t(wanted === undefined || isOther ? 'verify.compare' : 'verify.key-matches'),
  ]
  say(lines.join('\n'), { holds: all.length === 0, ...summary, fingerprint: key, faults: all })
  if (all.length > 0) process.exitCode = exits.no
}

function check(path: string, bytes: Uint8Array) {
  const read = readRecordFile(path, bytes)
  const found = 'json' in read ? checkDueDiligence(read.json) : checkArchive(read.files)
  const { file } = found
  if (!file) throw new Problem('verify.not-a-record', { file: path })
  return { ...found, file }
}

type Checked = ReturnType<typeof check>
type Fault = Checked['faults'][number] | { readonly fault: 'other-key'; readonly at: string }

/** So many are told one by one: a file in which everything is wrong says no more with more lines. */
const FAULTS_SHOWN = 100

function faultLines(t: Translate, faults: readonly Fault[]): string[] {
  const more = faults.length - FAULTS_SHOWN
  return [
    t('verify.broken', { n: faults.length }),
    ...faults
      .slice(0, FAULTS_SHOWN)
      .map(({ fault, at }) => `- ${t(`verify.fault-${fault}`, { at: harmless(at) })}`),
    ...(more > 0 ? [`- ${t('verify.more', { n: more })}`] : []),
  ]
}

/** Whose matter, how many entries, and from when to when, in the words of the file. */
function summaryOf(
  { matter, organisation, issuedAt, statements }: DueDiligence,
  record: Checked['record'],
) {
  return {
    symbol: harmless(matter.symbol),
    organisation: harmless(organisation.name),
    issuedAt: minute(issuedAt),
    entries: statements.length,
    from: minute(record[0]?.at ?? matter.openedAt),
    until: minute(record.at(-1)?.at ?? issuedAt),
  }
}

/** The keys that the seal and the entries name, each with its fingerprint to compare. */
function keyLines(t: Translate, { keys, seal, statements }: DueDiligence): string[] {
  const used = new Set([seal, ...statements].map(kidOf))
  return keys
    .filter(({ kid }) => used.has(kid))
    .map(({ organisationName, publicKey }) =>
      t('verify.key', {
        organisation: harmless(organisationName),
        fingerprint: fingerprintOf(publicKey),
      }),
    )
}
