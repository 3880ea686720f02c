import { type ElasticNetOptions, fitPath } from './elastic-net.ts'
import { type Matrix, predict } from './matrix.ts'
import { MersenneTwister } from './mersenne-twister.ts'
import { ranksFromHighest } from './ranks.ts'

/** One country's chances and ranks over all resamples. */
export type Spread = {
  /** Middle 80 % of the chances. */
  readonly low: number
  readonly high: number
  /** Middle 90 % of the ranks. */
  readonly rankLow: number
  readonly rankHigh: number
  /** Share of resamples in which it stood among the first 30. */
  readonly chanceTop30: number
}

export type BootstrapTask = {
  readonly x: Matrix
  readonly y: Float64Array
  /** Which cluster (country) each row belongs to, from 0. */
  readonly clusters: Int32Array
  readonly clusterCount: number
  /** Penalties of the fitted path down to the chosen one, which is kept fixed. */
  readonly lambdas: Float64Array
  readonly options: Partial<ElasticNetOptions>
  /** The rows that are forecast. */
  readonly targets: Matrix
  readonly seed: number
}

/**
 * Chances of the targets in one resample: whole countries are drawn with replacement, the model is
 * fitted again at the same penalty. The resample depends on the seed and its number only, so that the
 * order in which workers finish changes nothing.
 */
export function resample(task: BootstrapTask, number: number): Float64Array {
  const random = new MersenneTwister(task.seed + number)
  const drawn = new Float64Array(task.clusterCount)
  for (let draw = 0; draw < task.clusterCount; draw++) {
    const cluster = random.index(task.clusterCount)
    drawn[cluster] = (drawn[cluster] as number) + 1
  }
  const weights = Float64Array.from(task.clusters, (cluster) => drawn[cluster] as number)
  const path = fitPath(task.x, task.y, task.options, task.lambdas, weights)
  const last = path.lambdas.length - 1
  const coefficients = path.coefficients[last] as Float64Array
  return predict(task.targets, path.intercepts[last] as number, coefficients)
}

/** Percentile intervals over resamples (Efron 1979), one spread for each target row. */
export function spreadsOf(resamples: readonly Float64Array[]): Spread[] {
  const ranks = resamples.map(ranksFromHighest)
  return [...(resamples[0] ?? [])].map((_, target) => {
    const chances = resamples.map((chance) => chance[target] as number).sort((a, b) => a - b)
    const places = ranks.map((rank) => rank[target] as number).sort((a, b) => a - b)
    return {
      low: quantile(chances, 0.1),
      high: quantile(chances, 0.9),
      rankLow: Math.floor(quantile(places, 0.05)),
      rankHigh: Math.ceil(quantile(places, 0.95)),
      chanceTop30: places.filter((place) => place <= 30).length / places.length,
    }
  })
}

/** Linear interpolation between order statistics (definition 7 of Hyndman and Fan 1996). */
export function quantile(ascending: readonly number[], share: number): number {
  const at = share * (ascending.length - 1)
  const [below, above] = [Math.floor(at), Math.ceil(at)]
  const low = ascending[below] ?? Number.NaN
  return low + (at - below) * ((ascending[above] ?? Number.NaN) - low)
}
