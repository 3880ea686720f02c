import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { Instant } from '@tocsin/domain/brand.ts'
import { type AgeKey, newAgeKey } from '../src/age.ts'
import { textToBase64Url, toBase64, toBase64Url } from '../src/base64.ts'
import { canonicalJson, type Json } from '../src/canonical.ts'
import { digestOf, publicKeyOf, type Signed } from '../src/jws.ts'
import { type RecordFault, signRecord } from '../src/record.ts'
import { type SealedCarrier, sealKey, sealRecords } from '../src/seal.ts'
import { type JsonFault, readStrictJson } from '../src/strict-json.ts'
import { createdBy, header, kid, madeRecord, object, organisation, seed } from './made-network.ts'

const sumOf = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)))

const values: readonly Json[] = [
  null,
  { b: 1, a: [true, false, null, '', {}] },
  { '€': 1e-7, '\r': 0.1, '😀': -0.5, '\ufb33': 9007199254740991, '1': [] },
  'Chalk, “Лower” 科夫 \u0000\u001f\u007f\u00ad\u2028 \\ / "',
]

const gate: readonly (readonly [string | Uint8Array, JsonFault | null])[] = [
  ['{"a":[1,-2.5,1e-7]}', null],
  [' {"a" : "\\u00e9\\ud83d\\ude00"}\n', null],
  ['\ufeff{}', 'byte-order-mark'],
  [new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22]), 'not-utf8'],
  ['{"a":1,}', 'not-json'],
  ['01', 'trailing-bytes'],
  ['{} {}', 'trailing-bytes'],
  ['['.repeat(33) + ']'.repeat(33), 'too-deep'],
  ['{"a":1,"\\u0061":2}', 'duplicate-key'],
  ['{"__proto__":1}', 'forbidden-key'],
  ['"\\ud800"', 'lone-surrogate'],
  ['9007199254740992', 'number'],
  ['-0', 'number'],
  ['1.0', 'number'],
]

/** Signed, although it is not what a record may be. */
function forged(payload: string, head = canonicalJson(header() as Json)): Signed {
  const signed = { protected: textToBase64Url(head), payload: textToBase64Url(payload) }
  const signature = ed25519.sign(utf8ToBytes(`${signed.protected}.${signed.payload}`), seed)
  return { ...signed, signature: toBase64Url(signature) }
}

type RecordVector = {
  readonly about: string
  readonly record: Signed
  readonly fault: RecordFault | null
}

function records(): readonly RecordVector[] {
  const first = madeRecord()
  const second = signRecord(header(2, digestOf(first)), object('Two families left.'), seed)
  const text = canonicalJson(object() as Json)
  const other = signRecord(
    header(),
    object(),
    seed.map((byte) => byte + 1),
  )
  const head = canonicalJson(header() as Json)
  return [
    { about: 'the first of its author to its audience', record: first, fault: null },
    { about: 'the one after it', record: second, fault: null },
    {
      about: 'a number that is no integer',
      record: forged(canonicalJson({ ...object(), confidence: 0.5 } as Json)),
      fault: null,
    },
    {
      about: 'base64url with a bit left over',
      record: {
        ...first,
        signature: first.signature.replace(/.$/, (sign) =>
          String.fromCharCode(sign.charCodeAt(0) + 1),
        ),
      },
      fault: 'not-base64',
    },
    {
      about: 'a member more',
      record: forged(text, head.replace('{', '{"aaa":1,')),
      fault: 'not-readable',
    },
    {
      about: 'a header with a space',
      record: forged(text, head.replace('{', '{ ')),
      fault: 'not-readable',
    },
    {
      about: 'a key that nobody has',
      record: forged(text, head.replace(kid, `${organisation}/b`)),
      fault: 'unknown-key',
    },
    { about: 'another key under that name', record: other, fault: 'bad-signature' },
    {
      about: 'the signature of another record',
      record: { ...first, signature: second.signature },
      fault: 'bad-signature',
    },
    {
      about: 'the payload of another record',
      record: { ...first, payload: second.payload },
      fault: 'bad-signature',
    },
    {
      about: 'a space in what is said',
      record: forged(text.replace('{', '{ ')),
      fault: 'not-canonical',
    },
    {
      about: 'members in another order',
      record: forged(JSON.stringify(object())),
      fault: 'not-canonical',
    },
    {
      about: 'a key twice',
      record: forged(text.replace('{', '{"content":"",')),
      fault: 'not-readable',
    },
    {
      about: 'half a character',
      record: forged(text.replace('Chalk', '\\ud800')),
      fault: 'not-readable',
    },
    {
      about: 'a number no double holds',
      record: forged(text.replace('{', '{"a":9007199254740993,')),
      fault: 'not-readable',
    },
    { about: 'no STIX object', record: forged('{}'), fault: 'not-an-object' },
  ]
}

/** The files of docs/protocol/vectors/records that are the same on every machine. */
export function recordVectors(): Readonly<Record<string, string>> {
  const canonical = values.map((value) => {
    const text = canonicalJson(value)
    return { json: JSON.stringify(value), canonical: text, sha256: sumOf(text) }
  })
  const json = gate.map(([said, fault]) => {
    const bytes = typeof said === 'string' ? utf8ToBytes(said) : said
    const read = readStrictJson(bytes)
    return {
      bytes: toBase64(bytes),
      fault,
      ...('value' in read && { canonical: canonicalJson(read.value) }),
    }
  })
  const keys = [{ kid, organisation, publicKey: publicKeyOf(seed), seed: toBase64Url(seed) }]
  const said = records().map((vector) => ({ ...vector, digest: digestOf(vector.record) }))
  return {
    'canonical.json': print(canonical),
    'json.json': print(json),
    'records.json': print({ keys, records: said }),
  }
}

const print = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

export type SealedVectors = {
  readonly key: AgeKey
  readonly records: readonly Signed[]
  readonly carrier: SealedCarrier
  readonly members: readonly AgeKey[]
  readonly sealedKey: string
}

/** What is sealed has chance in it, and is as long as a machine's deflate makes it. */
export async function sealedVectors(): Promise<string> {
  return withoutChance(async () => {
    const key = await newAgeKey()
    const members = [await newAgeKey(), await newAgeKey()]
    const sealed = records()
      .filter(({ fault }) => fault === null)
      .map(({ record }) => record)
    const at = Instant.parse('2026-01-01T10:20:30.000Z')
    const carrier = await sealRecords(sealed, key.recipient, { createdBy, at })
    const sealedKey = await sealKey(
      key.identity,
      members.map(({ recipient }) => recipient),
    )
    return print({ key, records: sealed, carrier, members, sealedKey } satisfies SealedVectors)
  })
}

/** Keys that the whole world knows must come out the same, and be of use to nobody. */
async function withoutChance<T>(make: () => Promise<T>): Promise<T> {
  let drawn = 0
  const draw = (bytes: Uint8Array) => {
    for (let at = 0; at < bytes.length; at += 32, drawn += 1) {
      bytes.set(sha256(utf8ToBytes(`vector ${drawn}`)).subarray(0, bytes.length - at), at)
    }
    return bytes
  }
  const uuid = () => 'b5f0c6a0-0000-4000-8000-000000000000'
  Object.defineProperty(crypto, 'getRandomValues', { value: draw, configurable: true })
  Object.defineProperty(crypto, 'randomUUID', { value: uuid, configurable: true })
  try {
    return await make()
  } finally {
    Reflect.deleteProperty(crypto, 'getRandomValues')
    Reflect.deleteProperty(crypto, 'randomUUID')
  }
}
