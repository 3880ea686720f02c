import { toldFault } from '@tocsin/records/decision-check.ts'
import type { EvidenceLine } from '@tocsin/records/decision-evidence.ts'
import { fingerprintOf } from '@tocsin/records/due-diligence.ts'
import { readHeader } from '@tocsin/records/jws.ts'
import { RecordHeader } from '@tocsin/records/record.ts'
import type { Block, Words } from './content.ts'
import { code, heading, inGroups, said, strong } from './letter.ts'
import type { MinuteFacts } from './minute.ts'
import type { Wording } from './wording.ts'

/* What stands behind a minute: its signatures, the records that it rests on, and who had seen them by when. */

/** Whether the records bear the decision out; where they do not, in what they differ. */
export function standsBlocks({ checked }: MinuteFacts, { t }: Wording): Block[] {
  const { faults } = checked
  if (faults.length === 0) return [said(t('document.minute-holds'))]
  const told = faults.map((fault) =>
    t(`verify.decision-fault-${toldFault(fault)}`, { at: inGroups(fault.at) }),
  )
  return [
    strong(t('verify.decision-broken', { n: faults.length })),
    ...[...new Set(told)].map(said),
  ]
}

export const proofBlocks = (facts: MinuteFacts, wording: Wording): Block[] => [
  ...signatureBlocks(facts, wording),
  ...evidenceBlocks(facts, wording),
  ...verifyBlocks(facts, wording),
]

/** Chair and secretary, two officers of whoever led; by name where they chose so. */
function signatureBlocks(facts: MinuteFacts, { t, time }: Wording): Block[] {
  const { decision, nameOf, file } = facts
  const { signedBy, saidAt, organisation } = decision
  const used = new Set(
    file.records.map((record) => readHeader(RecordHeader, record)?.kid).filter(Boolean),
  )
  const keys = file.keys.filter((key) => key.organisation === organisation && used.has(key.kid))
  return [
    heading(t('document.signatures')),
    said(t('document.minute-signed', { at: time(saidAt), organisation: nameOf(organisation) })),
    {
      kind: 'fields',
      rows: [
        ...(['chair', 'secretary'] as const).map((who) => ({
          label: t(`decision.${who}`),
          value: signedBy
            ? { text: signedBy[who], isStrong: true as const }
            : { text: t('document.minute-by-office') },
        })),
        ...keys.map(({ publicKey }) => ({
          label: t('document.fingerprint'),
          value: code(fingerprintOf(publicKey)),
        })),
      ],
    },
  ]
}

/** Types of records that stand in the file of a decision, and have a name of their own in words. */
const named = [
  ...(['question', 'question-end', 'officers', 'ballot', 'position'] as const),
  ...(['sequence', 'complaint', 'rehome', 'tally', 'decision'] as const),
]

function evidenceBlocks(facts: MinuteFacts, wording: Wording): Block[] {
  const { t } = wording
  const { lines, quorum } = facts.evidence
  return [
    heading(t('document.minute-evidence')),
    said(
      [
        t('document.minute-times'),
        ...(quorum ? [t('document.minute-quorum', { n: quorum.atLeast, all: quorum.of })] : []),
      ].join(' '),
    ),
    {
      kind: 'table',
      columns: [
        { head: t('document.minute-record'), share: 4 },
        { head: t('document.minute-witnesses'), share: 5 },
        { head: 'SHA-256', share: 3 },
      ],
      rows: lines.map((line) => [
        { text: recordWords(line, facts, wording) },
        seenWords(line, wording),
        code(inGroups(line.digest)),
      ]),
    },
  ]
}

function recordWords(
  { type, author, member }: EvidenceLine,
  { nameOf }: MinuteFacts,
  { t }: Wording,
): string {
  const kind = named.find((one) => one === type)
  const isOfOther = member !== null && member !== author
  return [
    kind ? t(`document.minute-record-${kind}`) : type,
    isOfOther
      ? t('document.minute-told-by', { member: nameOf(member), organisation: nameOf(author) })
      : nameOf(author),
  ].join('\n')
}

/** By whom it was seen by when: the time at which those were enough. */
function seenWords({ type, seen }: EvidenceLine, { t, time }: Wording): Words {
  // They hold for the ballots that come after them in their author's order.
  if (!seen && type === 'officers') return { text: t('document.minute-by-order') }
  if (!seen) return { text: t('document.minute-unseen') }
  const names = seen.witnesses.map((name) => `\u2066${name}\u2069`)
  return { text: [t('document.minute-seen', { at: time(seen.at) }), ...names].join('\n') }
}

const verifyBlocks = ({ fileName }: MinuteFacts, { t }: Wording): Block[] => [
  {
    kind: 'box',
    blocks: [
      strong(t('document.verify-title')),
      said(t('document.verify-how')),
      { kind: 'text', words: { ...code(`tocsin verify ${fileName}`), isStrong: true } },
      said(t('document.verify-key')),
    ],
  },
]
