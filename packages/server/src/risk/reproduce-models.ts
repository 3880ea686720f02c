import { dropOuts } from '@tocsin/forecast/drop-out.ts'
import { type EwpTable, type ParsedRows, rowsOf } from '@tocsin/forecast/ewp-table.ts'
import { roundTo, significant } from '@tocsin/forecast/rounding.ts'
import { singleShifts } from '@tocsin/forecast/single-shifts.ts'
import type { FittedModel } from './models.ts'

/** One comparison with the published files; `agrees` is null where there is nothing to compare with. */
export type Check = {
  readonly what: string
  readonly found: string
  readonly agrees: boolean | null
}

/** How many of all are equal. */
export const compare = (what: string, agreeing: number, all: number): Check => ({
  what,
  found: `${agreeing}/${all} equal`,
  agrees: agreeing === all,
})

type Models = readonly FittedModel[]
const modelOf = (models: Models, name: FittedModel['task']['name']) =>
  models.find(({ task }) => task.name === name)

/** What was fitted and which penalty was chosen: figures the publisher gives in no file of its own. */
export function modelChecks(models: Models): Check[] {
  return models.map(({ task, validation: { path, indexMin, lambdaMin } }) => ({
    what: `model ${task.name}, ${task.outcome}, trained to ${task.trainThrough}`,
    found: `lambda.min ${lambdaMin} (${indexMin + 1} of ${path.lambdas.length}), ${path.passes} passes`,
    agrees: null,
  }))
}

export function coefficientChecks(table: EwpTable, models: Models, published: ParsedRows): Check[] {
  const forecast = modelOf(models, 'main')?.forecast
  if (!forecast || published.length === 0) return []
  const own = new Map([
    ['(Intercept)', forecast.intercept],
    ...table.predictors.map((name, j) => [name, forecast.coefficients[j] ?? Number.NaN] as const),
  ])
  const count = (column: string, of: (value: number) => number) =>
    published.filter(
      (row) => of(own.get(row['variable'] ?? '') ?? Number.NaN) === Number(row[column]),
    ).length
  const all = Math.max(published.length, own.size)
  return [
    compare('coefficients at 4 decimals', count('coef.full', rounded), all),
    compare(
      'odds ratios at 4 decimals',
      count('or.full', (b) => rounded(Math.exp(b))),
      all,
    ),
  ]
}

const rounded = (value: number) => roundTo(value, 4)

/** The columns of the published forecasts that a model's are held against, by the years in their names. */
function columnsOf({ task }: FittedModel, header: readonly string[]) {
  const from = task.forecastYear
  const [first, second] = [from + 1, from + 2]
  const years = task.name === 'one-year' ? `${first}only` : `${first}and${second}`
  const risk = header.find((column) => column === `risk.${years}.from${from}`)
  // The publisher's rank columns name another year of origin, so only the years ahead are told by.
  const rank = header.find((column) => new RegExp(`rank\\.${years}\\.`).test(column))
  return { risk, rank }
}

export function forecastChecks(table: EwpTable, models: Models, published: ParsedRows): Check[] {
  return models.flatMap((model) => {
    const { risk, rank } = columnsOf(model, Object.keys(published[0] ?? {}))
    if (!risk || !rank) return []
    const { rows, risks, ranks } = model.forecast
    const places = new Map([...rows].map((row, place) => [table.names[row], place]))
    const placeOf = (row: ParsedRows[number]) => places.get(row['ewp_name'] ?? '') ?? -1
    const same = (test: (row: ParsedRows[number]) => boolean) => published.filter(test).length
    const all = Math.max(published.length, rows.length)
    return [
      compare(
        `forecasts ${model.task.name} at 4 significant digits`,
        same((row) => significant(risks[placeOf(row)] ?? Number.NaN, 4) === Number(row[risk])),
        all,
      ),
      compare(
        `ranks ${model.task.name}`,
        same((row) => ranks[placeOf(row)] === Number(row[rank])),
        all,
      ),
    ]
  })
}

const near = 1e-12

export function dropOutChecks(table: EwpTable, models: Models, published: ParsedRows): Check[] {
  const path = modelOf(models, 'main')?.validation.path
  if (!path || published.length === 0) return []
  const own = dropOuts(path)
  const count = (same: (row: ParsedRows[number], place: number) => boolean) =>
    published.filter(same).length
  const atSame = (time: string, logLambda: number | null | undefined): boolean =>
    time === '' || typeof logLambda !== 'number'
      ? time === '' && logLambda === null
      : Math.abs(Number(time) - logLambda) <= near
  return [
    compare(
      'drop-out order',
      count((row, place) => row['Variable'] === table.predictors[own[place]?.column ?? -1]),
      Math.max(published.length, own.length),
    ),
    compare(
      'drop-out penalties within 1e-12',
      count((row, place) => atSame(row['Reg_DropOutTime'] ?? '', own[place]?.logLambda)),
      Math.max(published.length, own.length),
    ),
  ]
}

const shiftNear = 1e-9

/** The single-variable shifts; the publisher's composites of several columns are left out. */
export function shiftCheck(table: EwpTable, models: Models, published: ParsedRows): Check[] {
  const forecast = modelOf(models, 'main')?.forecast
  const single = published.filter((row) => table.predictors.includes(row['variable'] ?? ''))
  if (!forecast || single.length === 0) return []
  const targets = rowsOf(table, forecast.rows)
  const values = Array.from(forecast.rows, (_, row) =>
    Float64Array.from(
      table.predictors,
      (_name, j) => targets.values[j * targets.rows + row] as number,
    ),
  )
  const nameOf = (row: number) => table.names[forecast.rows[row] ?? -1]
  const own = new Map(
    singleShifts(values, forecast).map(({ row, column, shift }) => [
      `${nameOf(row)} ${table.predictors[column]}`,
      shift,
    ]),
  )
  const agreeing = single.filter((row) => {
    const shift = own.get(`${row['country_name']} ${row['variable']}`)
    return shift !== undefined && Math.abs(shift - Number(row['shift'])) <= shiftNear
  })
  return [compare('single-variable shifts', agreeing.length, single.length)]
}
