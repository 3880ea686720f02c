import type { MatterLiaison } from '@tocsin/api/liaison.ts'
import type { NoteFinding } from '@tocsin/domain/liaison-note.ts'
import { findingWords } from '@tocsin/i18n/finding-words.ts'
import type { Shell } from '../shell/context.ts'
import { formatDay, formatPeriod } from '../shell/format.ts'

/** What a note says of a finding, in the reader's language. */
export const wordsOf = (
  { t, locale }: Shell,
  { countries }: Pick<MatterLiaison, 'countries'>,
  finding: NoteFinding,
): string =>
  findingWords(finding, {
    t,
    day: (day) => formatDay(locale, day),
    month: (month) => formatPeriod(locale, month),
    country: (code) => countries[code as keyof typeof countries]?.[locale] ?? code,
  })
