import { shareInterval } from '@tocsin/forecast/calibration.ts'
import { editionTasks, type ModelTask, outOfSampleTasks } from '@tocsin/forecast/ewp.ts'
import type { EwpTable } from '@tocsin/forecast/ewp-table.ts'
import type { Scored } from '@tocsin/forecast/scores.ts'
import type { Baseline, DirectRow } from './baselines.ts'
import { type ModelFigures, modelFigures, type StateFigures, stateFigures } from './figures.ts'
import { fitModel } from './models.ts'
import { keepScores, rowsOfB, type ScoreRecord } from './scorekeeping.ts'

/** How estimates near one chance did out of sample: how many there were, how many came true. */
export type NearRecord = {
  readonly from: number
  readonly to: number
  readonly scored: number
  readonly cameTrue: number
  readonly interval80: readonly [number, number]
}

/** Everything an edition computes; canonical JSON of it is what the edition's hash names. */
export type EditionFigures = {
  readonly dataYear: number
  readonly drivers: readonly string[]
  readonly model: ModelFigures
  readonly states: readonly (StateFigures & { readonly record: NearRecord | null })[]
  readonly baseRate: number
  readonly scores: {
    readonly A: ScoreRecord
    readonly R: ScoreRecord
    readonly B: ScoreRecord
    readonly baselines: readonly Baseline[]
  }
}

const z80 = 1.2815515655446004
// Estimates up to a quarter higher or lower count as near; fewer than this many say nothing.
const nearness = 1.25
const fewest = 20

/** What the figures are computed with, beside the table. */
export type Computation = {
  /** Draws of whole countries behind every interval. */
  readonly resamples: number
  readonly baselinesOf: (table: EwpTable, rows: readonly DirectRow[]) => readonly Baseline[]
  /** The one data year wanted; both editions where it is left out. */
  readonly dataYear?: number
  readonly progress?: (done: number, all: number) => void
}

/**
 * Computes the editions a predictors file holds: the latest, and the one before as it would have been
 * estimated from the same file. Pure: the same table and number of resamples give the same figures.
 */
export function computeEditions(
  table: EwpTable,
  { resamples, baselinesOf, dataYear, progress = () => undefined }: Computation,
): readonly EditionFigures[] {
  const pastTasks = outOfSampleTasks(table)
  const tasks = editionTasks(table).filter(
    ({ name, forecastYear }) =>
      name !== 'one-year' && (dataYear === undefined || forecastYear === dataYear),
  )
  const all = pastTasks.length + tasks.length
  const past = pastTasks.map((task, done) => {
    progress(done, all)
    return fitModel(table, task).forecast
  })
  const rows = rowsOfB(table, past)
  const scores = { ...keepScores(table, past), baselines: baselinesOf(table, rows) }
  return tasks.map((task, done) => {
    progress(pastTasks.length + done, all)
    return figuresOf(table, task, resamples, rows, scores)
  })
}

function figuresOf(
  table: EwpTable,
  task: ModelTask,
  resamples: number,
  rows: readonly Scored[],
  scores: EditionFigures['scores'],
): EditionFigures {
  const fitted = fitModel(table, task)
  const model = modelFigures(table, fitted)
  const states = stateFigures(table, fitted, resamples).map((state) => ({
    ...state,
    record: recordNear(state.chance, rows),
  }))
  const baseRate = scores.B.pooled.positives / scores.B.pooled.rows
  return { dataYear: task.forecastYear, drivers: table.predictors, model, states, baseRate, scores }
}

function recordNear(chance: number, rows: readonly Scored[]): NearRecord | null {
  const [from, to] = [chance / nearness, Math.min(1, chance * nearness)]
  const near = rows.filter((row) => row.chance >= from && row.chance <= to)
  if (near.length < fewest) return null
  const cameTrue = near.filter(({ outcome }) => outcome === 1).length
  const { low, high } = shareInterval(cameTrue, near.length, z80)
  return { from, to, scored: near.length, cameTrue, interval80: [low, high] }
}
