import { type CrossValidation, crossValidate } from '@tocsin/forecast/cross-validation.ts'
import {
  forecastWith,
  type ModelForecast,
  type ModelTask,
  publishedSeed,
  trainingSet,
} from '@tocsin/forecast/ewp.ts'
import type { EwpTable } from '@tocsin/forecast/ewp-table.ts'

export type FittedModel = {
  readonly task: ModelTask
  readonly validation: CrossValidation
  readonly forecast: ModelForecast
}

/** Fits one model of the published analysis and lets it speak about its data year. */
export function fitModel(table: EwpTable, task: ModelTask): FittedModel {
  const { x, y } = trainingSet(table, task)
  const validation = crossValidate(x, y, { seed: publishedSeed })
  return { task, validation, forecast: forecastWith(table, task, validation) }
}
