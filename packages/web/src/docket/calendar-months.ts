import type { Calendar, CalendarClock, CalendarDate } from '@tocsin/api/calendar.ts'
import type { Day } from '@tocsin/domain/brand.ts'

/** One line of the calendar: a date that may set violence off, or a clock that runs out. */
export type CalendarItem =
  | { readonly day: Day; readonly date: CalendarDate }
  | { readonly day: Day; readonly clock: CalendarClock }

/** A month, `YYYY-MM`, or what has begun or run out before today. */
export type CalendarMonth = {
  readonly month: string | 'earlier'
  readonly items: readonly CalendarItem[]
}

/** The calendar by month, in the order of days; what lies before today stands first. */
export function monthsOf({ dates, clocks, fromDay }: Calendar): readonly CalendarMonth[] {
  const items: CalendarItem[] = [
    ...dates.map((date) => ({ day: date.fromDay, date })),
    ...clocks.map((clock) => ({ day: clock.dueAt.slice(0, 10) as Day, clock })),
  ].sort((a, b) => a.day.localeCompare(b.day))
  const months = new Map<string, CalendarItem[]>()
  for (const item of items) {
    const month = item.day < fromDay ? 'earlier' : item.day.slice(0, 7)
    months.set(month, [...(months.get(month) ?? []), item])
  }
  return [...months].map(([month, inMonth]) => ({ month, items: inMonth }))
}
