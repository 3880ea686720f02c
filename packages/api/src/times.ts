import { Day, Instant } from '@tocsin/domain/brand.ts'
import { PublicTimes } from '@tocsin/domain/public-times.ts'
import { ClockTimes, SpanTimes } from '@tocsin/domain/times.ts'
import { z } from 'zod'
import type { Route } from './route.ts'

/** A period of whole days in UTC, both included; without it, the year up to today. */
const period = z
  .object({
    from: Day.optional(),
    until: Day.optional(),
    exercise: z.stringbool().default(false),
  })
  .refine(({ from, until }) => !from || !until || from <= until, { path: ['until'] })

export const DocketTimes = z.object({
  asOf: Instant,
  from: Day,
  until: Day,
  exercise: z.boolean(),
  /** By kind of clock and level: the row of all, then the authorities that were waited for. */
  clocks: z.array(ClockTimes),
  /** Between the steps of the matters that were opened in the period. */
  spans: z.array(SpanTimes),
})
export type DocketTimes = Readonly<z.infer<typeof DocketTimes>>

export const getTimes = {
  method: 'GET',
  path: '/api/docket/times',
  summary: 'Read how long authorities took to answer, those who have not answered included',
  query: period,
  response: DocketTimes,
} as const satisfies Route

export const exportTimes = {
  method: 'GET',
  path: '/api/docket/times/export',
  summary: 'Save the same figures as a table',
  query: period,
  produces: 'text/csv',
  response: z.string(),
} as const satisfies Route

export const getPublicTimes = {
  method: 'GET',
  path: '/api/public/times',
  summary:
    'Read how fast warnings of one year were answered on this node, where enough lie behind it',
  query: z.object({ year: z.coerce.number().int().min(2000).max(2999).optional() }),
  response: z.object({
    /** Warnings and reviews that began in this year. */
    year: z.int(),
    /** The last year that can be asked for: what came within 90 days of its end is counted. */
    lastYear: z.int(),
    clocks: z.array(PublicTimes),
  }),
} as const satisfies Route
