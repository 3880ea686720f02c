import { z } from 'zod'
import { Day, Sha256 } from './brand.ts'

/** Where figures come from, and on which terms: what stands one click away from every figure. */
export const Source = z.object({
  /** The short name series and commands use, such as `ucdp-country-year`. */
  name: z.string(),
  title: z.string(),
  publisher: z.string(),
  version: z.string(),
  asOf: Day,
  licence: z.string(),
  /** Whether the licence lets the figures be passed on. */
  redistributable: z.boolean(),
  citation: z.string(),
  /** Whether somebody has checked these figures against the publisher's own. */
  verified: z.boolean(),
  /** What a missing figure may mean, where it does not simply mean unknown. */
  gaps: z.enum(['absent-may-mean-zero']).nullable(),
  rows: z.int().nonnegative(),
  sha256: Sha256,
})
export type Source = Readonly<z.infer<typeof Source>>
