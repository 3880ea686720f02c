import {
  type CalibrationBin,
  calibrationBins,
  calibrationLine,
} from '@tocsin/forecast/calibration.ts'
import {
  type ModelForecast,
  type OutOfSampleRecord,
  outOfSampleRecords,
} from '@tocsin/forecast/ewp.ts'
import type { EwpTable } from '@tocsin/forecast/ewp-table.ts'
import { byYear, type Scored, type Scores, scoreRows } from '@tocsin/forecast/scores.ts'
import type { DirectRow } from './baselines.ts'

/** A miss: an onset that stood outside the first 30. */
export type Miss = { readonly code: string; readonly year: number; readonly rank: number }

/** The record of one definition: pooled, by year, and how the size of the chances held up. */
export type ScoreRecord = {
  readonly pooled: Scores
  readonly years: readonly {
    readonly year: number
    readonly positives: number
    readonly caught30: number
  }[]
  readonly calibration: {
    readonly intercept: number
    readonly slope: number
    readonly bins: readonly CalibrationBin[]
  }
  readonly misses: readonly Miss[]
}

/**
 * Definition A, as published: a country and calendar year, scored with the highest chance and the best
 * rank that the editions of the two data years before gave it.
 */
export function rowsOfA(records: readonly OutOfSampleRecord[]): (Scored & { code: string })[] {
  return records.flatMap(({ highestRisk, bestRank, onset, year, code }) =>
    highestRisk === null || bestRank === null
      ? []
      : [{ chance: highestRisk, rank: bestRank, outcome: onset, year, code }],
  )
}

/** Definition R, real time: only the edition that existed on 1 January of the year, from data two years old. */
export function rowsOfR(records: readonly OutOfSampleRecord[]): (Scored & { code: string })[] {
  return records.flatMap(({ riskTwoYearsPrior, rankTwoYearsPrior, onset, year, code }) =>
    riskTwoYearsPrior === null || rankTwoYearsPrior === null
      ? []
      : [{ chance: riskTwoYearsPrior, rank: rankTwoYearsPrior, outcome: onset, year, code }],
  )
}

/** Definition B, direct: a country and data year, and whether an onset came in the two years after. */
export function rowsOfB(
  table: EwpTable,
  forecasts: readonly ModelForecast[],
): (DirectRow & { code: string })[] {
  const last = table.years.reduce((a, b) => Math.max(a, b))
  return (
    forecasts
      // The last two data years have no outcome yet; the file codes them 0.
      .filter(({ task }) => task.forecastYear <= last - 2)
      .flatMap(({ rows, risks, ranks, task }) =>
        [...rows].map((row, at) => ({
          row,
          code: table.codes[row] ?? '',
          year: task.forecastYear,
          chance: risks[at] as number,
          rank: ranks[at] as number,
          outcome: table.outcomes.mk_onset_1or2[row] as number,
        })),
      )
  )
}

export function recordOf(rows: readonly (Scored & { code: string })[]): ScoreRecord {
  const positives = rows.filter(({ outcome }) => outcome === 1)
  const caught = ({ rank }: Scored) => rank <= 30
  return {
    pooled: scoreRows(rows),
    years: [...byYear(positives)].map(([year, found]) => ({
      year,
      positives: found.length,
      caught30: found.filter(caught).length,
    })),
    calibration: { ...calibrationLine(rows), bins: calibrationBins(rows, 10) },
    misses: positives
      .filter((row) => !caught(row))
      .map(({ code, year, rank }) => ({ code, year, rank })),
  }
}

/** The three definitions over the out-of-sample forecasts. */
export function keepScores(table: EwpTable, forecasts: readonly ModelForecast[]) {
  const records = outOfSampleRecords(table, forecasts)
  return {
    A: recordOf(rowsOfA(records)),
    R: recordOf(rowsOfR(records)),
    B: recordOf(rowsOfB(table, forecasts)),
  }
}
