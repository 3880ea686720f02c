import { isLookedAt, type LiaisonNote, noteSymbol } from '@tocsin/domain/liaison-note.ts'
import type { Locale } from '@tocsin/domain/locale.ts'
import type { MessageKey } from '@tocsin/i18n/catalogue.ts'
import { findingWords } from '@tocsin/i18n/finding-words.ts'
import type { Block, DocumentContent, Words } from './content.ts'
import { code, heading, said, strong, watermarkOf } from './letter.ts'
import type { Wording } from './wording.ts'

/** What a note is written from: the note itself, who writes it, and the names of States. */
export type LiaisonNoteFacts = {
  readonly note: LiaisonNote
  readonly issuer: string
  readonly country: (code: string, locale: Locale) => string
}

/** A note to the UN Office by the fourteen risk factors: a draft until two persons released it. */
export function liaisonNoteContent(facts: LiaisonNoteFacts, wording: Wording): DocumentContent {
  const { note, issuer } = facts
  const { t, locale, day } = wording
  const { marking, isExercise, releasedAt, madeAt } = note
  const isDraft = releasedAt === null
  const symbol = noteSymbol(note)
  return {
    title: t('liaison.doc-title', { symbol }),
    locale,
    issuer,
    issuedAt: releasedAt ?? madeAt,
    symbol,
    facts: [{ text: day(note.handOver?.handedOn ?? releasedAt ?? madeAt) }],
    marking,
    watermark: watermarkOf(wording, { isExercise, isDraft }),
    pageWords: wording.pageWords,
    blocks: [
      ...(isExercise ? [strong(t('exercise.means'))] : []),
      ...(isDraft ? [strong(t('liaison.doc-draft'))] : []),
      ...situationOf(facts, wording),
      ...factorsOf(facts, wording),
      ...leftOutOf(facts, wording),
      ...handOverOf(facts, wording),
    ],
  }
}

function situationOf({ note, country }: LiaisonNoteFacts, { t, locale }: Wording): Block[] {
  const { country: state, level, confidence } = note.content
  const judged = t('liaison.doc-level', { level, name: t(`level.${level}`) })
  const rows = [
    { label: t('document.to'), value: { text: t('liaison.doc-to'), isStrong: true as const } },
    {
      label: t('liaison.doc-state'),
      value: { text: state ? country(state, locale) : t('liaison.doc-no-state') },
    },
    {
      label: t('liaison.doc-judged'),
      value: { text: confidence ? `${judged}; ${t(`confidence.${confidence}`)}` : judged },
    },
  ]
  return [
    { kind: 'fields', rows },
    heading(t('liaison.doc-title-plain')),
    said(t('liaison.doc-method')),
    { kind: 'text', words: { text: t('liaison.doc-unverified') }, isSmall: true },
  ]
}

/** What is told under each factor; those that nobody looked at are named together, and not as absent. */
function factorsOf({ note, country }: LiaisonNoteFacts, wording: Wording): Block[] {
  const { t, locale } = wording
  const { factors, findings } = note.content
  const words = { ...wording, country: (iso3: string) => country(iso3, locale) }
  const unlooked = factors.filter((one) => !isLookedAt(one))
  const name = (n: number) =>
    t('plan.numbered', { mark: n, name: t(`plan.factor-${n}` as MessageKey) })
  const blocks = factors
    .filter(isLookedAt)
    .flatMap(({ factor, presence, words: own, findings: on }): Block[] => [
      heading(name(factor)),
      strong(t(`liaison.presence-${presence}`)),
      ...(own ? [ownWords(own, note.locale)] : []),
      ...tableOf(
        on.flatMap((n): (readonly Words[])[] => {
          const finding = findings[n - 1]
          return finding ? [[code(String(n)), { text: findingWords(finding, words) }]] : []
        }),
        [
          { head: t('liaison.doc-number'), share: 1 },
          { head: t('liaison.doc-finding'), share: 9 },
        ],
      ),
    ])
  if (unlooked.length === 0) return blocks
  return [
    ...blocks,
    heading(t('liaison.doc-not-assessed')),
    said(t('liaison.doc-not-assessed-means')),
    said(unlooked.map(({ factor }) => name(factor)).join('; ')),
  ]
}

const ownWords = (text: string, locale: Locale): Block => ({
  kind: 'text',
  words: { text, locale },
})

type Columns = Extract<Block, { readonly kind: 'table' }>['columns']

const tableOf = (rows: readonly (readonly Words[])[], columns: Columns): Block[] =>
  rows.length === 0 ? [] : [{ kind: 'table', columns, rows }]

/** The reader is told what was there and does not stand here, and how often. */
function leftOutOf({ note }: LiaisonNoteFacts, { t }: Wording): Block[] {
  const rows = note.content.leftOut.map(({ what, count }): readonly Words[] => [
    { text: t(`liaison.left-out-${what}`) },
    code(String(count)),
  ])
  return [
    heading(t('liaison.left-out')),
    said(t('liaison.left-out-means')),
    ...tableOf(rows, [
      { head: t('liaison.left-out-what'), share: 8 },
      { head: t('liaison.left-out-count'), share: 2 },
    ]),
  ]
}

/** Room for the person who hands it over; on a note that was, to whom and how. */
function handOverOf({ note }: LiaisonNoteFacts, { t, day }: Wording): Block[] {
  const { handOver } = note
  const dots = '\u2026'.repeat(16)
  return [
    heading(t('liaison.doc-hand-over')),
    {
      kind: 'fields',
      rows: handOver
        ? [
            { label: t('liaison.handed-on'), value: { text: day(handOver.handedOn) } },
            {
              label: t('liaison.handed-how'),
              value: { text: handOver.how ?? t('liaison.by-network') },
            },
            { label: t('liaison.handed-to'), value: { text: handOver.to, isStrong: true } },
          ]
        : [
            { label: t('document.name'), value: { text: dots } },
            { label: t('document.office'), value: { text: dots } },
            { label: t('document.article-54-date'), value: { text: dots } },
          ],
    },
  ]
}
