import { shareBy, survivalOf, timeToShare } from './survival.ts'

/** Somebody who is or was waited for. */
export type Wait = {
  /** How long, until it came or the watching ended. */
  readonly seconds: number
  readonly happened: boolean
  /** How long was allowed; none where nothing was set. */
  readonly allowed: number | null
}

/** Times in seconds; undefined where so many had not come to it, or nobody was watched long enough. */
export type WaitSummary = {
  readonly n: number
  readonly happened: number
  readonly median: number | undefined
  readonly p90: number | undefined
  /** The share of all to whom it came within the time allowed. */
  readonly inTime: number | undefined
}

/** What can be said of many waits, those that go on or were ended included. */
export function summariseWaits(waits: readonly Wait[]): WaitSummary {
  const happened = Uint8Array.from(waits, (wait) => Number(wait.happened))
  const curve = survivalOf(
    Float64Array.from(waits, ({ seconds }) => seconds),
    happened,
  )
  return {
    n: waits.length,
    happened: happened.reduce((sum, one) => sum + one, 0),
    median: timeToShare(curve, 0.5),
    p90: timeToShare(curve, 0.9),
    inTime: shareInTime(waits, happened),
  }
}

/** Each allows another time: counted in parts of its own, all of them end at 1. */
function shareInTime(waits: readonly Wait[], happened: Uint8Array): number | undefined {
  const parts = waits.flatMap(({ seconds, allowed }) =>
    allowed === null ? [] : [seconds / allowed],
  )
  if (parts.length < waits.length) return undefined
  return shareBy(survivalOf(Float64Array.from(parts), happened), 1)
}
