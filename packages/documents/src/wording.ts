import type { Instant } from '@tocsin/domain/brand.ts'
import type { Locale } from '@tocsin/domain/locale.ts'
import { catalogues } from '@tocsin/i18n/catalogues.ts'
import { type Translate, translator } from '@tocsin/i18n/translate.ts'
import type { DocumentContent } from './content.ts'

/** The frame of a document in its reader's language. */
export type Wording = {
  readonly locale: Locale
  readonly t: Translate
  /** A calendar day in words; in Arabic with both names of the month, as the United Nations writes. */
  readonly day: (at: string) => string
  /** A month such as 2026-03 in words. */
  readonly month: (month: string) => string
  readonly time: (at: Instant) => string
  readonly languageName: (locale: Locale) => string
  readonly pageWords: DocumentContent['pageWords']
}

export function wordingIn(locale: Locale): Wording {
  const t = translator(locale, catalogues[locale])
  const languages = new Intl.DisplayNames([locale], { type: 'language' })
  const day = (at: string) => dayWords(locale, at)
  return {
    locale,
    t,
    day,
    month: (month) => monthWords(locale, month),
    time: (at) => `${day(at)}${locale === 'ar' ? '،' : ','} ${clockWords(at)}`,
    languageName: (one) => languages.of(one) ?? one,
    pageWords: t('document.page', { page: '<page>', pages: '<pages>' })
      .split(/(<pages?>)/)
      .map((part) => {
        if (part === '<page>') return 'page'
        return part === '<pages>' ? 'pages' : { words: part }
      }),
  }
}

/** Isolated, so that a line from right to left keeps hours before the name of the zone. */
const clockWords = (at: Instant): string => `\u2066${at.slice(11, 16)} UTC\u2069`

function monthWords(locale: Locale, month: string): string {
  const date = new Date(`${month}-01T00:00:00Z`)
  const long = (tag: string, year?: 'numeric') =>
    new Intl.DateTimeFormat(tag, { month: 'long', timeZone: 'UTC', ...(year && { year }) }).format(
      date,
    )
  if (locale !== 'ar') return long(locale, 'numeric')
  return `${long('ar-SY')}/${long('ar-EG')} ${date.getUTCFullYear()}`
}

function dayWords(locale: Locale, at: string): string {
  const date = new Date(`${at.slice(0, 10)}T00:00:00Z`)
  const long = (tag: string) =>
    new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' }).format(date)
  if (locale !== 'ar') return long(locale)
  const month = (tag: string) =>
    new Intl.DateTimeFormat(tag, { month: 'long', timeZone: 'UTC' }).format(date)
  return `${date.getUTCDate()} ${month('ar-SY')}/${month('ar-EG')} ${date.getUTCFullYear()}`
}
