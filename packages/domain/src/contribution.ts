import { z } from 'zod'
import { Instant, OrganisationId } from './brand.ts'
import { ConsultationId, ContributionKind } from './consultation.ts'
import { Locale } from './locale.ts'
import { Line } from './people.ts'
import { RichText } from './rich-text.ts'

/** What was said in a consultation, as it stands on record. */

export const ContributionId = z.uuidv7().brand<'ContributionId'>()
export type ContributionId = z.infer<typeof ContributionId>

/** What somebody says; the client makes the id, so that sending it twice says it once. */
export const Saying = z.object({
  kind: ContributionKind,
  /** The item of the agenda that it is about; none where it is about the whole. */
  item: z.int().positive().nullable(),
  replyTo: ContributionId.nullable(),
  /** The language it is written in. */
  locale: Locale,
  text: RichText,
  /** When it was typed, where it had to wait for a link; by the clock of that device. */
  writtenAt: Instant.nullable(),
  /** The contribution that it says in another language, and whether a machine made it. */
  translates: z.object({ contribution: ContributionId, isMachine: z.boolean() }).nullable(),
})
export type Saying = Readonly<z.infer<typeof Saying>>

export const Contribution = Saying.extend({
  id: ContributionId,
  consultation: ConsultationId,
  organisation: OrganisationId,
  organisationName: Line,
  by: z.object({ name: Line, office: Line.nullable() }),
  saidAt: Instant,
  /** Whose words these are, where the convening organisation passes on what was said to it apart. */
  heard: z.object({ organisation: OrganisationId, name: Line }).nullable(),
  /** Written in answer to a mail, and said by its writer after signing in. */
  byMail: z.literal(true).optional(),
})
export type Contribution = Readonly<z.infer<typeof Contribution>>

/** Said on a device, and not on the node yet. */
export const Waiting = z.object({
  consultation: ConsultationId,
  /** The organisation that is heard apart, where it was said to it or by it. */
  thread: OrganisationId.nullable(),
  contribution: ContributionId,
  saying: Saying,
  /** Why the node would not take it; null as long as it has not said so. */
  refusal: z.string().nullable(),
})
export type Waiting = Readonly<z.infer<typeof Waiting>>

/** How far a contribution can be read in a language. */
export const TranslationState = z.enum(['original', 'translated', 'machine', 'none'])
export type TranslationState = z.infer<typeof TranslationState>

type Said = Pick<Contribution, 'id' | 'locale'>
type Translation = Pick<Contribution, 'locale' | 'translates'>

/** The state of a contribution in each of the six languages; what a person translated counts before a machine. */
export function translationsOf(
  { id, locale: original }: Said,
  all: readonly Translation[],
): Readonly<Record<Locale, TranslationState>> {
  const own = all.filter(({ translates }) => translates?.contribution === id)
  const stateIn = (locale: Locale): TranslationState => {
    if (locale === original) return 'original'
    const there = own.filter((one) => one.locale === locale)
    if (there.some(({ translates }) => translates?.isMachine === false)) return 'translated'
    return there.length > 0 ? 'machine' : 'none'
  }
  return Object.fromEntries(Locale.options.map((locale) => [locale, stateIn(locale)])) as Record<
    Locale,
    TranslationState
  >
}

const Place = z.tuple([Instant, ContributionId])

/** A place among the contributions, as a text for an address. */
export const placeOf = ({ saidAt, id }: Pick<Contribution, 'saidAt' | 'id'>): string =>
  `${saidAt}_${id}`

/** Undefined for what names no place. */
export const readPlace = (said: string): readonly [Instant, ContributionId] | undefined =>
  Place.safeParse(said.split('_')).data
