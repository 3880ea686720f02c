import type { compareEditions } from '@tocsin/api/risk.ts'
import type { Output } from '@tocsin/api/route.ts'
import type { Actor } from '@tocsin/domain/actor.ts'
import type { CountryCode, Probability } from '@tocsin/domain/brand.ts'
import type { EditionId } from '@tocsin/domain/risk.ts'
import type { App } from '../app.ts'
import { findCountryByCow } from '../countries/queries.ts'
import { changeSince, getHeld, type Held } from './queries.ts'

type Answer = Output<typeof compareEditions>
type CountryChange = Answer['countries'][number]

const shownDrivers = 5

/** What changed from the other edition to this one; the largest change in log-odds first. */
export async function readComparison(
  app: App,
  actor: Actor,
  { edition, other }: { readonly edition: EditionId; readonly other: EditionId },
): Promise<Answer> {
  return app.db.as(actor, async (tx) => {
    const [to, from] = [await getHeld(tx, edition), await getHeld(tx, other)]
    const [toPlaces, fromPlaces] = [placesOf(to), placesOf(from)]
    const countries = [...toPlaces].flatMap(([country, now]) => {
      const before = fromPlaces.get(country)
      return before ? [changeOfCountry(country, from, to, before, now)] : []
    })
    return {
      from: from.edition,
      to: to.edition,
      countries: countries.sort((a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds)),
      only: { from: onlyIn(fromPlaces, toPlaces), to: onlyIn(toPlaces, fromPlaces) },
    }
  })
}

type Place = { readonly code: string; readonly chance: number; readonly rank: number }

function placesOf({ figures }: Held): ReadonlyMap<CountryCode, Place> {
  const states: readonly Place[] = figures.states
  return new Map(
    states.flatMap((state) => {
      const country = findCountryByCow(state.code)
      return country ? [[country.iso3, state] as const] : []
    }),
  )
}

const onlyIn = (
  these: ReadonlyMap<CountryCode, Place>,
  those: ReadonlyMap<CountryCode, Place>,
): CountryCode[] => [...these.keys()].filter((country) => !those.has(country)).sort()

function changeOfCountry(
  country: CountryCode,
  from: Held,
  to: Held,
  before: Place,
  now: Place,
): CountryChange {
  const change = changeSince(to, from, undefined, now.code)
  const size = ({ data, model }: { data: number; model: number }) => Math.abs(data + model)
  return {
    country,
    probability: { from: before.chance as Probability, to: now.chance as Probability },
    rank: { from: before.rank, to: now.rank },
    logOdds: logit(now.chance) - logit(before.chance),
    parts: change && {
      data: change.data,
      model: change.model,
      drivers: change.byDriver.toSorted((a, b) => size(b) - size(a)).slice(0, shownDrivers),
    },
  }
}

const logit = (chance: number): number => Math.log(chance / (1 - chance))
