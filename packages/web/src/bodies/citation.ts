import type { Citation } from '@tocsin/domain/regional-body.ts'
import type { Shell } from '../shell/context.ts'
import { setApart } from '../shell/format.ts'

/** A paragraph or section is written with its sign before the number, an article without one. */
const PARAGRAPH = '§'

/** Where facts stand, each instrument once with all its articles. */
export function wordsOfAll(
  shell: Pick<Shell, 't' | 'locale'>,
  cited: readonly Citation[],
): readonly string[] {
  const byInstrument = Map.groupBy(cited, ({ instrument }) => JSON.stringify(instrument))
  return [...byInstrument.values()].flatMap(([first, ...others]) => {
    if (!first) return []
    const articles = [first, ...others].map(({ article }) => article)
    const article = articles.includes(null) ? first.article : articles.join(', ')
    return [wordsOf(shell, { ...first, article })]
  })
}

/** Where a fact stands, in words: instrument, symbol, article. */
export function wordsOf(
  { t, locale }: Pick<Shell, 't' | 'locale'>,
  { instrument: names, symbol, article }: Citation,
): string {
  const name = names[locale] ?? ''
  const instrument = symbol ? `${name} (${setApart(symbol)})` : name
  if (article === null) return instrument
  const isParagraph = article.startsWith(PARAGRAPH)
  return t(isParagraph ? 'body.paragraph' : 'body.article', {
    instrument,
    article: setApart(article.replaceAll(PARAGRAPH, '')),
  })
}
