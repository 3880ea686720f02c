import { Country } from '@tocsin/domain/country.ts'
import type { Locale } from '@tocsin/domain/locale.ts'
import { z } from 'zod'
import { readShipped } from '../sources/shipped.ts'

const Facts = z.object({ countries: z.array(Country) })
const { countries } = Facts.parse(JSON.parse(readShipped('countries.json')))
const byCode = new Map(countries.map((country) => [country.iso3 as string, country]))
const byCow = new Map(countries.map((country) => [String(country.cow), country]))

/** All countries; with a locale, only their names in that language. */
export function listCountries(locale?: Locale): Country[] {
  if (!locale) return countries
  return countries.map((country) => ({
    ...country,
    names: { [locale]: country.names[locale] },
  }))
}

export const findCountry = (iso3: string): Country | undefined => byCode.get(iso3)

/** The country that a code of the Correlates of War project stands for today. */
export const findCountryByCow = (code: string): Country | undefined => byCow.get(code)
