import type { Action } from './action-plan.ts'
import { Day, type Instant } from './brand.ts'
import type { Confidence, WarningLevel } from './level.ts'
import type { JudgedFactor, Judgement, LeftOut, NoteContent, NoteFinding } from './liaison-note.ts'
import { riskFactors } from './liaison-note.ts'
import type { Matter } from './matter.ts'
import type { Report } from './report.ts'
import { addDays, type TriggerDate } from './trigger-date.ts'

/*
 * What leaves by a note to the UN Office. Facts pass one by one; words that somebody wrote elsewhere
 * never do, since who said it may stand in them. Words written for the note are looked through for what
 * is known here. A name that nobody wrote down here cannot be known: a person reads before it goes.
 */

export type ChosenThing = { readonly factors: readonly number[] } & (
  | { readonly kind: 'report'; readonly thing: Report }
  | { readonly kind: 'warning'; readonly thing: WarningFacts }
  | { readonly kind: 'date'; readonly thing: TriggerDate }
  | { readonly kind: 'action'; readonly thing: Action }
)

/** A sent warning, as far as it may be told of. */
export type WarningFacts = {
  readonly level: WarningLevel
  readonly confidence: Confidence
  readonly populations: readonly string[]
  readonly windowFrom: number
  readonly windowUntil: number
  readonly sentAt: Instant
}

type Told = Pick<Matter, 'country' | 'level' | 'confidence' | 'place'>

export type Source = {
  readonly matter: Told
  readonly chosen: readonly ChosenThing[]
  readonly judgements: readonly Judgement[]
  /** Names of persons that the writer may see here. */
  readonly persons: readonly string[]
}

const coarse: readonly (Report['precision'] | undefined)[] = ['adm-1', 'country']

/** Whether a place is said no finer than a first-level division; what is not said how fine may be a door. */
const isCoarse = ({ place, precision }: Pick<Report, 'place' | 'precision'>): boolean =>
  place !== null && coarse.includes(precision)

/** What is taken out of one thing, whatever its writers say. */
export function leftOutOf(one: ChosenThing): LeftOut[] {
  switch (one.kind) {
    case 'report': {
      const { place, someoneAtRisk, harm } = one.thing
      return [
        ...(['writer', 'reference', 'words'] as const),
        ...(place !== null && !isCoarse(one.thing) ? (['place'] as const) : []),
        ...(someoneAtRisk ? (['day'] as const) : []),
        ...(someoneAtRisk && Object.keys(harm).length > 0 ? (['harm'] as const) : []),
      ]
    }
    case 'warning':
      return ['writer', 'reference', 'title', 'words', 'addressees']
    case 'date':
      return [
        'title',
        ...(one.thing.place === null ? [] : (['place'] as const)),
        ...(one.thing.note === null ? [] : (['words'] as const)),
      ]
    case 'action':
      return ['title', 'words', 'office']
  }
}

type Scrub = (text: string) => string

/** What may be said of one thing; every text in it goes through `scrub`. */
export function findingOf(one: ChosenThing, scrub: Scrub): NoteFinding {
  switch (one.kind) {
    case 'report': {
      const { thing } = one
      const { someoneAtRisk, fromDay, untilDay } = thing
      const day = (at: Day) => (someoneAtRisk ? at.slice(0, 7) : at)
      return {
        kind: 'report',
        what: thing.kind,
        from: day(fromDay),
        until: day(untilDay),
        country: thing.country,
        place: isCoarse(thing) && thing.place ? scrub(thing.place) : null,
        groups: thing.groups && scrub(thing.groups),
        harm: someoneAtRisk ? {} : thing.harm,
        sourceGrade: thing.sourceGrade,
        informationGrade: thing.informationGrade,
      }
    }
    case 'warning': {
      const { level, confidence, populations, windowFrom, windowUntil, sentAt } = one.thing
      const sentOn = Day.parse(sentAt.slice(0, 10))
      return {
        ...{ kind: 'warning', level, confidence, sentOn },
        populations: populations.map(scrub),
        from: addDays(sentOn, windowFrom),
        until: addDays(sentOn, windowUntil),
      }
    }
    case 'date': {
      const { kind: what, fromDay: from, untilDay: until, country } = one.thing
      return { kind: 'date', what, from, until, country }
    }
    case 'action': {
      const { card, status, movedAt } = one.thing
      return { kind: 'action', card, status, since: Day.parse(movedAt.slice(0, 10)) }
    }
  }
}

/** The note that comes of what was chosen, with a list of what was taken out of it. */
export function noteContentOf({ matter, chosen, judgements, persons }: Source): NoteContent {
  const counts = new Map<LeftOut, number>()
  const count = (what: LeftOut, n = 1) => counts.set(what, (counts.get(what) ?? 0) + n)
  for (const what of ['title', 'words', 'reference'] as const) count(what)
  if (matter.place !== null) count('place')
  for (const what of chosen.flatMap(leftOutOf)) count(what)
  const terms = termsOf({ persons, places: finePlaces(matter, chosen) })
  const scrub = (text: string) => takeOut(text, terms, count)
  const findings = chosen.map((one) => findingOf(one, scrub))
  const { country, level, confidence } = matter
  return {
    ...{ country, level, confidence, findings },
    factors: riskFactors.map((factor) => judged(factor, { chosen, judgements, scrub })),
    leftOut: [...counts].map(([what, n]) => ({ what, count: n })),
  }
}

type Judging = Pick<Source, 'chosen' | 'judgements'> & { readonly scrub: Scrub }

function judged(factor: number, { chosen, judgements, scrub }: Judging): JudgedFactor {
  const findings = chosen.flatMap((one, index) => (one.factors.includes(factor) ? [index + 1] : []))
  const said = judgements.find((one) => one.factor === factor)
  const unsaid = findings.length > 0 ? 'unknown' : 'not-assessed'
  const words = said?.words ? scrub(said.words) : null
  return { factor, presence: said?.presence ?? unsaid, words, findings }
}

/** The factors that are said to be there and that nothing chosen bears on: a judgement rests on evidence. */
export const unfounded = ({ chosen, judgements }: Pick<Source, 'chosen' | 'judgements'>) =>
  judgements
    .filter(({ presence }) => presence === 'present' || presence === 'partial')
    .filter(({ factor }) => !chosen.some(({ factors }) => factors.includes(factor)))
    .map(({ factor }) => factor)

const finePlaces = (matter: Told, chosen: readonly ChosenThing[]): string[] =>
  [
    matter.place,
    ...chosen.map((one) => {
      if (one.kind === 'report') return isCoarse(one.thing) ? null : one.thing.place
      return one.kind === 'date' ? one.thing.place : null
    }),
  ].filter((place) => place !== null)

type Term = { readonly what: LeftOut; readonly pattern: RegExp }

const WORD = '[\\p{L}\\p{M}\\p{N}]'
/** What is shorter than this is taken out only where it stands as a word of its own. */
const SHORT = 4
/** No word of a language is longer; the search stays short whatever somebody pastes. */
const LONGEST = 40

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

/** Written together with other signs in every sentence: no blanks say where a name ends. */
const hasNoBlanks = (text: string): boolean =>
  /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]/u.test(text)

/** A term wherever it stands, with the rest of its word: endings of a case or a prefix do not hide it. */
function anywhere(text: string): RegExp {
  const spaced = escaped(text).replace(/\s+/g, '\\s+')
  if (hasNoBlanks(text)) return new RegExp(spaced, 'giu')
  if ([...text].length < SHORT) return new RegExp(`(?<!${WORD})${spaced}(?!${WORD})`, 'giu')
  return new RegExp(`${WORD}{0,${LONGEST}}${spaced}${WORD}{0,${LONGEST}}`, 'giu')
}

/** Part of a name, as it is written and as a word of its own: many names are common words as well. */
const asWritten = (text: string): RegExp =>
  new RegExp(`(?<!${WORD})${escaped(text)}(?!${WORD})`, 'gu')

const partsOf = (name: string): string[] =>
  name.split(/[\s,.'’-]+/u).filter((part) => [...part].length > 2)

function termsOf({ persons, places }: Record<'persons' | 'places', readonly string[]>): Term[] {
  const longest = (all: readonly string[]) =>
    [...new Set(all.map((one) => one.normalize('NFC').trim()))]
      .filter((one) => one !== '')
      .sort((a, b) => b.length - a.length)
  return [
    ...patterns,
    ...longest(persons).map((name): Term => ({ what: 'named-person', pattern: anywhere(name) })),
    ...longest(places).map((name): Term => ({ what: 'named-place', pattern: anywhere(name) })),
    ...longest(persons.flatMap(partsOf)).map(
      (part): Term => ({ what: 'named-person', pattern: asWritten(part) }),
    ),
  ]
}

/** Ways to reach somebody, points on a map, and our own numbers of things. */
const patterns: readonly Term[] = [
  { what: 'contact', pattern: /[^\s@]{1,64}@[^\s@]{1,255}/gu },
  { what: 'contact', pattern: /(?:https?:\/\/|www\.)\S+/giu },
  {
    what: 'named-place',
    pattern:
      /[-−]?\p{Nd}{1,3}[.,]\p{Nd}{2,}\s*°?\s*[NSEW]?\s*[,;/ ]\s*[-−]?\p{Nd}{1,3}[.,]\p{Nd}{2,}\s*°?\s*[NSEW]?/gu,
  },
  { what: 'named-place', pattern: /\p{Nd}{1,3}\s*°[\p{Nd}\s.,′″'"]*[NSEW]?/gu },
  { what: 'contact', pattern: /(?<![\p{Nd}-])(?:\+|00)\p{Nd}[\p{Nd}\s()./-]{5,}\p{Nd}/gu },
  {
    what: 'contact',
    pattern: /(?<![\p{Nd}-])(?!\p{Nd}{4}-\p{Nd}{2}-\p{Nd}{2})\p{Nd}(?:[ ./-]?\p{Nd}){7,}/gu,
  },
  { what: 'reference', pattern: /(?<!\p{L})(?:EX-)?[CDMRW]-\p{Nd}{4}\/\p{Nd}+/gu },
]

/** What stands where something was taken out. */
export const TAKEN_OUT = '[…]'

function takeOut(
  text: string,
  terms: readonly Term[],
  count: (what: LeftOut, n: number) => void,
): string {
  return terms.reduce((left, { what, pattern }) => {
    const found = left.match(pattern)?.length ?? 0
    if (found === 0) return left
    count(what, found)
    return left.replace(pattern, TAKEN_OUT)
  }, text.normalize('NFC'))
}
