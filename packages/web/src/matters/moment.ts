import type { Instant } from '@tocsin/domain/brand.ts'
import type { Locale } from '@tocsin/domain/locale.ts'
import { formatDay } from '../shell/format.ts'

/** The hour and minute of a moment, in UTC like all times of the record. */
export const timeOf = (at: Instant): string => at.slice(11, 16)

/** The day of a moment beside others of the same page: the year only where it is another. */
export function formatShortDay(locale: Locale, at: Instant, asOf: Instant): string {
  // An Arabic month has two names, which are not shortened.
  if (locale === 'ar' || at.slice(0, 4) !== asOf.slice(0, 4)) {
    return formatDay(locale, at.slice(0, 10))
  }
  const tag = locale === 'en' ? 'en-GB' : locale
  return new Intl.DateTimeFormat(tag, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  }).format(Date.parse(at))
}
