import { Problem } from '@tocsin/domain/problem.ts'
import type { Translate } from '@tocsin/i18n/translate.ts'
import {
  type CheckedDecision,
  checkDecision,
  type DecisionFault,
  toldFault,
} from '@tocsin/records/decision-check.ts'
import { fingerprintOf } from '@tocsin/records/due-diligence.ts'
import { readHeader } from '@tocsin/records/jws.ts'
import { RecordHeader } from '@tocsin/records/record.ts'
import { type Context, exits } from './context.ts'
import { harmless, minute } from './harmless.ts'
import { readPolicyFile } from './verify-proof.ts'

/** Where a file says what it is. */
const BEGINNING = 200

/** Whether these bytes are a decision with all that it rests on. */
export const isDecision = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.subarray(0, BEGINNING)).toString().includes('"tocsin-decision"')

/** Counts a decision again and says what it comes to, by the policy given or by the one in the file. */
export async function verifyDecision(
  { t, say }: Context,
  path: string,
  bytes: Uint8Array,
  policyPath: string | undefined,
): Promise<void> {
  const policy = policyPath === undefined ? undefined : await readPolicyFile(policyPath)
  const checked = await checkDecision(bytes, policy)
  const { file, faults, decision, decidedAt, tally, silence } = checked
  if (!file) throw new Problem('verify.not-a-record', { file: path })
  const lines = [
    ...(faults.length === 0 ? [t('verify.decision-holds')] : faultLines(t, faults)),
    ...aboutLines(t, checked),
    t(policy ? 'verify.decision-own-policy' : 'verify.decision-policy-inside'),
    ...keyLines(t, file),
    t('verify.compare'),
  ]
  const outcome = decision?.outcome ?? null
  const said = { holds: faults.length === 0, outcome, decidedAt, faults }
  say(lines.join('\n'), { ...said, tally: tally ?? null, silence: silence ?? null })
  if (faults.length > 0) process.exitCode = exits.no
}

/** So many are told one by one: a file in which everything is wrong says no more with more lines. */
const FAULTS_SHOWN = 100

function faultLines(t: Translate, faults: readonly DecisionFault[]): string[] {
  const more = faults.length - FAULTS_SHOWN
  return [
    t('verify.decision-broken', { n: faults.length }),
    ...faults.slice(0, FAULTS_SHOWN).map((fault) => `- ${faultLine(t, fault)}`),
    ...(more > 0 ? [`- ${t('verify.more', { n: more })}`] : []),
  ]
}

const faultLine = (t: Translate, fault: DecisionFault): string =>
  t(`verify.decision-fault-${toldFault(fault)}`, { at: harmless(fault.at) })

function aboutLines(
  t: Translate,
  { decision, decidedAt, tally, silence, expelled, late }: CheckedDecision,
): string[] {
  if (!decision) return []
  const { number, year, organisationName, outcome, recused, ground } = decision
  const [title = ''] = Object.values(decision.text.title)
  const organisation = harmless(organisationName)
  const at = decidedAt ? minute(decidedAt) : '-'
  return [
    t('verify.decision-about', {
      number,
      year: String(year),
      organisation,
      title: harmless(title),
    }),
    t(`verify.decision-outcome-${outcome}`, { at }),
    ...(tally
      ? [
          t('verify.decision-count', {
            yes: tally.yes.organisations,
            no: tally.no.organisations,
            abstain: tally.abstain.organisations,
            refused: tally.refused.length,
          }),
        ]
      : []),
    ...(silence && ground.kind === 'silence'
      ? [t('verify.decision-silence', { at: minute(silence.deadline), n: decision.present.length })]
      : []),
    t('verify.decision-recused', { n: recused.length }),
    ...(expelled.length > 0 ? [t('verify.decision-expelled', { n: expelled.length })] : []),
    ...(late.length > 0 ? [t('verify.decision-late', { n: late.length })] : []),
  ]
}

/** The keys that signed records of the file, each with its fingerprint to compare. */
function keyLines(t: Translate, { keys, records }: NonNullable<CheckedDecision['file']>): string[] {
  const used = new Set(records.map((record) => readHeader(RecordHeader, record)?.kid))
  return keys
    .filter(({ kid }) => used.has(kid))
    .map(({ organisationName, publicKey }) =>
      t('verify.key', {
        organisation: harmless(organisationName),
        fingerprint: fingerprintOf(publicKey),
      }),
    )
}
