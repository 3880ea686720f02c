import type { CouncilReference } from '@tocsin/domain/action-plan.ts'
import type { ActivityStage, NoteSending, NoteText } from '@tocsin/domain/article-54.ts'
import type { Day, Instant } from '@tocsin/domain/brand.ts'
import type { Level } from '@tocsin/domain/level.ts'
import type { Block, DocumentContent } from './content.ts'
import { heading, said, strong, watermarkOf } from './letter.ts'
import type { Wording } from './wording.ts'

/** A regional activity as the Security Council is told of it. */
export type ActivityFacts = {
  readonly title: string
  readonly lead: string
  readonly stage: ActivityStage
  readonly startedAt: Instant | null
  readonly due: Day | null
  readonly needsAuthorisation: boolean
  readonly authorisation: CouncilReference | null
}

/** What a note is written from: the record of a matter, and nothing of any source. */
export type NoteFacts = {
  readonly issuer: string
  readonly symbol: string
  readonly marking: string
  readonly isExercise: boolean
  readonly title: string
  readonly place: string | null
  readonly level: Level
  readonly openedAt: Instant
  readonly warnedAt: Instant | null
  readonly at: Instant
  readonly activities: readonly ActivityFacts[]
  /** What people wrote; none while the text stands as generated. */
  readonly text: NoteText | null
  readonly sending: NoteSending | null
}

/** The paragraphs of a note as the record gives them, for a person to change and to sign. */
export function notePassages(facts: NoteFacts, { t, day }: Wording): readonly string[] {
  const { issuer, title, place, level, openedAt, warnedAt, activities } = facts
  const name = t(`level.${level}`)
  return [
    t('document.article-54-opening', { issuer }),
    joined([
      t('document.article-54-matter', { issuer, title, day: day(openedAt) }),
      place && t('document.article-54-place', { place }),
      warnedAt && t('document.article-54-warned', { day: day(warnedAt) }),
    ]),
    t('document.article-54-level', { level, name }),
    ...activities.map((activity) => passageOf(activity, { t, day })),
    t('document.article-54-closing'),
  ]
}

function passageOf(
  { title, lead, stage, startedAt, due, needsAuthorisation, authorisation }: ActivityFacts,
  { t, day }: Pick<Wording, 't' | 'day'>,
): string {
  const isBegun = stage === 'undertaken'
  return joined([
    t(isBegun ? 'document.article-54-undertaken' : 'document.article-54-contemplated', {
      title,
      lead,
    }),
    isBegun && startedAt && t('document.article-54-begun', { day: day(startedAt) }),
    due && t('document.article-54-due', { day: day(due) }),
    authorisation && t('document.article-54-authorised', { ...authorisation }),
    needsAuthorisation && !authorisation && t('document.article-54-unauthorised'),
  ])
}

const joined = (sentences: readonly (string | false | null)[]): string =>
  sentences.filter((one) => one !== false && one !== null).join(' ')

/** A note to the President of the Security Council, in the form of a document: a draft until it was sent. */
export function noteContent(facts: NoteFacts, wording: Wording): DocumentContent {
  const { t, locale, languageName, day } = wording
  const { issuer, symbol, marking, isExercise, text, sending } = facts
  const of = text?.locale ?? locale
  const written = text?.paragraphs ?? notePassages(facts, wording)
  return {
    title: t('document.article-54-title', { symbol }),
    locale,
    issuer,
    issuedAt: facts.at,
    symbol,
    facts: [
      { text: day(sending?.sentOn ?? facts.at) },
      { text: t('document.original', { language: languageName(of) }) },
    ],
    marking,
    watermark: watermarkOf(wording, { isExercise, isDraft: sending === null }),
    pageWords: wording.pageWords,
    blocks: [
      ...(isExercise ? [strong(t('exercise.means'))] : []),
      ...(sending ? [] : [strong(t('document.article-54-draft'))]),
      {
        kind: 'fields',
        rows: [
          {
            label: t('document.to'),
            value: { text: t('document.article-54-to'), isStrong: true },
          },
        ],
      },
      heading(t('document.article-54-subject')),
      ...(of === locale ? [] : [said(t('document.in-language', { language: languageName(of) }))]),
      { kind: 'numbered', from: 1, items: written.map((one) => ({ text: one, locale: of })) },
      ...signatureOf(sending, wording),
    ],
  }
}

/** Room for the person who signs; on a note that was sent, who did and how it left. */
function signatureOf(sending: NoteSending | null, { t, day }: Wording): Block[] {
  const dots = '\u2026'.repeat(16)
  return [
    heading(t('document.signatures')),
    {
      kind: 'fields',
      rows: sending
        ? [
            { label: t('document.name'), value: { text: sending.signedBy, isStrong: true } },
            { label: t('document.article-54-sent-on'), value: { text: day(sending.sentOn) } },
            { label: t('document.article-54-sent-how'), value: { text: sending.how } },
          ]
        : [
            { label: t('document.name'), value: { text: dots } },
            { label: t('document.office'), value: { text: dots } },
            { label: t('document.article-54-date'), value: { text: dots } },
          ],
    },
  ]
}
