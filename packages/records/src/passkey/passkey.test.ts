import { p256 } from '@noble/curves/nist.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes } from '@noble/hashes/utils.js'
import type { Ballot } from '@tocsin/domain/ballot.ts'
import type { PersonId } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { type MadePasskey, makePasskey, origin } from '../../test/made-passkey.ts'
import { fromBase64Url, toBase64Url } from '../base64.ts'
import { canonicalJson } from '../canonical.ts'
import { type Assertion, checkAssertion } from './assertion.ts'
import { ballotChallenge, signersOf } from './ballot-challenge.ts'
import { keyOfCose, OfficerKey } from './officer-key.ts'

const officer = newId<PersonId>()
const ballot: Ballot = {
  proposal: newId(),
  reading: 2,
  texts: { en: 'ab'.repeat(32) as never },
  choice: 'yes',
  explanation: 'Article 2 protects those who cross.',
  organisation: newId(),
  officer,
  at: '2026-11-23T10:00:00.000Z' as Ballot['at'],
}
const challenge = ballotChallenge(ballot)
const algorithms = ['ES256', 'EdDSA', 'RS256'] as const
const passkeys = new Map<string, MadePasskey>()
const passkey = (algorithm: string) => passkeys.get(algorithm) as MadePasskey

beforeAll(async () => {
  for (const algorithm of algorithms) {
    passkeys.set(algorithm, await makePasskey(algorithm, officer))
  }
})

const bytesOf = (text: string) => fromBase64Url(text) as Uint8Array<ArrayBuffer>

describe.each(algorithms)('an assertion by a passkey with %s', (algorithm) => {
  const check = async (
    change: Partial<Assertion> = {},
    asked: Partial<{ challenge: Uint8Array; key: OfficerKey }> = {},
  ) => {
    const { key, sign } = passkey(algorithm)
    const assertion = { ...(await sign(challenge)), ...change }
    return checkAssertion(assertion, { challenge, key, ...asked })
  }

  test('holds for what it was made for', async () => {
    expect(OfficerKey.parse(passkey(algorithm).key)).toEqual(passkey(algorithm).key)
    expect(await check()).toBeUndefined()
  })

  test('does not hold for another ballot, site, origin, key or purpose, or without verification', async () => {
    const { key, sign } = passkey(algorithm)
    const other = await makePasskey(algorithm, officer)
    const foreign = { ...key, publicKey: other.key.publicKey }
    expect(await check({}, { challenge: ballotChallenge({ ...ballot, choice: 'no' }) })).toBe(
      'other-challenge',
    )
    expect(await check(await sign(challenge, { origin: `${origin}.example` }))).toBe('other-origin')
    expect(await check(await sign(challenge, { isFramed: true }))).toBe('other-origin')
    expect(await check(await sign(challenge, { site: 'evil.example' }))).toBe('other-site')
    expect(await check(await sign(challenge, { type: 'webauthn.create' }))).toBe('other-purpose')
    expect(await check(await sign(challenge, { flags: 0x01 }))).toBe('nobody-verified')
    expect(await check(await sign(challenge, { flags: 0x04 }))).toBe('nobody-verified')
    expect(await check({}, { key: foreign })).toBe('bad-signature')
    expect(await check({}, { key: other.key })).toBe('other-passkey')
    expect(await check({ officer: newId() })).toBe('other-passkey')
  })

  test('does not hold when any bit of it is another', async () => {
    const { key, sign } = passkey(algorithm)
    const whole = await sign(challenge)
    const part = fc.constantFrom('authenticator', 'client', 'signature')
    await fc.assert(
      fc.asyncProperty(part, fc.nat(), fc.nat(7), async (name, place, bit) => {
        const bytes = bytesOf(whole[name as 'client'])
        const at = place % bytes.length
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit)
        const changed = { ...whole, [name]: toBase64Url(bytes) }
        expect(await checkAssertion(changed, { challenge, key })).toBeDefined()
      }),
      { numRuns: 150 },
    )
    for (const text of ['', 'AA', '!']) {
      for (const name of ['authenticator', 'client', 'signature']) {
        expect(await check({ [name]: text }), name).toBeDefined()
      }
    }
  })

  test('is checked by the key that the authenticator gave, told in another form', () => {
    const { cose, key } = passkey(algorithm)
    expect(keyOfCose(cose)).toEqual({ algorithm, publicKey: key.publicKey })
    for (let length = 0; length < cose.length; length += 1) {
      expect(keyOfCose(cose.slice(0, length))).toBeUndefined()
    }
    expect(keyOfCose(concatBytes(cose, Uint8Array.of(0)))).toBeUndefined()
  })
})

describe('a key of an officer', () => {
  test('is refused where it is of another kind, or too short to be safe', async () => {
    const { key } = passkey('ES256')
    expect(OfficerKey.safeParse({ ...key, algorithm: 'EdDSA' }).success).toBe(false)
    expect(OfficerKey.safeParse({ ...key, publicKey: key.publicKey.slice(0, -4) }).success).toBe(
      false,
    )
    const short = await makePasskey('RS256', officer, 1024)
    const assertion = await short.sign(challenge)
    expect(await checkAssertion(assertion, { challenge, key: short.key })).toBe('bad-signature')
  })

  test('reads what authenticators may write, and nothing besides', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 90 }), (bytes) => {
        const read = keyOfCose(bytes)
        if (read) expect(bytes[0]).toBeGreaterThanOrEqual(0xa0)
      }),
      { numRuns: 5000 },
    )
  })
})

describe('a signature of P-256', () => {
  test('counts with the higher value of s as with the lower: authenticators give either', async () => {
    const { key, sign } = passkey('ES256')
    const assertion = await sign(challenge)
    const given = p256.Signature.fromBytes(bytesOf(assertion.signature), 'der')
    const { n } = p256.Point.CURVE()
    const other = new p256.Signature(given.r, n - given.s)
    const turned = { ...assertion, signature: toBase64Url(other.toBytes('der')) }
    expect(await checkAssertion(turned, { challenge, key })).toBeUndefined()
  })
})

describe('a ballot', () => {
  test('has one challenge, that names its purpose and all of its parts', () => {
    const text = `tocsin-ballot/v1\n${canonicalJson(ballot as never)}`
    expect(challenge).toEqual(sha256(new TextEncoder().encode(text)))
    for (const change of [{ reading: 3 }, { choice: 'no' }, { explanation: null }, { texts: {} }]) {
      expect(ballotChallenge({ ...ballot, ...change } as Ballot)).not.toEqual(challenge)
    }
  })

  test('is signed by the officers whose passkeys signed it, each once', async () => {
    const second = newId<PersonId>()
    const [one, two, spare] = [
      passkey('ES256'),
      await makePasskey('EdDSA', second),
      await makePasskey('ES256', officer),
    ]
    const keys = [one.key, two.key, spare.key]
    const [first, other, again] = await Promise.all(
      [one, two, spare].map(({ sign }) => sign(challenge)),
    )
    if (!first || !other || !again) throw new Error('three assertions')
    expect(await signersOf(ballot, [first], keys)).toEqual([officer])
    expect(await signersOf(ballot, [first, other], keys)).toEqual([officer, second].sort())
    // One person with two passkeys is one person.
    expect(await signersOf(ballot, [first, again], keys)).toEqual([officer])
    expect(await signersOf(ballot, [first], [two.key])).toEqual([])
    expect(await signersOf({ ...ballot, choice: 'no' }, [first, other], keys)).toEqual([])
    // A stolen session can send anything but this.
    expect(await signersOf(ballot, [{ ...first, signature: other.signature }], keys)).toEqual([])
  })
})
