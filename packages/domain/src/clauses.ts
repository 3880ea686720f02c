import { diffArrays } from 'diff'
import { z } from 'zod'
import { Instant, OrganisationId } from './brand.ts'
import { Locale } from './locale.ts'
import { Line } from './people.ts'
import { Paragraphs } from './text.ts'

/*
 * The text of a proposal, clause by clause, in every language in which it is put. A reading follows
 * from the first one and the amendments that were accepted since, and from nothing else.
 */

export const ClauseId = z.uuidv7().brand<'ClauseId'>()
export type ClauseId = z.infer<typeof ClauseId>

/** The same words in one or more languages. */
const Texts = z.partialRecord(Locale, Paragraphs)
export type Texts = Readonly<z.infer<typeof Texts>>

/** One clause; people number it by its place, the id stays when others come or go before it. */
export const Clause = z.object({ clause: ClauseId, texts: Texts })
export type Clause = Readonly<z.infer<typeof Clause>>

/** The most clauses that a proposal may have. */
const MOST_CLAUSES = 100

export const ProposalText = z.object({
  title: z.partialRecord(Locale, Line),
  clauses: z.array(Clause).min(1).max(MOST_CLAUSES),
})
export type ProposalText = Readonly<z.infer<typeof ProposalText>>

/** The languages of a text: those of its title, in the order in which we list languages. */
export const languagesOf = ({ title }: Pick<ProposalText, 'title'>): readonly Locale[] =>
  Locale.options.filter((locale) => title[locale] !== undefined)

/** Whether each clause stands once, and says something in each of the languages and in no other. */
export function isWholeText(text: ProposalText): boolean {
  const languages = languagesOf(text)
  const isOnce = new Set(text.clauses.map(({ clause }) => clause)).size === text.clauses.length
  return isOnce && languages.length > 0 && text.clauses.every((one) => isIn(one.texts, languages))
}

const isIn = (texts: Texts, languages: readonly Locale[]): boolean =>
  Locale.options.every((locale) => (texts[locale] !== undefined) === languages.includes(locale))

export const AmendmentId = z.uuidv7().brand<'AmendmentId'>()
export type AmendmentId = z.infer<typeof AmendmentId>

const Change = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('replace'), clause: ClauseId, texts: Texts }),
  /** After which clause the new one comes; null for the beginning. */
  z.object({
    kind: z.literal('insert'),
    after: ClauseId.nullable(),
    clause: ClauseId,
    texts: Texts,
  }),
  z.object({ kind: z.literal('delete'), clause: ClauseId }),
])
type Change = Readonly<z.infer<typeof Change>>

/** What an organisation would have changed in one clause of one reading. */
export const Amendment = z.object({
  id: AmendmentId,
  proposal: z.uuidv7().brand<'ProposalId'>(),
  /** The reading that it amends. */
  reading: z.int().positive(),
  organisation: OrganisationId,
  /** What the author's clock said; nothing depends on it. */
  at: Instant,
  change: Change,
  reasons: Paragraphs.nullable(),
})
export type Amendment = Readonly<z.infer<typeof Amendment>>

/** Why amendments cannot be taken into the next reading together. */
export type AmendmentFault =
  /** It amends a clause that is not in this reading. */
  | 'unknown-clause'
  /** It brings a clause in under the name of another. */
  | 'clause-exists'
  /** It is not in every language of the proposal, or is in another. */
  | 'other-languages'
  /** It amends another proposal or another reading. */
  | 'other-reading'
  /** Another accepted amendment replaces or deletes the same clause. */
  | 'same-clause'
  /** It would leave no clause, or too many. */
  | 'no-text'

type Reading = {
  readonly proposal: Amendment['proposal']
  readonly reading: number
  readonly text: ProposalText
}

type Merged =
  | { readonly text: ProposalText }
  | { readonly fault: AmendmentFault; readonly amendment: AmendmentId | null }

/**
 * The text of the next reading: this one with the accepted amendments. Only of clauses that come in at
 * one and the same place does the order matter: they stand there in the order of the list.
 */
export function mergeAmendments(reading: Reading, accepted: readonly Amendment[]): Merged {
  const languages = languagesOf(reading.text)
  const known = new Set(reading.text.clauses.map(({ clause }) => clause))
  const names = new Set(known)
  const touched = new Set<ClauseId>()
  for (const one of accepted) {
    const isHere = one.proposal === reading.proposal && one.reading === reading.reading
    const fault = isHere
      ? faultOf(one.change, { languages, known, names, touched })
      : ('other-reading' as const)
    if (fault) return { fault, amendment: one.id }
    if (one.change.kind === 'insert') names.add(one.change.clause)
    else touched.add(one.change.clause)
  }
  const changes = accepted.map(({ change }) => change)
  const clauses = [
    ...insertedAfter(null, changes),
    ...reading.text.clauses.flatMap((clause) => [
      ...changed(clause, changes),
      ...insertedAfter(clause.clause, changes),
    ]),
  ]
  if (clauses.length === 0 || clauses.length > MOST_CLAUSES) {
    return { fault: 'no-text', amendment: null }
  }
  return { text: { ...reading.text, clauses } }
}

type Standing = {
  readonly languages: readonly Locale[]
  readonly known: ReadonlySet<ClauseId>
  readonly names: ReadonlySet<ClauseId>
  readonly touched: ReadonlySet<ClauseId>
}

function faultOf(change: Change, standing: Standing): AmendmentFault | undefined {
  const { languages, known, names, touched } = standing
  if (change.kind !== 'delete' && !isIn(change.texts, languages)) return 'other-languages'
  if (change.kind === 'insert') {
    if (change.after !== null && !known.has(change.after)) return 'unknown-clause'
    return names.has(change.clause) ? 'clause-exists' : undefined
  }
  if (!known.has(change.clause)) return 'unknown-clause'
  return touched.has(change.clause) ? 'same-clause' : undefined
}

const insertedAfter = (after: ClauseId | null, changes: readonly Change[]): Clause[] =>
  changes.flatMap((change) =>
    change.kind === 'insert' && change.after === after
      ? [{ clause: change.clause, texts: change.texts }]
      : [],
  )

/** Whoever comes in after a clause that goes stands where that clause stood. */
function changed(clause: Clause, changes: readonly Change[]): Clause[] {
  const change = changes.find((one) => one.kind !== 'insert' && one.clause === clause.clause)
  if (change?.kind === 'delete') return []
  return change?.kind === 'replace' ? [{ ...clause, texts: change.texts }] : [clause]
}

/** What became of a run of words between two texts. */
export type Piece = { readonly kind: 'same' | 'inserted' | 'deleted'; readonly text: string }

/** Beyond so many changed words the whole clause is shown as replaced: nobody reads such a redline. */
const MOST_EDITS = 400

/**
 * Words that went and words that came, in reading order: what is not deleted is the text after, what
 * is not inserted the text before, to the last sign.
 */
export function redline(before: string, after: string, locale: Locale): readonly Piece[] {
  const words = new Intl.Segmenter(locale, { granularity: 'word' })
  const split = (text: string) => [...words.segment(text)].map(({ segment }) => segment)
  const found = diffArrays(split(before), split(after), { maxEditLength: MOST_EDITS })
  const pieces = found?.map(({ value, added, removed }): Piece => {
    const text = value.join('')
    if (added) return { kind: 'inserted', text }
    return { kind: removed ? 'deleted' : 'same', text }
  }) ?? [
    { kind: 'deleted', text: before },
    { kind: 'inserted', text: after },
  ]
  return joined(pieces)
}

/** Two changed runs with nothing but space between them are one: a phrase is read, not each word. */
function joined(pieces: readonly Piece[]): readonly Piece[] {
  const runs: Piece[] = []
  let gone = ''
  let come = ''
  const end = () => {
    if (gone !== '') runs.push({ kind: 'deleted', text: gone })
    if (come !== '') runs.push({ kind: 'inserted', text: come })
    gone = ''
    come = ''
  }
  for (const [at, { kind, text }] of pieces.entries()) {
    const isBridge =
      kind === 'same' && /^\s+$/u.test(text) && gone !== '' && come !== '' && pieces.length > at + 1
    if (kind === 'same' && !isBridge) {
      end()
      runs.push({ kind, text })
      continue
    }
    if (kind !== 'inserted') gone += text
    if (kind !== 'deleted') come += text
  }
  end()
  return runs
}

/** A clause beside what it was in the reading before. */
export type ClauseChange = {
  readonly clause: ClauseId
  readonly change: 'same' | 'changed' | 'inserted' | 'deleted'
  readonly pieces: readonly Piece[]
}

/** All clauses of both readings in one language; what went stands where it stood. */
export function redlineClauses(
  before: readonly Clause[],
  after: readonly Clause[],
  locale: Locale,
): readonly ClauseChange[] {
  const kept = new Map(after.map((clause) => [clause.clause, clause]))
  const old = new Map(before.map((clause, at) => [clause.clause, { clause, at }]))
  const rows: ClauseChange[] = []
  let told = 0
  const tellGone = (until: number) => {
    for (const { clause, texts } of before.slice(told, until)) {
      if (kept.has(clause)) continue
      rows.push({ clause, change: 'deleted', pieces: redline(texts[locale] ?? '', '', locale) })
    }
    told = Math.max(told, until)
  }
  for (const { clause, texts } of after) {
    const was = old.get(clause)
    if (was) tellGone(was.at)
    const pieces = redline(was?.clause.texts[locale] ?? '', texts[locale] ?? '', locale)
    const isSame = pieces.every(({ kind }) => kind === 'same')
    const kind = isSame ? 'same' : 'changed'
    rows.push({ clause, change: was ? kind : 'inserted', pieces })
  }
  tellGone(before.length)
  return rows
}
