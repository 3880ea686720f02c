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
