import { CountryCode, Probability, Sha256 } from '@tocsin/domain/brand.ts'
import {
  BuildProgress,
  BuildRequest,
  Contribution,
  CountryRisk,
  Edition,
  EditionId,
  KeptInput,
  RiskChange,
} from '@tocsin/domain/risk.ts'
import { z } from 'zod'
import type { Route } from './route.ts'

const BaselineName = z.enum([
  'terror-scale',
  'civilian-deaths',
  'battle-deaths',
  'past-onsets',
  'base-rate',
])

/** What stands beside every estimate: how the method fared, and what naive rankings would have done. */
const Standing = z.object({
  /** Onsets that stood among the first 30 of their year, of all, by definition B. */
  caught30: z.int(),
  onsets: z.int(),
  baselines: z.array(z.object({ name: BaselineName, caught30: z.number(), auc: z.number() })),
  /** Where the whole record is, with the list of misses. */
  scores: z.literal('/api/risk/scores'),
})

export const listEditions = {
  method: 'GET',
  path: '/api/risk/editions',
  summary: 'List the editions of the risk picture, newest first',
  response: z.array(Edition),
} as const satisfies Route

export const getEdition = {
  method: 'GET',
  path: '/api/risk/editions/:edition',
  summary: 'Read one edition with the figures of all its countries, highest risk first',
  params: z.object({ edition: EditionId }),
  response: z.object({
    edition: Edition,
    standing: Standing,
    countries: z.array(CountryRisk),
  }),
} as const satisfies Route

export const getCountryRisk = {
  method: 'GET',
  path: '/api/risk/editions/:edition/countries/:country',
  summary: 'Read why one country stands where it stands in one edition',
  params: z.object({ edition: EditionId, country: CountryCode }),
  response: z.object({
    edition: Edition,
    standing: Standing,
    risk: CountryRisk,
    /**
     * In log-odds; with the log-odds at the sample means they add up to the country's score exactly,
     * nothing remains. Empty where only the chance was published.
     */
    contributions: z.array(Contribution),
    meanLogOdds: z.number(),
    change: RiskChange.nullable(),
    /** Every country's chance, ascending: the rug on which this one stands. */
    all: z.array(Probability),
    /** How often estimates near this one came true out of sample; null when too few. */
    record: z
      .object({
        from: Probability,
        to: Probability,
        scored: z.int(),
        cameTrue: z.int(),
        interval80: z.object({ low: Probability, high: Probability }),
      })
      .nullable(),
  }),
} as const satisfies Route

const Scores = z.object({
  rows: z.int(),
  positives: z.int(),
  auc: z.number(),
  withinYearAuc: z.number(),
  averagePrecision: z.number(),
  brier: z.number(),
  brierOfBaseRate: z.number(),
  logLoss: z.number(),
  logLossOfBaseRate: z.number(),
  expectedOverObserved: z.number(),
  caught: z.object({ top10: z.int(), top20: z.int(), top30: z.int() }),
  recall30ByYear: z.number(),
})

const ScoreRecord = z.object({
  pooled: Scores,
  years: z.array(z.object({ year: z.int(), positives: z.int(), caught30: z.int() })),
  calibration: z.object({
    intercept: z.number(),
    slope: z.number(),
    bins: z.array(
      z.object({
        from: z.number(),
        to: z.number(),
        rows: z.int(),
        positives: z.int(),
        meanChance: z.number(),
        observed: z.number(),
      }),
    ),
  }),
  misses: z.array(
    z.object({
      country: CountryCode.nullable(),
      /** Code of the Correlates of War project: some of the States missed exist no more. */
      code: z.string(),
      year: z.int(),
      rank: z.int(),
    }),
  ),
})

export const getScores = {
  method: 'GET',
  path: '/api/risk/scores',
  summary: 'Read how the method did on years it had not seen, beside naive rankings',
  response: z.object({
    edition: Edition,
    /** A as published, R in real time, B direct over two years: see docs/methods/risk.md. */
    definitions: z.object({ A: ScoreRecord, R: ScoreRecord, B: ScoreRecord }),
    /** Scored on the rows of definition B. */
    baselines: z.array(
      z.object({
        name: BaselineName,
        auc: z.number(),
        withinYearAuc: z.number(),
        averagePrecision: z.number(),
        /** Where figures are equal lots are drawn in thought, so these need not be whole. */
        caught: z.object({ top10: z.number(), top20: z.number(), top30: z.number() }),
      }),
    ),
  }),
} as const satisfies Route

export const exportEdition = {
  method: 'GET',
  path: '/api/risk/editions/:edition/export',
  summary:
    'Save an edition as a file: CSV, JSON, or CSV with HXL tags, with its citation and terms',
  params: z.object({ edition: EditionId }),
  query: z.object({
    format: z.enum(['csv', 'json', 'hxl']),
    region: z.string().optional(),
    organisation: z.string().optional(),
  }),
  produces: 'text/plain',
  response: z.string(),
} as const satisfies Route

const Pair = <T extends z.ZodType>(value: T) => z.object({ from: value, to: value })

export const compareEditions = {
  method: 'GET',
  path: '/api/risk/editions/:edition/compare/:other',
  summary: 'Read what changed between two editions, country by country, and which driver moved it',
  params: z.object({ edition: EditionId, other: EditionId }),
  response: z.object({
    from: Edition,
    to: Edition,
    countries: z.array(
      z.object({
        country: CountryCode,
        probability: Pair(Probability),
        rank: Pair(z.int()),
        logOdds: z.number(),
        /** Data plus model is the change in log-odds; absent where an edition has no drivers. */
        parts: z
          .object({
            data: z.number(),
            model: z.number(),
            /** The drivers that moved it most, data and model together. */
            drivers: z.array(z.object({ driver: z.string(), data: z.number(), model: z.number() })),
          })
          .nullable(),
      }),
    ),
    /** Countries that only one of the two speaks of. */
    only: z.object({ from: z.array(CountryCode), to: z.array(CountryCode) }),
  }),
} as const satisfies Route

export const getFigures = {
  method: 'GET',
  path: '/api/risk/editions/:edition/figures',
  summary: 'Save everything an edition computed, as the very text whose SHA-256 is its hash',
  params: z.object({ edition: EditionId }),
  produces: 'application/json; charset=utf-8',
  response: z.string(),
} as const satisfies Route

export const keepInput = {
  method: 'PUT',
  path: '/api/risk/inputs',
  summary: 'Keep a file that an edition is to be made of; its columns say what it is',
  query: z.object({ name: z.string().min(1).max(200) }),
  consumes: 'stream',
  response: KeptInput,
} as const satisfies Route

export const getInput = {
  method: 'GET',
  path: '/api/risk/inputs/:sha256',
  summary: 'Save a kept file as it was, in base64',
  params: z.object({ sha256: Sha256 }),
  produces: 'text/plain; charset=utf-8',
  response: z.base64(),
} as const satisfies Route

export const buildEdition = {
  method: 'POST',
  path: '/api/risk/editions',
  summary: 'Have an edition computed from kept files; it is frozen once it is done',
  body: BuildRequest,
  response: BuildProgress,
} as const satisfies Route

export const getBuild = {
  method: 'GET',
  path: '/api/risk/builds/:edition',
  summary: 'Read how far the making of an edition is',
  params: z.object({ edition: EditionId }),
  response: BuildProgress,
} as const satisfies Route

export const keepPublished = {
  method: 'POST',
  path: '/api/risk/published',
  summary: 'Add the chances that the publisher gave in earlier years, as published then',
  body: z.object({ input: Sha256 }),
  response: z.object({
    kept: z.array(EditionId),
    /** Years whose published chances are those computed here, at the digits published. */
    agreeing: z.array(z.int()),
  }),
} as const satisfies Route
