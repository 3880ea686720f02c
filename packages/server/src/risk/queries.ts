import type { getCountryRisk, getEdition } from '@tocsin/api/risk.ts'
import type { Output } from '@tocsin/api/route.ts'
import type { Actor } from '@tocsin/domain/actor.ts'
import type { CountryCode, Probability } from '@tocsin/domain/brand.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { CountryRisk, Edition, EditionId, RiskChange } from '@tocsin/domain/risk.ts'
import { changeOf, contributionsOf, meanLogOdds } from '@tocsin/forecast/contributions.ts'
import type { App } from '../app.ts'
import { findCountryByCow } from '../countries/queries.ts'
import type { Tx } from '../database/database.ts'
import type { EditionFigures } from './edition-figures.ts'
import type { PublishedFigures } from './freeze.ts'
import { previousOf, saidThen } from './lineage.ts'
import { standingOf } from './scores-queries.ts'
import { listKept, readFigures } from './store.ts'

export const listEditions = (app: App, actor: Actor): Promise<Edition[]> =>
  app.db.as(actor, listKept)

/** An edition with its figures, beside the editions it is set against. */
export type Held = { readonly edition: Edition; readonly figures: Figures }
type Figures = EditionFigures | PublishedFigures

/** Whether an edition was computed here, so that it has a model and drivers. */
export const isComputed = (figures: Figures): figures is EditionFigures => 'model' in figures

export async function getHeld(
  tx: Tx,
  id: EditionId,
): Promise<Held & { readonly all: readonly Edition[] }> {
  const all = await listKept(tx)
  const edition = all.find((one) => one.id === id)
  if (!edition) throw new Problem('edition.not-found', { edition: id })
  return { edition, figures: await readFigures(tx, edition), all }
}

async function hold(tx: Tx, edition: Edition | undefined): Promise<Held | undefined> {
  return edition && { edition, figures: await readFigures(tx, edition) }
}

/** All countries of an edition, highest risk first. */
export async function readEdition(
  app: App,
  actor: Actor,
  id: EditionId,
): Promise<Output<typeof getEdition>> {
  return app.db.as(actor, async (tx) => {
    const { edition, figures, all } = await getHeld(tx, id)
    const before = await hold(tx, previousOf(edition, all))
    const standing = await standingOf(tx, edition, all)
    return { edition, standing, countries: countriesOf(figures, before) }
  })
}

function countriesOf(figures: Figures, before: Held | undefined): CountryRisk[] {
  const earlier = new Map(before?.figures.states.map((state) => [state.code, state]))
  return figures.states
    .flatMap((state): CountryRisk[] => {
      const country = findCountryByCow(state.code)
      return country ? [riskOf(country.iso3, state, before?.edition, earlier.get(state.code))] : []
    })
    .sort((a, b) => a.rank - b.rank)
}

type State = Figures['states'][number]
type ComputedState = EditionFigures['states'][number]

function riskOf(
  country: CountryCode,
  state: State,
  before: Edition | undefined,
  earlier: State | undefined,
): CountryRisk {
  const spread = 'interval80' in state ? state : undefined
  return {
    country,
    probability: state.chance as Probability,
    rank: state.rank,
    interval80: spread ? { low: spread.interval80[0], high: spread.interval80[1] } : null,
    rankInterval90: spread
      ? { low: spread.rankInterval90[0], high: spread.rankInterval90[1] }
      : null,
    chanceTop30: spread ? (spread.chanceTop30 as Probability) : null,
    previous:
      before && earlier
        ? { edition: before.id, probability: earlier.chance as Probability, rank: earlier.rank }
        : null,
  }
}

/** Why a country stands where it stands. */
export async function readCountryRisk(
  app: App,
  actor: Actor,
  id: EditionId,
  country: CountryCode,
): Promise<Output<typeof getCountryRisk>> {
  return app.db.as(actor, async (tx) => {
    const { edition, figures, all } = await getHeld(tx, id)
    const state = figures.states.find(({ code }) => findCountryByCow(code)?.iso3 === country)
    if (!state) throw new Problem('edition.no-such-country', { edition: id, country })
    const before = await hold(tx, previousOf(edition, all))
    const then = before && (await hold(tx, saidThen(before.edition, all)))
    const earlier = before?.figures.states.find(({ code }) => code === state.code)
    return {
      edition,
      standing: await standingOf(tx, edition, all),
      risk: riskOf(country, state, before?.edition, earlier),
      ...explain(figures, state),
      change: changeSince({ edition, figures }, before, then, state.code),
      all: figures.states.map(({ chance }) => chance as Probability).sort((a, b) => a - b),
    }
  })
}

type Explained = Pick<Output<typeof getCountryRisk>, 'contributions' | 'meanLogOdds' | 'record'>

function explain(figures: Figures, state: State): Explained {
  const nothing = { contributions: [], meanLogOdds: logit(state.chance), record: null }
  if (!isComputed(figures) || !isComputedState(state)) return nothing
  const model = modelOf(figures)
  const means = Float64Array.from(figures.model.means)
  const parts = contributionsOf(Float64Array.from(state.values), model.coefficients, means)
  const { record } = state
  return {
    contributions: parts.map(({ column, ...rest }) => ({
      driver: figures.drivers[column] ?? '',
      coefficient: model.coefficients[column] ?? 0,
      ...rest,
    })),
    meanLogOdds: meanLogOdds(model.intercept, model.coefficients, means),
    record: record && {
      from: record.from as Probability,
      to: record.to as Probability,
      scored: record.scored,
      cameTrue: record.cameTrue,
      interval80: {
        low: record.interval80[0] as Probability,
        high: record.interval80[1] as Probability,
      },
    },
  }
}

const isComputedState = (state: State): state is ComputedState => 'values' in state
const logit = (chance: number): number => Math.log(chance / (1 - chance))

const modelOf = ({ model }: EditionFigures) => ({
  intercept: model.intercept,
  coefficients: Float64Array.from(model.coefficients),
})

/** The log-odds that changed for one State (COW code), in parts; null where an edition has no drivers. */
export function changeSince(
  after: Held,
  before: Held | undefined,
  then: Held | undefined,
  code: string,
): RiskChange | null {
  if (!before || !isComputed(before.figures) || !isComputed(after.figures)) return null
  const { drivers } = after.figures
  // Other drivers, another model: the change has no parts that could be named.
  if (drivers.join() !== before.figures.drivers.join()) return null
  const [now, earlier] = [after.figures, before.figures].map(({ states }) =>
    states.find((state) => state.code === code),
  )
  if (!now || !earlier) return null
  const said = then?.figures.states.find((state) => state.code === code)
  const change = changeOf(
    { values: Float64Array.from(earlier.values), model: modelOf(before.figures) },
    { values: Float64Array.from(now.values), model: modelOf(after.figures) },
  )
  return {
    from: before.edition.id,
    revision: said ? logit(earlier.chance) - logit(said.chance) : null,
    data: change.data,
    model: change.model,
    intercept: change.intercept,
    byDriver: drivers.map((driver, column) => ({
      driver,
      data: change.dataByColumn[column] ?? 0,
      model: change.modelByColumn[column] ?? 0,
    })),
  }
}
