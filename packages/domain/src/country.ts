import { z } from 'zod'
import { CountryCode } from './brand.ts'
import { Locale } from './locale.ts'

/** A State or territory as the node names it. Names and placements imply no opinion on its status. */
export const Country = z.object({
  iso3: CountryCode,
  iso2: z.string(),
  m49: z.int().nullable(),
  /** Codes of the Correlates of War project and of Gleditsch and Ward, where the State is in their lists. */
  cow: z.int().nullable(),
  gw: z.int().nullable(),
  /** By language; an answer may hold only the language asked for. */
  names: z.partialRecord(Locale, z.string()),
  region: z.string().nullable(),
  subregion: z.string().nullable(),
  unMember: z.boolean(),
  capital: z.object({ longitude: z.number(), latitude: z.number() }).nullable(),
  /** The regional bodies that it belongs to today, by their codes. */
  organisations: z.array(z.string()),
})
export type Country = Readonly<z.infer<typeof Country>>

/** One figure of one source on one country. Bounds are null where the source gives none. */
export const Observation = z.object({
  period: z.string().regex(/^\d{4}(-\d{2})?$/),
  value: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
})
export type Observation = Readonly<z.infer<typeof Observation>>
