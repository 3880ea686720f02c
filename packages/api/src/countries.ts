import { CountryCode } from '@tocsin/domain/brand.ts'
import { Country, Observation } from '@tocsin/domain/country.ts'
import { Locale } from '@tocsin/domain/locale.ts'
import { Source } from '@tocsin/domain/source.ts'
import { z } from 'zod'
import type { Route } from './route.ts'

export const listCountries = {
  method: 'GET',
  path: '/api/countries',
  summary: 'List States and territories with their names, codes and memberships',
  /** Names in one language only, for pages on slow links. */
  query: z.object({ locale: Locale.optional() }),
  response: z.array(Country),
} as const satisfies Route

export const getCountry = {
  method: 'GET',
  path: '/api/countries/:country',
  summary: 'Read one country with every series of figures held on it, each with its source',
  params: z.object({ country: CountryCode }),
  response: z.object({
    country: Country,
    series: z.array(
      z.object({
        series: z.string(),
        /** Where the latest figures come from. */
        source: Source,
        /** Where the others come from, if they come from elsewhere. */
        earlier: z.array(Source),
        observations: z.array(Observation),
      }),
    ),
  }),
} as const satisfies Route
