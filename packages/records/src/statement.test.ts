import type { OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { networkJson } from '../test/json-values.ts'
import type { Json } from './canonical.ts'
import { digestOf, publicKeyOf, type Signed } from './jws.ts'
import { checkStatements, readStatement, signStatement } from './statement.ts'

const seed = new Uint8Array(32).fill(7)
const org = newId<OrganisationId>()
const keyOf = (kid: string) => (kid === 'k1' ? publicKeyOf(seed) : undefined)

const stated = (payload: Json, aseq = 1, aprev: Sha256 | null = null, kid = 'k1') =>
  signStatement(
    {
      alg: 'Ed25519',
      kid,
      typ: 'tocsin+jws',
      cty: 'application/json',
      org,
      aud: 'm',
      aseq,
      aprev,
      salt: 'a'.repeat(22),
    },
    payload,
    seed,
  )

function chain(payloads: readonly Json[]): Signed[] {
  const statements: Signed[] = []
  for (const payload of payloads) {
    const last = statements.at(-1)
    statements.push(stated(payload, statements.length + 1, last ? digestOf(last) : null))
  }
  return statements
}

describe('a signed statement', () => {
  test('says back what was signed, whatever it was', () => {
    fc.assert(
      fc.property(networkJson, (payload) => {
        const read = readStatement(stated(payload), keyOf)
        expect('payload' in read && read.payload).toEqual(payload)
      }),
      { numRuns: 60 },
    )
  })

  test('does not hold when one character of it is another', () => {
    const statement = stated({ text: 'Chalk marks on doors' })
    fc.assert(
      fc.property(
        fc.constantFrom('protected', 'payload', 'signature'),
        fc.nat(),
        fc.constantFrom('A', 'b', '7', '_'),
        (part, place, sign) => {
          const text = statement[part as keyof Signed]
          const at = place % text.length
          fc.pre(text[at] !== sign)
          const altered = { ...statement, [part]: text.slice(0, at) + sign + text.slice(at + 1) }
          // The last character of base64url may hold bits that say nothing.
          fc.pre(at < text.length - 1)
          expect(readStatement(altered, keyOf)).toHaveProperty('fault')
        },
      ),
      { numRuns: 150 },
    )
  })

  test('is refused by a key that nobody knows', () => {
    expect(readStatement(stated({}, 1, null, 'k2'), keyOf)).toEqual({ fault: 'unknown-key' })
  })

  test('holds text longer than a function takes arguments', () => {
    const text = 'é'.repeat(300_000)
    expect(readStatement(stated({ text }), keyOf)).toHaveProperty('payload', { text })
  })
})

describe('a chain of statements', () => {
  const five = chain([1, 2, 3, 4, 5].map((n) => ({ n })))

  test('holds from its first to its last', () => {
    expect(checkStatements(five, keyOf)).toBeUndefined()
  })

  test('shows where one is missing, doubled or in another place', () => {
    expect(checkStatements(five.toSpliced(2, 1), keyOf)).toEqual({ at: 3, fault: 'wrong-place' })
    const [first, second] = five
    const doubled = [first, second, second].filter((one) => one !== undefined)
    expect(checkStatements(doubled, keyOf)).toEqual({ at: 3, fault: 'wrong-place' })
    expect(checkStatements(five.toReversed(), keyOf)).toEqual({ at: 1, fault: 'wrong-place' })
    expect(checkStatements(five.slice(1), keyOf)).toEqual({ at: 1, fault: 'wrong-place' })
  })
})
