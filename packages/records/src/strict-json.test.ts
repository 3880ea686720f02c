import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { networkJson } from '../test/json-values.ts'
import { canonicalJson, type Json } from './canonical.ts'
import { type JsonFault, objectLimit, readStrictJson } from './strict-json.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const read = (text: string) => readStrictJson(bytesOf(text))
const faultOf = (text: string) => {
  const answer = read(text)
  return 'fault' in answer ? answer.fault : undefined
}

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)

const refused: Record<JsonFault, readonly string[]> = {
  'too-large': [`"${'a'.repeat(objectLimit)}"`],
  'byte-order-mark': ['\ufeff{}'],
  'not-utf8': [],
  'not-json': [
    '',
    ' ',
    '{',
    '[1,',
    '[1,]',
    '[,1]',
    '{"a":1,}',
    '{"a" 1}',
    '{a:1}',
    "{'a':1}",
    '"a',
    '"\\"',
    '"\\x41"',
    '"\\u12g4"',
    '"a\nb"',
    '"\u0000"',
    'tru',
    'nul',
    'NaN',
    'Infinity',
    '+1',
    '.5',
    '[1 2]',
    '{"a":1 "b":2}',
    '/**/1',
    '\u00a01',
  ],
  'trailing-bytes': ['{} {}', '1 1', '[]]', '{}\u0000', 'nullx', '01', '0x1', '1.'],
  'too-deep': [nested(33), '{"a":'.repeat(33) + 1 + '}'.repeat(33), '['.repeat(200_000)],
  'duplicate-key': ['{"a":1,"a":1}', '{"a":1,"b":2,"\\u0061":3}', '[{"x":{"é":1,"\\u00e9":1}}]'],
  'forbidden-key': ['{"__proto__":{}}', '{"a":{"\\u005f_proto__":null}}'],
  'lone-surrogate': ['"\\ud800"', '"\\udc00\\ud800"', '{"\\ud83d":1}'],
  number: [
    '9007199254740992',
    '-9007199254740992',
    '9007199254740993',
    '1e400',
    '-0',
    '1.0',
    '1e2',
    '0.10',
    '1E-7',
    '0.0000001',
    '0.1000000000000000055511151231257827',
    '1'.repeat(100_000),
  ],
}

describe('the gate for JSON of others', () => {
  test('lets in exactly what the platform reads, as the same value', () => {
    fc.assert(
      fc.property(networkJson, fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent)
        // The platform writes one number otherwise than RFC 8785 nowhere.
        expect(read(text)).toEqual({ value: JSON.parse(text) })
        expect(read(canonicalJson(value))).toEqual({ value })
      }),
      { numRuns: 1000 },
    )
  })

  test('whatever it lets in, the platform reads as the same; what that refuses, it refuses', () => {
    const snippets = ['{', '}', '[', ']', ',', ':', '"', '\\', 'u0061', '"a"', '1', '-', '.', 'e']
    const counted = { in: 0, out: 0 }
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(fc.constantFrom(...snippets, 'true', 'null', ' ', '\u0001'), { maxLength: 8 }),
          fc.tuple(networkJson, fc.nat(), fc.constantFrom(...snippets)).map(([value, at, put]) => {
            const text = canonicalJson(value)
            const place = at % (text.length + 1)
            return [text.slice(0, place), put, text.slice(place + 1)]
          }),
        ),
        (parts) => {
          const text = parts.join('').toWellFormed()
          const answer = readStrictJson(bytesOf(text))
          counted['fault' in answer ? 'out' : 'in'] += 1
          if (!('fault' in answer)) expect(answer.value).toEqual(parsed(text))
          else if (answer.fault === 'not-json' || answer.fault === 'trailing-bytes') {
            expect(parsed(text)).toBe(undefined)
          }
        },
      ),
      { numRuns: 4000 },
    )
    expect(Math.min(counted.in, counted.out)).toBeGreaterThan(200)
  })

  test.each(Object.entries(refused))('names %s', (fault, texts) => {
    for (const text of texts) expect([text.slice(0, 40), faultOf(text)]).toContain(fault)
  })

  test('names bytes that are no text', () => {
    for (const bytes of [[0xff], [0x22, 0xed, 0xa0, 0x80, 0x22], [0x22, 0xc0, 0x80, 0x22]]) {
      expect(readStrictJson(new Uint8Array(bytes))).toMatchObject({ fault: 'not-utf8' })
    }
  })

  test('lets in what is at the limits', () => {
    expect(faultOf(nested(32))).toBe(undefined)
    expect(faultOf(`"${'a'.repeat(objectLimit - 2)}"`)).toBe(undefined)
    expect(read('[9007199254740991,-9007199254740991,0.1,1e-7,-12.5,5e-324]')).toEqual({
      value: [9007199254740991, -9007199254740991, 0.1, 1e-7, -12.5, 5e-324],
    })
    expect(read('{"constructor":1,"toString":2,"":3}')).toEqual({
      value: { constructor: 1, toString: 2, '': 3 },
    })
  })

  test('comes back from hostile shapes at eight times the limit', () => {
    const shapes: readonly ((n: number) => string)[] = [
      (n) => `"${'\\u0061'.repeat(n)}"`,
      (n) => `[${Array(n).fill('{}').join(',')}]`,
      (n) => `{${Array.from({ length: n }, (_, at) => `"${at}":1`).join(',')}}`,
      (n) => ' '.repeat(n),
      (n) => '['.repeat(n),
      (n) => `"${'\\'.repeat(n)}`,
      (n) => '-'.repeat(n),
      (n) => `1${'e1'.repeat(n)}`,
      (n) => `0.${'1'.repeat(n)}`,
    ]
    for (const shape of shapes) {
      const text = shape(40_000).slice(0, objectLimit)
      // No clock: what is not linear does not come back from this at all.
      expect(readStrictJson(bytesOf(text.repeat(8)), objectLimit * 8)).toBeDefined()
    }
  })
})

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
