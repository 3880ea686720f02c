import { z } from 'zod'
import { CountryCode, Day, Probability, Sha256 } from './brand.ts'
import { ProblemCode, ProblemDetails } from './problem.ts'

/** The name of a frozen release of the risk picture: the year it was issued, such as `2025`. */
export const EditionId = z
  .string()
  .regex(/^\d{4}(-[a-z0-9]+)*$/)
  .brand<'EditionId'>()
export type EditionId = z.infer<typeof EditionId>

/** One input an edition rests on: named by the hash of its bytes. */
export const EditionInput = z.object({
  name: z.string(),
  source: z.string(),
  sha256: Sha256,
  rows: z.int().nonnegative(),
})

/** Lowest and highest value that a stated share of resamples lies between. */
export const Interval = z.object({ low: z.number(), high: z.number() })
export type Interval = z.infer<typeof Interval>

/** A frozen release of the statistical risk picture: what it was made of, and the hash of its figures. */
export const Edition = z.object({
  id: EditionId,
  /** Computed here from inputs, re-estimated here for an earlier year, or only published by others. */
  origin: z.enum(['computed', 're-estimated', 'published']),
  /** The year whose conditions the estimate rests on. */
  dataYear: z.int(),
  /** The first and last year the chance is about. */
  horizon: z.object({ from: z.int(), to: z.int() }),
  /** Not known of every edition that was only published. */
  issuedOn: Day.nullable(),
  inputs: z.array(EditionInput),
  parameters: z.record(z.string(), z.json()),
  codeVersion: z.string(),
  figuresHash: Sha256,
  /** The share of past country-years that saw an onset within the same horizon. */
  baseRate: Probability,
  countries: z.int().nonnegative(),
  publisher: z.string(),
  citation: z.string(),
  licence: z.string(),
  redistributable: z.boolean(),
  verified: z.boolean(),
})
export type Edition = Readonly<z.infer<typeof Edition>>

/** One country in one edition. Ranks count from 1, the highest risk; ties share the better rank. */
export const CountryRisk = z.object({
  country: CountryCode,
  probability: Probability,
  rank: z.int().positive(),
  /** From resampling whole countries; absent where only figures of others are at hand. */
  interval80: Interval.nullable(),
  rankInterval90: Interval.nullable(),
  chanceTop30: Probability.nullable(),
  previous: z.object({ edition: EditionId, probability: Probability, rank: z.int() }).nullable(),
})
export type CountryRisk = Readonly<z.infer<typeof CountryRisk>>

/** What one condition adds to a country's log-odds, against the mean of the sample. */
export const Contribution = z.object({
  driver: z.string(),
  value: z.number(),
  mean: z.number(),
  coefficient: z.number(),
  logOdds: z.number(),
})
export type Contribution = Readonly<z.infer<typeof Contribution>>

/** The log-odds that changed since the previous edition, in three parts, and what each driver did. */
export const RiskChange = z.object({
  from: EditionId,
  /** The same year seen with data as published now instead of then. */
  revision: z.number().nullable(),
  /** New conditions, at the new coefficients. */
  data: z.number(),
  /** New coefficients, at the old conditions. */
  model: z.number(),
  /** The part of `model` that is the intercept and belongs to no driver. */
  intercept: z.number(),
  byDriver: z.array(z.object({ driver: z.string(), data: z.number(), model: z.number() })),
})
export type RiskChange = Readonly<z.infer<typeof RiskChange>>

/** What a kept file is, told by its columns. */
export const InputKind = z.enum([
  'predictors',
  'terror-scale',
  'civilian-deaths',
  'published-risks',
])
export type InputKind = z.infer<typeof InputKind>

/** A publisher's file that the node keeps byte for byte, so that editions made of it can be checked. */
export const KeptInput = z.object({
  sha256: Sha256,
  kind: InputKind,
  name: z.string(),
  rows: z.int().nonnegative(),
})
export type KeptInput = Readonly<z.infer<typeof KeptInput>>

/** The least number of resamples for an interval, and the most a node will spend its time on. */
export const resamplesAllowed = { least: 200, most: 2000 } as const

/** What an edition is to be made of. */
export const BuildRequest = z.object({
  edition: EditionId,
  issuedOn: Day,
  inputs: z.array(Sha256).min(1).max(10),
  resamples: z.int().min(resamplesAllowed.least).max(resamplesAllowed.most),
})
export type BuildRequest = Readonly<z.infer<typeof BuildRequest>>

/** How far the making of an edition is. */
export const BuildProgress = z.object({
  edition: EditionId,
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  /** Models fitted, of all that there are to fit. */
  done: z.int(),
  of: z.int(),
  problem: z.object({ code: ProblemCode, details: ProblemDetails }).nullable(),
})
export type BuildProgress = Readonly<z.infer<typeof BuildProgress>>

/** The lower bounds of the seven classes of the map; the first class is everything below. */
export const riskClassBounds = [1 / 500, 1 / 200, 1 / 100, 1 / 50, 1 / 30, 1 / 20] as const

/** The class 1 to 7 of a chance on the map. */
export function riskClassOf(probability: number): number {
  return 1 + riskClassBounds.filter((bound) => probability >= bound).length
}

/** The N of "1 in N": rounded as people would say it. Undefined for no chance at all. */
export function oneIn(probability: number): number | undefined {
  return probability > 0 ? Math.round(1 / probability) : undefined
}
