import { findCard } from '@tocsin/domain/action-catalogue/catalogue.ts'
import type { Instant, Sha256 } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { directionOf, type Locale } from '@tocsin/domain/locale.ts'
import type { WarningDraft } from '@tocsin/domain/warning.ts'
import type { Block, DocumentContent, Field, Words } from './content.ts'
import type { Wording } from './wording.ts'

/** One office that is warned: by when it is to answer, and how, where the letter is written to it. */
export type LetterAddressee = {
  readonly office: string
  readonly authority: string
  readonly legalBasis: string
  readonly acknowledgeBy: Instant | null
  readonly answerBy: Instant | null
}

export type LetterFacts = {
  readonly sender: string
  readonly symbol: string
  readonly marking: string
  readonly isExercise: boolean
  readonly state: 'draft' | 'standing' | 'withdrawn'
  readonly draft: WarningDraft
  readonly sha256: Sha256
  /** When it was sent; a draft's is when it was saved. */
  readonly at: Instant
  readonly addressees: readonly LetterAddressee[]
  readonly signatures: readonly {
    readonly name: string
    readonly office: string | null
    readonly at: Instant
    readonly credential: string
  }[]
  /** What opens the letter elsewhere: only for whoever may give it to its addressee. */
  readonly access: { readonly link: string; readonly code: string } | null
}

const DAY_MS = 86_400_000

/** The letter of a warning: the frame in the reader's language, the text in that of its signatures. */
export function letterContent(facts: LetterFacts, wording: Wording): DocumentContent {
  const { t, locale, languageName, day } = wording
  const { draft, symbol, marking, isExercise, state } = facts
  const isDraft = state === 'draft'
  const original = t('document.original', { language: languageName(draft.locale) })
  return {
    title: t('document.letter', { symbol }),
    locale,
    issuer: facts.sender,
    issuedAt: facts.at,
    symbol,
    facts: [{ text: day(facts.at) }, { text: original }],
    marking,
    watermark: watermarkOf(wording, { isExercise, isDraft }),
    pageWords: wording.pageWords,
    blocks: [
      ...noticesOf(facts, wording),
      ...addresseesOf(facts, wording),
      ...textOf(facts, wording),
      ...signaturesOf(facts, wording),
      ...replyOf(facts, wording),
    ],
  }
}

export function watermarkOf(
  { t }: Wording,
  { isExercise, isDraft = false }: { readonly isExercise: boolean; readonly isDraft?: boolean },
): string | null {
  const marks = [
    ...(isExercise ? [t('exercise.word')] : []),
    ...(isDraft ? [t('document.draft')] : []),
  ]
  return marks.length > 0 ? marks.join(' · ') : null
}

export const said = (text: string): Block => ({ kind: 'text', words: { text } })
export const strong = (text: string): Block => ({ kind: 'text', words: { text, isStrong: true } })
export const heading = (text: string): Block => ({ kind: 'heading', text })
export const code = (text: string): Words => ({ text, isCode: true })

/** A hash in groups, so that a line can break and a voice can read it out. */
export const inGroups = (hex: string): string => hex.replace(/(.{8})(?=.)/g, '$1 ')

/** What a person wrote, from its own side: which language it is in is not on record. */
export function written(text: string, page: Locale): Words {
  const first = /\p{L}/u.exec(text)?.[0] ?? ''
  const isArabic = /\p{Script=Arabic}/u.test(first)
  const isOther = first !== '' && isArabic !== (directionOf(page) === 'rtl')
  if (!isOther) return { text }
  return { text, locale: isArabic ? 'ar' : 'en' }
}

function noticesOf({ isExercise, state }: LetterFacts, { t }: Wording): Block[] {
  return [
    ...(isExercise ? [strong(t('exercise.means'))] : []),
    ...(state === 'draft' ? [strong(t('document.draft-means'))] : []),
    ...(state === 'withdrawn' ? [strong(t('letter.withdrawn'))] : []),
  ]
}

/** One office in fields; several in a table, each with its law and its times. */
function addresseesOf({ addressees }: LetterFacts, { t, time }: Wording): Block[] {
  const [only, ...others] = addressees
  if (!only) return []
  const by = (at: Instant | null) => (at === null ? '–' : time(at))
  if (others.length === 0) {
    const { office, authority, legalBasis, acknowledgeBy, answerBy } = only
    const rows: Field[] = [
      { label: t('document.to'), value: { text: `${office}\n${authority}`, isStrong: true } },
      { label: t('document.legal-basis'), value: { text: legalBasis } },
      ...(acknowledgeBy
        ? [{ label: t('document.acknowledge-by'), value: { text: time(acknowledgeBy) } }]
        : []),
      ...(answerBy ? [{ label: t('document.answer-by'), value: { text: time(answerBy) } }] : []),
    ]
    return [{ kind: 'fields', rows }]
  }
  return [
    heading(t('document.to')),
    {
      kind: 'table',
      columns: [
        { head: t('document.office'), share: 4 },
        { head: t('document.legal-basis'), share: 4 },
        { head: t('document.acknowledge-by'), share: 3 },
        { head: t('document.answer-by'), share: 3 },
      ],
      rows: addressees.map(({ office, authority, legalBasis, acknowledgeBy, answerBy }) => [
        { text: `${office}\n${authority}` },
        { text: legalBasis },
        { text: by(acknowledgeBy) },
        { text: by(answerBy) },
      ]),
    },
  ]
}

/** What was signed, in the language in which it was signed, and marked so where it is another. */
function textOf({ draft, at }: LetterFacts, { t, locale, languageName, day }: Wording): Block[] {
  const own = (text: string): Words => ({ text, locale: draft.locale })
  const isForeign = draft.locale !== locale
  const level = t('level.mark', { level: draft.level, name: t(`level.${draft.level}`) })
  const from = day(addMilliseconds(at, draft.windowFrom * DAY_MS))
  const until = day(addMilliseconds(at, draft.windowUntil * DAY_MS))
  const rows: Field[] = [
    { label: t('document.level'), value: { text: level, isStrong: true } },
    { label: t('document.confidence'), value: { text: t(`confidence.${draft.confidence}`) } },
    { label: t('document.window'), value: { text: t('document.window-days', { from, until }) } },
    { label: t('document.populations'), value: own(draft.populations.join('\n')) },
  ]
  return [
    heading(t('document.subject')),
    { kind: 'text', words: { ...own(draft.subject), isStrong: true } },
    { kind: 'fields', rows },
    heading(t('document.text')),
    ...(isForeign
      ? [said(t('document.in-language', { language: languageName(draft.locale) }))]
      : []),
    { kind: 'numbered', from: 1, items: draft.paragraphs.map(own) },
    ...scenariosOf(draft, t, own),
    ...optionsOf(draft, t, own),
    ...dissentsOf(draft, t, own),
  ]
}

type Own = (text: string) => Words

function scenariosOf({ scenarios }: WarningDraft, t: Wording['t'], own: Own): Block[] {
  if (scenarios.length === 0) return []
  return [
    heading(t('document.scenarios')),
    {
      kind: 'table',
      columns: [
        { head: t('document.scenario'), share: 2 },
        { head: t('document.likelihood'), share: 2 },
        { head: t('document.what-happens'), share: 5 },
        { head: t('document.trigger'), share: 4 },
      ],
      rows: scenarios.map(({ kind, percent, text, trigger }) => [
        { text: t(`document.scenario-${kind}`) },
        { text: t('document.percent', { percent }) },
        own(text),
        own(trigger),
      ]),
    },
  ]
}

function optionsOf({ options }: WarningDraft, t: Wording['t'], own: Own): Block[] {
  if (options.length === 0) return []
  return [
    heading(t('document.options')),
    {
      kind: 'table',
      columns: [
        { head: t('document.card'), share: 4 },
        { head: t('document.expected-effect'), share: 5 },
        { head: t('document.how-known'), share: 5 },
      ],
      rows: options.map((option) => [
        { text: cardWords(t, option.code) },
        own(option.expectedEffect),
        own(option.howWeWillKnow),
      ]),
    },
  ]
}

/** The card by its code and, in the reader's language, its name. */
function cardWords(t: Wording['t'], code: string): string {
  const card = findCard(code)
  return card ? `${card.code} ${t(`action.${card.code}`)}` : code
}

/** In full: who disagreed is heard by whoever decides. */
function dissentsOf({ dissents }: WarningDraft, t: Wording['t'], own: Own): Block[] {
  if (dissents.length === 0) return []
  return [
    heading(t('document.dissents')),
    ...dissents.flatMap(({ by, text }): Block[] => [
      strong(t('document.dissent', { by })),
      { kind: 'text', words: own(text) },
    ]),
  ]
}

function signaturesOf({ signatures, sha256 }: LetterFacts, { t, time }: Wording): Block[] {
  if (signatures.length === 0)
    return [heading(t('document.signatures')), said(t('document.unsigned'))]
  return [
    heading(t('document.signatures')),
    {
      kind: 'table',
      columns: [
        { head: t('document.name'), share: 4 },
        { head: t('document.office'), share: 4 },
        { head: t('document.time'), share: 4 },
        { head: t('document.key'), share: 2 },
      ],
      rows: signatures.map(({ name, office, at, credential }) => [
        { text: name, isStrong: true },
        { text: office ?? '–' },
        { text: time(at) },
        code(`…${credential}`),
      ]),
    },
    { kind: 'text', words: code(`SHA-256 ${sha256}`), isSmall: true },
  ]
}

function replyOf({ access }: LetterFacts, { t }: Wording): Block[] {
  if (!access) return []
  return [
    {
      kind: 'box',
      blocks: [
        strong(t('document.how-to-acknowledge')),
        said(t('document.acknowledge-how')),
        { kind: 'text', words: { ...code(access.link), isStrong: true } },
        said(t('document.acknowledge-code')),
        { kind: 'text', words: { ...code(access.code), isStrong: true } },
        { kind: 'text', words: { text: t('notice.not-agreement') }, isSmall: true },
      ],
    },
  ]
}
