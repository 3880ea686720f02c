import { CountryCode, Probability } from '@tocsin/domain/brand.ts'
import { Contribution, CountryRisk, Edition, EditionId, RiskChange } from '@tocsin/domain/risk.ts'
import { z } from 'zod'
import type { Route } from './route.ts'

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
  response: z.object({ edition: Edition, countries: z.array(CountryRisk) }),
} as const satisfies Route

export const getCountryRisk = {
  method: 'GET',
  path: '/api/risk/editions/:edition/countries/:country',
  summary: 'Read why one country stands where it stands in one edition',
  params: z.object({ edition: EditionId, country: CountryCode }),
  response: z.object({
    edition: Edition,
    risk: CountryRisk,
    /** In log-odds; with the intercept at the sample means they add up to the country's score. */
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
        name: z.enum([
          'terror-scale',
          'civilian-deaths',
          'battle-deaths',
          'past-onsets',
          'base-rate',
        ]),
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
