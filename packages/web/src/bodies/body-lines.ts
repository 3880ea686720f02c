import type { BodyLine } from '@tocsin/api/bodies.ts'
import type { Locale } from '@tocsin/domain/locale.ts'
import type { Search } from '../shell/address.ts'

/**
 * The bodies that the address asks for, by region and words of their names. Those of the fictional
 * region are listed only where that region is asked for: fiction never stands beside what is real.
 */
export function linesIn(
  lines: readonly BodyLine[],
  { region, text = '' }: Search,
  locale: Locale,
): readonly BodyLine[] {
  const words = text.toLocaleLowerCase(locale).split(/\s+/).filter(Boolean)
  return lines.filter((line) => {
    const name = `${line.code} ${line.names[locale] ?? ''}`.toLocaleLowerCase(locale)
    const isThere = region ? line.region === region : !line.isFictional
    return isThere && words.every((word) => name.includes(word))
  })
}
