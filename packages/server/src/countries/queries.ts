import type { Day } from '@tocsin/domain/brand.ts'
import { Country } from '@tocsin/domain/country.ts'
import type { Locale } from '@tocsin/domain/locale.ts'
import { z } from 'zod'
import { bodiesOf } from '../bodies/queries.ts'
import { readShipped } from '../sources/shipped.ts'

/** A country as the shipped table has it: what it belongs to is a matter of the day. */
const Place = Country.omit({ organisations: true })
type Place = Readonly<z.infer<typeof Place>>

const Facts = z.object({ countries: z.array(Place) })
const { countries } = Facts.parse(JSON.parse(readShipped('countries.json')))
const byCode = new Map(countries.map((country) => [country.iso3 as string, country]))
const byCow = new Map(countries.map((country) => [String(country.cow), country]))

/** All countries as they are on a day; with a locale, only their names in that language. */
export function listCountries(day: Day, locale?: Locale): Country[] {
  return countries.map((country) => ({
    ...withBodies(country, day),
    ...(locale && { names: { [locale]: country.names[locale] } }),
  }))
}

export const withBodies = (country: Place, day: Day): Country => ({
  ...country,
  organisations: bodiesOf(country.iso3, day),
})

export const findCountry = (iso3: string): Place | undefined => byCode.get(iso3)

/** The country that a code of the Correlates of War project stands for today. */
export const findCountryByCow = (code: string): Place | undefined => byCow.get(code)
