import { Country } from '@tocsin/domain/country.ts'
import { z } from 'zod'
import { readShipped } from '../sources/queries.ts'

const Facts = z.object({ countries: z.array(Country) })
const { countries } = Facts.parse(JSON.parse(readShipped('countries.json')))
const byCode = new Map(countries.map((country) => [country.iso3 as string, country]))
const byCow = new Map(countries.map((country) => [String(country.cow), country]))

export const listCountries = (): Country[] => countries
export const findCountry = (iso3: string): Country | undefined => byCode.get(iso3)

/** The country that a code of the Correlates of War project stands for today. */
export const findCountryByCow = (code: string): Country | undefined => byCow.get(code)
