import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson, type Json } from './canonical.ts'

const json = fc.jsonValue().map((value) => value as Json)

describe('the canonical text of a JSON value', () => {
  test('reads back as the same value', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  test('does not depend on the order in which keys were written', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), json), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse())
        expect(canonicalJson(reversed)).toBe(canonicalJson(value))
      }),
    )
  })

  test('orders keys by UTF-16 code units and writes numbers as RFC 8785 does', () => {
    const value = {
      '€': 1e21,
      '\r': 0.000001,
      '😀': -0,
      '\ufb33': 333333333.3333333,
      a: [true, null],
    }
    const text = '{"\\r":0.000001,"a":[true,null],"€":1e+21,"😀":0,"\ufb33":333333333.3333333}'
    expect(canonicalJson(value)).toBe(text)
  })

  test('refuses what JSON cannot hold', () => {
    expect(() => canonicalJson(Number.NaN)).toThrow(TypeError)
    expect(() => canonicalJson({ key: '\ud800' })).toThrow(TypeError)
    expect(() => canonicalJson({ key: undefined } as never)).toThrow(TypeError)
  })
})
