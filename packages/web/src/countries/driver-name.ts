import type { Shell } from '../shell/context.ts'

type Words = Pick<Shell, 't' | 'has'>

/** The words for a driver; one that no edition has had before keeps the name of its column. */
export function driverName({ t, has }: Words, driver: string): string {
  const key = `risk.driver.${driver.replaceAll('.', '-').replaceAll('_', '-')}`
  return has(key) ? t(key) : driver
}

/** The words for a series of figures; an unknown one keeps its name. */
export function seriesName({ t, has }: Words, series: string): string {
  const key = `series.${series}`
  return has(key) ? t(key) : series
}
