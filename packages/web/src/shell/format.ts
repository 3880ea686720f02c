import type { Locale } from '@tocsin/domain/locale.ts'
import { oneIn } from '@tocsin/domain/risk.ts'
import type { Translate } from '@tocsin/i18n/translate.ts'

/** Western digits in Arabic too, so that figures read the same beside maps, codes and exports. */
const numeric = (locale: Locale): string => (locale === 'ar' ? 'ar-u-nu-latn' : locale)

/** A number as people of this language write it. */
export function formatNumber(locale: Locale, value: number, digits = 0): string {
  return new Intl.NumberFormat(numeric(locale), {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value)
}

/** How large a file is: "3.2 MB", never 0. */
export function formatMegabytes(locale: Locale, bytes: number): string {
  const shown = Math.max(bytes / 1_048_576, bytes > 0 ? 0.1 : 0)
  return new Intl.NumberFormat(numeric(locale), {
    style: 'unit',
    unit: 'megabyte',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  }).format(shown)
}

/** A chance in per cent, one digit after the point. */
export function formatPercent(locale: Locale, chance: number, digits = 1): string {
  return new Intl.NumberFormat(numeric(locale), {
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(chance)
}

/** "1 in 12"; chances too small to tell apart are written as less than 1 in 1,000. */
export function formatOneIn(locale: Locale, t: Translate, chance: number): string {
  const n = oneIn(chance)
  const least = 1000
  if (n === undefined || n > least) {
    return t('risk.one-in-less', { n: formatNumber(locale, least) })
  }
  return t('risk.one-in', { n: formatNumber(locale, n) })
}

/** A day such as 2025-09-03, written out as the United Nations does: day, month, year. */
export function formatDay(locale: Locale, day: string): string {
  return written(locale, day, { day: 'numeric', month: 'long', year: 'numeric' })
}

/** The same with the day of the week before it. */
export function formatWeekday(locale: Locale, day: string): string {
  return written(locale, day, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
}

/** A month such as 2021-04, or a year, written out. */
export function formatPeriod(locale: Locale, period: string): string {
  if (period.length === 4) return period
  return written(locale, `${period}-01`, { month: 'long', year: 'numeric' })
}

function written(locale: Locale, day: string, parts: Intl.DateTimeFormatOptions): string {
  const date = new Date(`${day}T00:00:00Z`)
  if (locale !== 'ar') {
    const tag = locale === 'en' ? 'en-GB' : locale
    return inUtc(tag, parts).format(date)
  }
  // Both Arabic names of a month, as in United Nations documents: what is أيلول in the east is سبتمبر elsewhere.
  const eastern = inUtc('ar-LB', { month: 'long' }).format(date)
  return inUtc('ar-EG-u-nu-latn', parts)
    .formatToParts(date)
    .map(({ type, value }) => (type === 'month' ? `${eastern}/${value}` : value))
    .join('')
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** A format of days and times in UTC, made once: making one costs more than a hundred uses. */
export function inUtc(tag: string, parts: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${tag} ${JSON.stringify(parts)}`
  const made = formats.get(key) ?? new Intl.DateTimeFormat(tag, { ...parts, timeZone: 'UTC' })
  formats.set(key, made)
  return made
}

const lists = new Map<string, Intl.ListFormat>()

/** Several things in one sentence: all of them, or any one of them. */
export function formatList(
  locale: Locale,
  things: readonly string[],
  type: 'conjunction' | 'disjunction',
): string {
  const key = `${locale} ${type}`
  const made = lists.get(key) ?? new Intl.ListFormat(locale === 'en' ? 'en-GB' : locale, { type })
  lists.set(key, made)
  return made.format(things)
}

/** A change, with its sign: a true minus, two digits. */
export function formatSigned(locale: Locale, value: number): string {
  return `${value < 0 ? '−' : '+'}${formatNumber(locale, Math.abs(value), 2)}`
}

/** A moment, to the minute in UTC, which is said: everybody who reads it names the same one. */
export function formatInstant(locale: Locale, instant: string): string {
  return `${formatDay(locale, instant.slice(0, 10))}, ${instant.slice(11, 16)} UTC`
}

/** A name set apart, so that its script does not turn around what stands beside it. */
export const setApart = (name: string): string => `\u2068${name}\u2069`
