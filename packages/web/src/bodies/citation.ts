import type { Citation } from '@tocsin/domain/regional-body.ts'
import type { Shell } from '../shell/context.ts'

/** A paragraph or section is written with its sign before the number, an article without one. */
const PARAGRAPH = '§'

/** Where a fact stands, in words: instrument, symbol, article. */
export function wordsOf(
  { t, locale }: Pick<Shell, 't' | 'locale'>,
  { instrument: names, symbol, article }: Citation,
): string {
  const name = names[locale] ?? ''
  const instrument = symbol ? `${name} (${symbol})` : name
  if (article === null) return instrument
  return article.startsWith(PARAGRAPH)
    ? t('body.paragraph', { instrument, article: article.slice(PARAGRAPH.length) })
    : t('body.article', { instrument, article })
}
