import { z } from 'zod'
import { Day, Instant, Sha256 } from './brand.ts'
import { ProblemCode, ProblemDetails } from './problem.ts'

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

export const VintageId = z.uuidv7().brand<'VintageId'>()
export type VintageId = z.infer<typeof VintageId>

/** What is held of a source as of one day. Later ones are set beside it, never over it. */
export const Vintage = Source.extend({
  /** Null for what ships with the product. */
  id: VintageId.nullable(),
  file: z.string(),
  firstPeriod: z.string().nullable(),
  lastPeriod: z.string().nullable(),
  importedAt: Instant.nullable(),
})
export type Vintage = Readonly<z.infer<typeof Vintage>>

export const ImportId = z.uuidv7().brand<'ImportId'>()
export type ImportId = z.infer<typeof ImportId>

/** Why a row was not understood; each has its sentence `sources.row.<reason>`. */
export const RowReason = z.enum([
  'bounds',
  'cells',
  'contradiction',
  'date-order',
  'duplicate',
  'ended-country',
  'missing',
  'negative',
  'not-a-date',
  'not-a-number',
  'not-a-year',
  'not-json',
  'out-of-range',
  'quotes',
  'series',
  'unknown-country',
  'violence',
])
export type RowReason = z.infer<typeof RowReason>

/** A row that was not understood; `line` counts from 1 in the file. */
export const BadRow = z.object({
  line: z.int(),
  reason: RowReason,
  details: z.record(z.string(), z.string()),
})

/**
 * How an import stands, or how it ended: kept; unchanged, because the same content is held already;
 * refused, because rows were not understood; failed, because of the problem named. Only one that is
 * kept has changed anything.
 */
export const ImportReport = z.object({
  id: ImportId,
  file: z.string(),
  state: z.enum(['running', 'kept', 'unchanged', 'refused', 'failed']),
  format: z.string().nullable(),
  /** Of the file as it is stored. */
  bytesRead: z.int(),
  rowsRead: z.int(),
  /** Rows understood and left out: States that ended, groups of countries. */
  leftOut: z.int(),
  badRows: z.int(),
  /** Rows kept although their figure lay outside of its own bounds, which were widened to hold it. */
  adjusted: z.int(),
  /** The first of both. */
  bad: z.array(BadRow),
  problem: z.object({ code: ProblemCode, details: ProblemDetails }).nullable(),
  vintage: VintageId.nullable(),
})
export type ImportReport = Readonly<z.infer<typeof ImportReport>>
