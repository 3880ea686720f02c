import { readdirSync, readFileSync } from 'node:fs'
import { Locale } from '@tocsin/domain/locale.ts'
import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, test } from 'vitest'
import type { MessageKey } from './catalogue.ts'
import { catalogues } from './catalogues.ts'

const { en } = catalogues
const keys = Object.keys(en) as MessageKey[]

type Part = { readonly type: number; readonly value?: unknown; readonly options?: object }

/** The names a message asks for, at any depth: literals are type 0, `#` is type 7. */
function argumentsOf(parts: readonly Part[]): string[] {
  return parts.flatMap((part) => [
    ...(part.type === 0 || part.type === 7 ? [] : [String(part.value)]),
    ...Object.values(part.options ?? {}).flatMap((option) => argumentsOf(option.value)),
  ])
}

const argumentsIn = (text: string, locale: Locale): string[] =>
  [...new Set(argumentsOf(new IntlMessageFormat(text, locale).getAst() as never))].sort()

describe.each(Locale.options)('the %s catalogue', (locale) => {
  const catalogue = catalogues[locale]

  test('is complete, asks for the same values as the English one, and says something', () => {
    for (const key of keys) {
      expect(argumentsIn(catalogue[key], locale), key).toEqual(argumentsIn(en[key], 'en'))
      expect(catalogue[key].trim(), key).not.toBe('')
    }
    expect(Object.keys(catalogue).sort()).toEqual([...keys].sort())
  })

  test('has no exclamation marks: the product never shouts', () => {
    const shouting = keys.filter((key) => /[!！]/.test(catalogue[key]))
    expect(shouting).toEqual([])
  })
})

test('no key stands in two areas, where one would hide the other', () => {
  const folder = new URL('../messages/en/', import.meta.url)
  const all = readdirSync(folder).flatMap((file) =>
    Object.keys(JSON.parse(readFileSync(new URL(file, folder), 'utf8'))),
  )
  expect(all.filter((key, index) => all.indexOf(key) !== index)).toEqual([])
})
