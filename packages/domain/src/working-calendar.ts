import { z } from 'zod'
import { Day } from './brand.ts'

const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** More than any office has in three years. */
export const HOLIDAYS = 400

/** When an office works: its time zone, weekdays (1 Monday to 7 Sunday), hours and holidays. */
export const WorkingCalendar = z
  .object({
    timeZone: z.string().max(60).refine(isTimeZone),
    weekdays: z.array(z.int().min(1).max(7)).min(1),
    from: TimeOfDay,
    until: TimeOfDay,
    holidays: z.array(Day).max(HOLIDAYS),
  })
  .refine(({ from, until }) => from < until, { path: ['until'] })
export type WorkingCalendar = Readonly<z.infer<typeof WorkingCalendar>>
