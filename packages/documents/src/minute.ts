import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { languagesOf } from '@tocsin/domain/clauses.ts'
import type { Locale } from '@tocsin/domain/locale.ts'
import type { CheckedDecision } from '@tocsin/records/decision-check.ts'
import type { DecisionEvidence } from '@tocsin/records/decision-evidence.ts'
import type { DecisionFile } from '@tocsin/records/decision-file.ts'
import type { Decision } from '@tocsin/records/stix/decision.ts'
import type { Question } from '@tocsin/records/stix/question.ts'
import type { Block, DocumentContent, Field, Words } from './content.ts'
import { heading, said, strong, watermarkOf, written } from './letter.ts'
import { membersTable } from './minute-members.ts'
import { proofBlocks, standsBlocks } from './minute-proof.ts'
import type { Wording } from './wording.ts'

/** A decision counted again from its file, and what its minute says beside that. */
export type MinuteFacts = {
  readonly file: DecisionFile
  readonly checked: CheckedDecision
  readonly decision: Decision
  readonly evidence: DecisionEvidence
  readonly question: Question
  /** How the decision and the consultation are cited. */
  readonly symbol: string
  readonly consultation: string
  /** The name of the file that comes with the minute. */
  readonly fileName: string
  readonly nameOf: (organisation: OrganisationId) => string
}

/** The minute of a decision: says what its file says, in words, and whether that counts again to the same. */
export function minuteContent(facts: MinuteFacts, wording: Wording): DocumentContent {
  const { t, locale, languageName, day } = wording
  const { decision, checked, question, symbol, nameOf } = facts
  const { isExercise, marking, organisation, saidAt } = decision
  const decidedAt = checked.decidedAt ?? saidAt
  const originals = question.proposal.originals.map(languageName).join(', ')
  return {
    title: t('document.minute', { symbol }),
    locale,
    issuer: nameOf(organisation),
    issuedAt: decidedAt,
    symbol,
    facts: [{ text: day(decidedAt) }, { text: t('document.original', { language: originals }) }],
    marking,
    watermark: watermarkOf(wording, { isExercise }),
    pageWords: wording.pageWords,
    blocks: [
      ...(isExercise ? [strong(t('exercise.means'))] : []),
      said(t('document.minute-what')),
      ...standsBlocks(facts, wording),
      { kind: 'fields', rows: headOf(facts, wording) },
      ...textOf(facts, wording),
      heading(t('document.minute-members')),
      membersTable(facts, wording),
      ...countOf(facts, wording),
      ...wordsOf(facts, wording),
      ...effectOf(facts, wording),
      ...proofBlocks(facts, wording),
    ],
  }
}

function headOf(facts: MinuteFacts, { t, time }: Wording): Field[] {
  const { decision, checked, question, consultation } = facts
  const { number, reading, method, opensAt, closesAt } = question.proposal
  const at = checked.decidedAt ? time(checked.decidedAt) : '–'
  const until = decision.ground.kind === 'silence' ? decision.ground.deadline : closesAt
  const span = { from: time(opensAt), until: time(until) }
  return [
    { label: t('document.consultation'), value: { text: consultation, isCode: true } },
    { label: t('document.proposal'), value: { text: t('proposal.title', { number, reading }) } },
    {
      label: t('document.minute-outcome'),
      value: { text: t(`verify.decision-outcome-${decision.outcome}`, { at }), isStrong: true },
    },
    { label: t('document.minute-rule'), value: { text: t(`document.minute-by-${method.kind}`) } },
    { label: t('document.minute-span'), value: { text: t('document.window-days', span) } },
  ]
}

/** The text in the reader's language where it was put in that, else as it was written. */
function textOf({ decision, question }: MinuteFacts, wording: Wording): Block[] {
  const { t, locale, languageName } = wording
  const { text } = decision
  const { originals } = question.proposal
  const languages = languagesOf(text)
  const shown = languages.includes(locale) ? locale : (originals[0] as Locale)
  const own = (words: string): Words => ({ text: words, locale: shown })
  return [
    heading(t('document.text')),
    ...(shown === locale
      ? []
      : [said(t('document.minute-in-language', { language: languageName(shown) }))]),
    ...(originals.includes(shown) ? [] : [said(t('document.minute-translation'))]),
    { kind: 'text', words: { ...own(text.title[shown] ?? ''), isStrong: true } },
    {
      kind: 'numbered',
      from: 1,
      items: text.clauses.map(({ texts }) => own(texts[shown] ?? '')),
    },
  ]
}

/** What a ballot came to; silence has no count. */
function countOf({ checked }: MinuteFacts, { t }: Wording): Block[] {
  const { tally } = checked
  if (!tally) return []
  const { yes, no, abstain, refused } = tally
  const sums = { yes: yes.organisations, no: no.organisations, abstain: abstain.organisations }
  return [said(t('verify.decision-count', { ...sums, refused: refused.length }))]
}

/** What those say who did not agree, and what else was said with effect. */
function wordsOf(facts: MinuteFacts, { t, locale }: Wording): Block[] {
  const { decision, evidence, checked, nameOf } = facts
  const passage = (organisation: OrganisationId, text: string): Block[] => [
    strong(nameOf(organisation)),
    { kind: 'text', words: written(text, locale) },
  ]
  const refused = new Set(checked.silence?.refused.map(({ digest }) => digest))
  const others = evidence.positions.flatMap(({ digest, position: { member, stance } }) => {
    if (refused.has(digest) || !checked.silence) return []
    if (stance.kind === 'agree' && stance.note !== null) return passage(member, stance.note)
    return stance.kind === 'ask-for-time' ? passage(member, stance.reasons) : []
  })
  return [
    heading(t('document.dissents')),
    ...(decision.dissent.length === 0
      ? [said(t('document.minute-no-dissent'))]
      : decision.dissent.flatMap(({ organisation, text }) => passage(organisation, text))),
    ...(others.length === 0 ? [] : [heading(t('document.minute-statements')), ...others]),
  ]
}

/** On what it rests in law, whom it is addressed to, and when it is looked at again. */
function effectOf({ decision }: MinuteFacts, { t, locale, day }: Wording): Block[] {
  const { legalBasis, addressees, followUp } = decision
  const lines = (list: readonly string[]): Words =>
    list.length === 0
      ? { text: t('document.minute-none-stated') }
      : written(list.join('\n'), locale)
  return [
    heading(t('document.minute-effect')),
    {
      kind: 'fields',
      rows: [
        { label: t('document.legal-basis'), value: lines(legalBasis) },
        { label: t('document.to'), value: lines(addressees) },
        {
          label: t('document.minute-follow-up'),
          value: { text: followUp ? day(followUp) : t('document.minute-none-stated') },
        },
      ],
    },
  ]
}
