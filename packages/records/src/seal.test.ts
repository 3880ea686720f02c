import { Instant } from '@tocsin/domain/brand.ts'
import { Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createdBy, madeRecord } from '../test/made-network.ts'
import { newAgeKey } from './age.ts'
import { toBase64 } from './base64.ts'
import type { Signed } from './jws.ts'
import { padme } from './padding.ts'
import {
  audienceHandle,
  openKey,
  openSealed,
  type SealedCarrier,
  sealKey,
  sealLimit,
  sealRecords,
} from './seal.ts'

const at = Instant.parse('2026-01-01T10:59:59.999Z')
const [key, stranger] = await Promise.all([newAgeKey(), newAgeKey()])
const sealed = (records: readonly Signed[]) =>
  sealRecords(records, key.recipient, { createdBy, at })
const ageSize = (text: string): number => Buffer.from(text, 'base64').length

/** A carrier around other bytes than records, closed as ours are. */
async function carrierOf(plain: Uint8Array, recipients = [key.recipient]): Promise<SealedCarrier> {
  const encrypter = new Encrypter()
  for (const recipient of recipients) encrypter.addRecipient(recipient)
  const ciphertext = toBase64(await encrypter.encrypt(plain))
  return { ...(await sealed([madeRecord()])), ciphertext }
}

async function framed(text: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'))
  const packed = await new Response(stream).bytes()
  const frame = new Uint8Array(padme(Math.max(1024, packed.length + 4)))
  new DataView(frame.buffer).setUint32(0, packed.length)
  frame.set(packed, 4)
  return frame
}

describe('records sealed to an audience', () => {
  test('come out as they went in, up to 256 of them', async () => {
    const many = Array.from({ length: sealLimit.records }, (_, n) => madeRecord(n + 1))
    for (const records of [many.slice(0, 1), many.slice(0, 7), many]) {
      const carrier = JSON.parse(JSON.stringify(await sealed(records)))
      expect(await openSealed(carrier, [stranger, key])).toEqual({ records })
    }
    await expect(sealed([])).rejects.toThrow(RangeError)
    await expect(sealed([...many, madeRecord()])).rejects.toThrow(RangeError)
    const large = Array.from({ length: 8 }, () => madeRecord(1, 'x'.repeat(200_000)))
    await expect(sealed(large)).rejects.toThrow(RangeError)
  })

  test('that do not shrink still fit', async () => {
    const noise = toBase64(crypto.getRandomValues(new Uint8Array(60_000)))
    const records = Array.from({ length: 8 }, (_, n) => madeRecord(n + 1, noise + n))
    expect(await openSealed(await sealed(records), [key])).toEqual({ records })
  })

  test('tell nothing but whose, the hour, the key and the size class', async () => {
    const { ciphertext, id, ...rest } = await sealed([madeRecord(1, 'Canary')])
    expect(rest).toEqual({
      type: 'cpr-sealed',
      spec_version: '2.1',
      created_by_ref: createdBy,
      created: '2026-01-01T10:00:00.000Z',
      modified: '2026-01-01T10:00:00.000Z',
      audience_handle: audienceHandle(key.recipient),
      extensions: expect.anything(),
    })
    expect(id).toMatch(/^cpr-sealed--[0-9a-f]{8}-[0-9a-f]{4}-4/)
    expect(Buffer.from(ciphertext, 'base64').toString('latin1')).not.toContain('Canary')
    // Two sealings of one thing share nothing that could be recognised.
    const again = await sealed([madeRecord(1, 'Canary')])
    expect(again.id).not.toBe(id)
    expect(again.ciphertext.slice(200)).not.toBe(ciphertext.slice(200))
  })

  test('have one of few sizes, whatever they say', async () => {
    const empty = ageSize((await carrierOf(new Uint8Array(0))).ciphertext)
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 3000 }), async (length) => {
        const noise = toBase64(crypto.getRandomValues(new Uint8Array(length)))
        const { ciphertext } = await sealed([madeRecord(1, noise)])
        const plain = ageSize(ciphertext) - empty
        expect(plain).toBeGreaterThanOrEqual(1024)
        expect(padme(plain)).toBe(plain)
      }),
      { numRuns: 40 },
    )
    const short = await Promise.all(
      ['', 'Yes.', 'We acknowledge it.'].map((text) => sealed([madeRecord(1, text)])),
    )
    expect(new Set(short.map(({ ciphertext }) => ciphertext.length)).size).toBe(1)
  })

  test('are closed with one hybrid key and nothing else', async () => {
    const head = Buffer.from((await sealed([madeRecord()])).ciphertext, 'base64').toString('latin1')
    expect(head.match(/^-> \S+/gm)).toEqual(['-> mlkem768x25519'])
    const classic = await identityToRecipient(await generateX25519Identity())
    await expect(sealRecords([madeRecord()], classic, { createdBy, at })).rejects.toThrow()
    await expect(sealKey(key.identity, [classic])).rejects.toThrow()
    const both = await carrierOf(await framed(new Uint8Array(1)), [
      key.recipient,
      stranger.recipient,
    ])
    expect(await openSealed(both, [key])).toEqual({ fault: 'not-hybrid' })
    const weak = await carrierOf(await framed(new Uint8Array(1)), [classic])
    expect(await openSealed(weak, [key])).toEqual({ fault: 'not-hybrid' })
  })

  test('that are not for us, cut short or changed are named so', async () => {
    const carrier = await sealed([madeRecord()])
    const bytes = Buffer.from(carrier.ciphertext, 'base64')
    const opened = (changed: Buffer) =>
      openSealed({ ...carrier, ciphertext: changed.toString('base64') }, [key])
    expect(await openSealed(carrier, [stranger])).toEqual({ fault: 'foreign' })
    expect(await openSealed(carrier, [])).toEqual({ fault: 'foreign' })
    const mine = { ...carrier, audience_handle: audienceHandle(stranger.recipient) }
    expect(await openSealed(mine, [stranger])).toEqual({ fault: 'altered' })
    for (const change of [null, [], {}, { ...carrier, more: 1 }, { ...carrier, id: 'x' }]) {
      expect(await openSealed(change, [key])).toEqual({ fault: 'not-a-carrier' })
    }
    const long = { ...carrier, ciphertext: 'A'.repeat(2_000_000) }
    expect(await openSealed(long, [key])).toEqual({ fault: 'too-large' })
    expect(await openSealed({ ...carrier, ciphertext: `${carrier.ciphertext}=` }, [key])).toEqual({
      fault: 'altered',
    })
    for (let length = 0; length < bytes.length; length += 97) {
      expect(await opened(bytes.subarray(0, length))).toHaveProperty('fault')
    }
    // Every byte of the header and of the start, and a sample of what follows.
    for (let place = 0; place < bytes.length; place += place < 120 ? 1 : 37) {
      const changed = Buffer.from(bytes)
      changed[place] = (changed[place] ?? 0) ^ 1
      expect(await opened(changed), `byte ${place}`).toHaveProperty('fault')
    }
  }, 120_000)

  test('that grow beyond the limit, or hold something else, are given up', async () => {
    const open = async (plain: Uint8Array) => openSealed(await carrierOf(plain), [key])
    const bomb = await framed(new Uint8Array(300_000_000))
    expect(bomb.length).toBeLessThan(sealLimit.bytes)
    expect(await open(bomb)).toEqual({ fault: 'expands-too-far' })
    const text = new TextEncoder().encode('{}\n')
    const sound = await framed(text)
    expect(await open(sound)).toEqual({ fault: 'not-records' })
    expect(await open(await framed(new Uint8Array(0)))).toEqual({ fault: 'not-records' })
    expect(await open(await framed(new TextEncoder().encode('\n'.repeat(300))))).toEqual({
      fault: 'not-records',
    })
    // What fills up must be nothing, and no more or less than it should.
    expect(await open(sound.with(-1, 1))).toEqual({ fault: 'not-padded' })
    expect(await open(new Uint8Array(1088))).toEqual({ fault: 'not-padded' })
    expect(await open(new Uint8Array(3))).toEqual({ fault: 'not-padded' })
    expect(await open(new Uint8Array(1024).fill(255))).toEqual({ fault: 'not-padded' })
    expect(await open(new Uint8Array(1024))).toEqual({ fault: 'not-records' })
    // Bytes after the end of what was made small.
    expect(await open(sound.with(3, (sound[3] ?? 0) + 5))).toEqual({ fault: 'not-records' })
  })
})

describe('the key of an epoch', () => {
  test('is opened by each member and by nobody else', async () => {
    const members = await Promise.all([newAgeKey(), newAgeKey(), newAgeKey()])
    const given = await sealKey(
      key.identity,
      members.map(({ recipient }) => recipient),
    )
    for (const member of members) expect(await openKey(given, [stranger, member])).toEqual({ key })
    expect(await openKey(given, [stranger])).toEqual({ fault: 'foreign' })
    expect(await openKey(given.slice(0, -4), members)).toEqual({ fault: 'altered' })
    expect(await openKey('', members)).toEqual({ fault: 'not-hybrid' })
    expect(await openKey('A'.repeat(4_000_000), members)).toEqual({ fault: 'too-large' })
    const other = (await carrierOf(new TextEncoder().encode('no key'))).ciphertext
    expect(await openKey(other, [key])).toEqual({ fault: 'altered' })
  })

  test('makes a handle that has nothing of the audience', () => {
    expect(audienceHandle(key.recipient)).not.toBe(audienceHandle(stranger.recipient))
    expect(audienceHandle(key.recipient)).toMatch(/^[0-9a-f]{32}$/)
  })
})
