import { ed25519 } from '@noble/curves/ed25519.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { networkJson } from '../test/json-values.ts'
import { header, keyOf, object, seed } from '../test/made-network.ts'
import { toBase64Url } from './base64.ts'
import type { Json } from './canonical.ts'
import { digestOf, type Signed } from './jws.ts'
import { checkRecord, readKept, recordLimit, recordText, signRecord } from './record.ts'
import { objectLimit } from './strict-json.ts'

const [head, said] = [header(), object()]
const record = signRecord(head, said, seed)
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const bytes = bytesOf(recordText(record))
const checked = (received: Uint8Array | Json | Signed) => checkRecord(received, keyOf)
const sealedAs = (part: 'protected' | 'payload', text: string): Signed => ({
  ...record,
  [part]: toBase64Url(bytesOf(text)),
})

/** Signed for all that it is not what a record may be. */
function forged(text: string): Signed {
  const payload = toBase64Url(bytesOf(text))
  const signature = ed25519.sign(bytesOf(`${record.protected}.${payload}`), seed)
  return { ...record, payload, signature: toBase64Url(signature) }
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Another text of the same bytes: the last sign of 86 has four bits that count for nothing. */
const looser = (text: string): string =>
  text.slice(0, -1) + alphabet[alphabet.indexOf(text.slice(-1)) ^ 1]

describe('a record from outside', () => {
  test('says what was signed, as bytes and as JSON that was let in', () => {
    expect(checked(bytes)).toEqual({ record, header: head, object: said })
    expect(checked(record)).toEqual({ record, header: head, object: said })
    fc.assert(
      fc.property(networkJson, (content) => {
        const other = { ...said, content }
        const signed = signRecord(head, other, seed)
        expect(checked(bytesOf(recordText(signed)))).toEqual({
          record: signed,
          header: head,
          object: other,
        })
      }),
      { numRuns: 100 },
    )
  })

  test('is refused when any byte of it is another', () => {
    let refused = 0
    for (const [at, byte] of bytes.entries()) {
      // Each bit turned, and every sign that could pass for another.
      const bits = [1, 2, 4, 8, 16, 32, 64, 128].map((bit) => byte ^ bit)
      const signs = [0, 0x20, 0x22, 0x2b, 0x2d, 0x2f, 0x3d, 0x41, 0x5c, 0x5f, 0x61, 0x7b, 0xff]
      for (const other of new Set([...bits, ...signs])) {
        if (other === byte) continue
        const answer = checked(bytes.with(at, other))
        expect('fault' in answer, `byte ${at} as ${other}`).toBe(true)
        refused += 1
      }
    }
    expect(refused).toBeGreaterThan(bytes.length * 15)
  })

  test('is refused when a byte of it is missing, twice there, or added', () => {
    for (let at = 0; at <= bytes.length; at += 1) {
      const [before, after] = [[...bytes.slice(0, at)], [...bytes.slice(at)]]
      const variants = [
        [...before, ...after.slice(1)],
        [...before, ...after.slice(0, 1), ...after],
        [...before, 0x20, ...after],
      ]
      for (const variant of variants.filter((other) => other.length !== bytes.length)) {
        expect('fault' in checked(new Uint8Array(variant))).toBe(true)
      }
    }
  })

  test('is refused when one character of what JSON let in is another', () => {
    const signs = [...'Ab0-_+= ']
    for (const part of ['protected', 'payload', 'signature'] as const) {
      for (const [at, sign] of [...record[part]].entries()) {
        for (const other of signs.filter((candidate) => candidate !== sign)) {
          const text = record[part].slice(0, at) + other + record[part].slice(at + 1)
          expect('fault' in checked({ ...record, [part]: text })).toBe(true)
        }
      }
    }
  })

  test('has each fault named in the order in which a receiver looks', () => {
    const spaced = bytesOf(recordText(record).replace('{', '{ '))
    const json = JSON.stringify(said)
    expect(checked(new Uint8Array(recordLimit + 1))).toEqual({ fault: 'too-large' })
    expect(checked({ ...record, payload: 'A'.repeat(objectLimit * 2) })).toEqual({
      fault: 'too-large',
    })
    expect(checked(bytesOf('{"payload":"","payload":""}'))).toEqual({
      fault: 'not-a-record',
      because: 'duplicate-key',
    })
    expect(checked({ ...record, more: 1 } as Json)).toEqual({ fault: 'not-a-record' })
    expect(checked(bytesOf('[]'))).toEqual({ fault: 'not-a-record' })
    expect(checked(spaced)).toEqual({ fault: 'not-canonical' })
    expect(checked({ ...record, signature: looser(record.signature) })).toEqual({
      fault: 'not-base64',
    })
    expect(checked(sealedAs('protected', '{}'))).toEqual({ fault: 'not-readable' })
    expect(checkRecord(record, () => undefined)).toEqual({ fault: 'unknown-key' })
    expect(checked(sealedAs('payload', json))).toEqual({ fault: 'bad-signature' })
    expect(checked(forged(json))).toEqual({ fault: 'not-canonical' })
    expect(checked(forged('{"a":1,"a":2}'))).toEqual({
      fault: 'not-readable',
      because: 'duplicate-key',
    })
    expect(checked(forged('{"a":"\\ud800"}'))).toMatchObject({ because: 'lone-surrogate' })
    expect(checked(forged('{"__proto__":1}'))).toMatchObject({ because: 'forbidden-key' })
    expect(checked(signRecord(head, { ...said, id: 7 } as never, seed))).toEqual({
      fault: 'not-an-object',
    })
  })

  test('that no receiver would let in is not signed', () => {
    const tooDeep = JSON.parse(`${'['.repeat(32)}${']'.repeat(32)}`)
    for (const content of [2 ** 53, tooDeep, JSON.parse('{"__proto__":1}')]) {
      expect(() => signRecord(head, { ...said, content }, seed)).toThrow(TypeError)
    }
    const content = 'a'.repeat(objectLimit)
    expect(() => signRecord(head, { ...said, content }, seed)).toThrow(TypeError)
  })

  test('is read again when it was kept', () => {
    expect(readKept(record)).toEqual({ header: head, object: said })
  })

  test('keeps its name whatever its signature looks like', () => {
    expect(digestOf({ ...record, signature: '' })).toBe(digestOf(record))
  })
})
