import type { Instant } from '@tocsin/domain/brand.ts'
import type { Locale } from '@tocsin/domain/locale.ts'
import { inUtc } from '../shell/format.ts'

/** How an instant is said beside others: by its time alone, or with its day. */
export type Moment = { readonly form: 'time' | 'day'; readonly when: string }

const DAY_MS = 86_400_000

/**
 * An instant as shortly as it cannot be mistaken, in UTC: today by its time, within three days with the
 * day of the week, within a week by weekday and day, else by day and month.
 */
export function momentOf(locale: Locale, now: Instant, at: Instant): Moment {
  const time = at.slice(11, 16)
  if (at.slice(0, 10) === now.slice(0, 10)) return { form: 'time', when: time }
  const days = Math.abs(Date.parse(at) - Date.parse(now)) / DAY_MS
  if (days < 3) return { form: 'day', when: `${part(locale, at, { weekday: 'short' })} ${time}` }
  if (days < 7) {
    return { form: 'day', when: part(locale, at, { weekday: 'short', day: 'numeric' }) }
  }
  // Arabic has two names for each month: between bars there is no room for both.
  const month = locale === 'ar' ? 'numeric' : 'short'
  return { form: 'day', when: part(locale, at, { day: 'numeric', month }) }
}

function part(locale: Locale, at: Instant, parts: Intl.DateTimeFormatOptions): string {
  const tags = { ar: 'ar-u-nu-latn', en: 'en-GB' } as const
  const tag = locale === 'ar' || locale === 'en' ? tags[locale] : locale
  return inUtc(tag, parts).format(Date.parse(at))
}
