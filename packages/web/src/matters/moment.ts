import type { Instant } from '@tocsin/domain/brand.ts'
import type { Locale } from '@tocsin/domain/locale.ts'
import { formatDay, inUtc } from '../shell/format.ts'

/** The hour and minute of a moment, in UTC like all times of the record. */
export const timeOf = (at: Instant): string => at.slice(11, 16)

/** The day of a moment beside others of the same page: the year only where it is another. */
export function formatShortDay(locale: Locale, at: Instant, asOf: Instant): string {
  if (at.slice(0, 4) !== asOf.slice(0, 4)) return formatDay(locale, at.slice(0, 10))
  // An Arabic month has two names, which are not shortened: its number stands for both.
  const month = locale === 'ar' ? 'numeric' : 'short'
  const parts = { weekday: 'short', day: 'numeric', month } as const
  return inUtc(tagOf(locale), parts).format(Date.parse(at))
}

function tagOf(locale: Locale): string {
  if (locale === 'ar') return 'ar-EG-u-nu-latn'
  return locale === 'en' ? 'en-GB' : locale
}
