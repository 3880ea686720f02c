import type { Locale } from '@tocsin/domain/locale.ts'
import type { ProblemCode } from '@tocsin/domain/problem.ts'
import { IntlMessageFormat } from 'intl-messageformat'
import type { Catalogue, MessageKey } from './catalogue.ts'

// A problem without a message does not compile.
type Untranslated = Exclude<`problem.${ProblemCode}`, MessageKey>
const everyProblemIsTranslated: [Untranslated] extends [never] ? true : Untranslated = true
void everyProblemIsTranslated

type Values = Record<string, string | number | Date>
export type Translate = (key: MessageKey, values?: Values) => string

/** Western digits in every language: figures must read the same beside each other (UI.md 10). */
const formattingLocale = (locale: Locale): string => (locale === 'ar' ? 'ar-u-nu-latn' : locale)

/** A translator over one language's catalogue; messages are parsed once, when first used. */
export function translator(locale: Locale, catalogue: Catalogue): Translate {
  const parsed = new Map<MessageKey, IntlMessageFormat>()
  return (key, values) => {
    let message = parsed.get(key)
    if (!message) {
      message = new IntlMessageFormat(catalogue[key], formattingLocale(locale))
      parsed.set(key, message)
    }
    return String(message.format(values))
  }
}
