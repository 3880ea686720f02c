import { Instant } from '@tocsin/domain/brand.ts'

/** A time that begins now or later and runs so many times as fast: the same in every process. */
export type Pace = { readonly since: number; readonly times: number; readonly ahead: number }

export const pacedClock =
  ({ since, times, ahead }: Pace) =>
  (): Instant =>
    Instant.parse(new Date(since + ahead + (Date.now() - since) * times).toISOString())
