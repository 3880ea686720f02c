import { createPublicKey, verify } from 'node:crypto'
import { fromBase64Url } from '@tocsin/records/base64.ts'
import { publicKeyOf, verifyEd25519 } from '@tocsin/records/jws.ts'
import { expect, test } from 'vitest'
import { verifyFast } from './verify.ts'

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'))
const message = new TextEncoder().encode('The bridge is closed')
const key = fromBase64Url(publicKeyOf(new Uint8Array(32).fill(7))) as Uint8Array
const good = bytesOf(
  '056299f796f050f7113ca281b69c6c29c458d66df21ba0b3c93667cb45a67cad' +
    '8bef083972922a204962a1f0f7ebe51b6f5fcbfc919183898568c28322f9eb04',
)
/** By the same key, its point moved by one of order 8, which RFC 8032 takes away again. */
const moved = bytesOf(
  'd0269f4d6e3acaeb0131ecbe03f232759b74c6cb3d3acc99908c859ab00e1e40' +
    '193ff141a3f4555669f178f9add645837f2761c58e644cd79740042c91e56900',
)
const identity = Uint8Array.from({ length: 32 }, (_, at) => (at === 0 ? 1 : 0))
/** With the identity for its key it fits any message. */
const empty = Uint8Array.from({ length: 64 }, (_, at) => (at === 0 ? 1 : 0))

const changed = (bytes: Uint8Array, at: number) =>
  bytes.map((byte, index) => (index === at ? byte ^ 1 : byte))

test.each([
  ['a good signature', good, message, key, true],
  ['another message', good, changed(message, 3), key, false],
  ['a changed point', changed(good, 0), message, key, false],
  ['a changed answer', changed(good, 40), message, key, false],
  ['a signature that is cut short', good.subarray(0, 63), message, key, false],
  ['a point that was moved', moved, message, key, true],
  ['a key that fits any message', empty, message, identity, false],
  ['a key that is none', good, message, new Uint8Array(32).fill(255), false],
])('%s is judged as RFC 8032 has it', (_, signature, said, by, isGood) => {
  expect(verifyEd25519(signature, said, by)).toBe(isGood)
  expect(verifyFast(signature, said, by)).toBe(isGood)
})

test('OpenSSL alone would refuse what RFC 8032 lets in', () => {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: publicKeyOf(new Uint8Array(32).fill(7)) }
  const object = createPublicKey({ key: jwk, format: 'jwk' })
  expect(verify(null, message, object, good)).toBe(true)
  expect(verify(null, message, object, moved)).toBe(false)
})
