import type { getCountryRisk, getEdition, getScores } from '@tocsin/api/risk.ts'
import type { Output } from '@tocsin/api/route.ts'
import type { CountryCode, Probability } from '@tocsin/domain/brand.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { CountryRisk, Edition, EditionId, RiskChange } from '@tocsin/domain/risk.ts'
import { changeOf, contributionsOf, meanLogOdds } from '@tocsin/forecast/contributions.ts'
import { findCountryByCow } from '../countries/queries.ts'
import type { EditionFigures } from './edition-figures.ts'
import {
  findKeptEdition,
  findPreviousEdition,
  type KeptEdition,
  listKeptEditions,
} from './editions.ts'
import type { ScoreRecord } from './scorekeeping.ts'

export const listEditions = (): Edition[] => listKeptEditions().map(({ edition }) => edition)

function getKept(id: EditionId): KeptEdition {
  const kept = findKeptEdition(id)
  if (!kept) throw new Problem('edition.not-found', { edition: id })
  return kept
}

/** All countries of an edition, highest risk first. */
export function readEdition(id: EditionId): Output<typeof getEdition> {
  const { edition, figures } = getKept(id)
  const before = findPreviousEdition(id)
  const previous = new Map(before?.figures.states.map((state) => [state.code, state]))
  const countries = figures.states.flatMap((state): CountryRisk[] => {
    const country = findCountryByCow(state.code)
    if (!country) return []
    const earlier = previous.get(state.code)
    return [
      {
        country: country.iso3,
        probability: state.chance as Probability,
        rank: state.rank,
        interval80: { low: state.interval80[0], high: state.interval80[1] },
        rankInterval90: { low: state.rankInterval90[0], high: state.rankInterval90[1] },
        chanceTop30: state.chanceTop30 as Probability,
        previous:
          before && earlier
            ? {
                edition: before.edition.id,
                probability: earlier.chance as Probability,
                rank: earlier.rank,
              }
            : null,
      },
    ]
  })
  return { edition, countries: countries.sort((a, b) => a.rank - b.rank) }
}

type State = EditionFigures['states'][number]

/** Why a country stands where it stands. */
export function readCountryRisk(
  id: EditionId,
  country: CountryCode,
): Output<typeof getCountryRisk> {
  const { edition, countries } = readEdition(id)
  const { figures } = getKept(id)
  const risk = countries.find((one) => one.country === country)
  const state = figures.states.find(({ code }) => findCountryByCow(code)?.iso3 === country)
  if (!risk || !state) throw new Problem('edition.no-such-country', { edition: id, country })
  const model = modelOf(figures)
  const means = Float64Array.from(figures.model.means)
  return {
    edition,
    risk,
    contributions: contributionsOf(Float64Array.from(state.values), model.coefficients, means).map(
      ({ column, ...rest }) => ({
        driver: figures.drivers[column] ?? '',
        coefficient: model.coefficients[column] ?? 0,
        ...rest,
      }),
    ),
    meanLogOdds: meanLogOdds(model.intercept, model.coefficients, means),
    change: changeSince(id, figures, state),
    all: figures.states.map(({ chance }) => chance as Probability).sort((a, b) => a - b),
    record: state.record && {
      from: state.record.from as Probability,
      to: state.record.to as Probability,
      scored: state.record.scored,
      cameTrue: state.record.cameTrue,
      interval80: {
        low: state.record.interval80[0] as Probability,
        high: state.record.interval80[1] as Probability,
      },
    },
  }
}

const modelOf = ({ model }: EditionFigures) => ({
  intercept: model.intercept,
  coefficients: Float64Array.from(model.coefficients),
})

function changeSince(id: EditionId, figures: EditionFigures, state: State): RiskChange | null {
  const before = findPreviousEdition(id)
  const earlier = before?.figures.states.find(({ code }) => code === state.code)
  if (!before || !earlier) return null
  const change = changeOf(
    { values: Float64Array.from(earlier.values), model: modelOf(before.figures) },
    { values: Float64Array.from(state.values), model: modelOf(figures) },
  )
  return {
    from: before.edition.id,
    // Known only where the figures published at the time are held beside the re-estimated ones.
    revision: null,
    data: change.data,
    model: change.model,
    byDriver: figures.drivers.map((driver, column) => ({
      driver,
      data: change.dataByColumn[column] ?? 0,
      model: change.modelByColumn[column] ?? 0,
    })),
  }
}

/** How the method has done on years it had not seen, beside naive rankings. */
export function readScores(): Output<typeof getScores> {
  const [latest] = listKeptEditions()
  if (!latest) throw new Problem('edition.not-found', { edition: 'latest' })
  const { A, R, B, baselines } = latest.figures.scores
  return {
    edition: latest.edition,
    definitions: { A: recordOf(A), R: recordOf(R), B: recordOf(B) },
    baselines: [...baselines],
  }
}

function recordOf({ pooled, years, calibration, misses }: ScoreRecord) {
  return {
    pooled,
    years: [...years],
    calibration: { ...calibration, bins: [...calibration.bins] },
    misses: misses.map(({ code, year, rank }) => ({
      country: findCountryByCow(code)?.iso3 ?? null,
      code,
      year,
      rank,
    })),
  }
}
