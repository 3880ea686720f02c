import type { Instant } from '@tocsin/domain/brand.ts'

/** Now, and when today ends where the organisation works. */
export type Today = { readonly now: Instant; readonly endOfDay: Instant }

/** The last instant of the day in the organisation's own time zone. */
export function todayOf(now: Instant, timeZone: string): Today {
  const parts = timesIn(timeZone).formatToParts(Date.parse(now))
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0)
  const passed = (read('hour') * 60 + read('minute')) * 60 + read('second')
  const endOfDay = new Date(Date.parse(now) + (86_400 - passed) * 1000).toISOString() as Instant
  return { now, endOfDay }
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Made once for each time zone: making one costs more than a hundred uses. */
function timesIn(timeZone: string): Intl.DateTimeFormat {
  const made =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      hourCycle: 'h23',
    })
  formats.set(timeZone, made)
  return made
}
