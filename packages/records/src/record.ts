import { OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { AudienceId } from '@tocsin/domain/network.ts'
import { z } from 'zod'
import { fromBase64Url } from './base64.ts'
import { canonicalJson, type Json } from './canonical.ts'
import {
  type KeyOf,
  payloadOf,
  readHeader,
  readSigned,
  Signed,
  type SignedFault,
  sign,
  type Verify,
} from './jws.ts'
import { type JsonFault, objectLimit, readStrictJson } from './strict-json.ts'

/** What stands around a record of the network: who says it, to whom, and after what. */
export const RecordHeader = z.strictObject({
  alg: z.literal('Ed25519'),
  /** The organisation's key that signed. */
  kid: z.string().min(1).max(100),
  typ: z.literal('cpr+jws'),
  cty: z.literal('application/stix+json;version=2.1'),
  org: OrganisationId,
  aud: AudienceId,
  /** The epoch of the audience whose key sealed it. */
  aep: z.int().min(0),
  /** Its place among what this organisation told this audience, from 1, without gaps. */
  aseq: z.int().positive(),
  /** The record before it in that order; null for the first. */
  aprev: Sha256.nullable(),
  /** Records that it speaks of. */
  refs: z.array(Sha256).max(64),
  /** Random, so that a digest does not give away what little was said. */
  salt: z.string().min(22).max(64),
})
export type RecordHeader = Readonly<z.infer<typeof RecordHeader>>

/** The part of a STIX 2.1 object that every record has; each type adds its own (stix/). */
export const RecordedObject = z.looseObject({
  type: z
    .string()
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
    .max(250),
  spec_version: z.literal('2.1'),
  id: z.string().max(300),
  created: z.iso.datetime({ precision: 3 }),
  modified: z.iso.datetime({ precision: 3 }),
})
export type RecordedObject = Readonly<z.infer<typeof RecordedObject>>

/** What can be wrong with a record, in the order in which a receiver looks. */
export type RecordFault =
  | 'too-large'
  | 'not-a-record'
  | 'not-base64'
  | SignedFault
  | 'not-an-object'

/** The most that a header may hold, in bytes: 64 records that it speaks of, and room. */
const headerLimit = 8 * 1024

const base64Length = (bytes: number): number => Math.ceil((bytes * 4) / 3)

/** No record is longer than this in its one text, in bytes. */
export const recordLimit = base64Length(objectLimit) + base64Length(headerLimit) + 256

/**
 * Signs a STIX object as a record, with the organisation's seed of 32 bytes. Throws a TypeError on
 * what no receiver would let in.
 */
export function signRecord(header: RecordHeader, object: RecordedObject, seed: Uint8Array): Signed {
  const record = sign(header as Json, object as Json, seed)
  if (!isSmall(record)) throw new TypeError('too large for a record')
  return record
}

const isSmall = ({ protected: head, payload, signature }: Signed): boolean =>
  head.length <= base64Length(headerLimit) &&
  payload.length <= base64Length(objectLimit) &&
  signature.length <= 86

type ReadRecord =
  | { readonly header: RecordHeader; readonly object: RecordedObject }
  /** Where JSON is at fault, what is wrong with it. */
  | { readonly fault: RecordFault; readonly because?: JsonFault }

/**
 * Checks a record as whoever receives one must, each step before the next reads further: size,
 * base64, signature by a key of the organisation, the one text of what is said, a STIX object.
 */
export function readRecord(record: Signed, keyOf: KeyOf, verify?: Verify): ReadRecord {
  if (!isSmall(record)) return { fault: 'too-large' }
  if (!Object.values(record).every(fromBase64Url)) return { fault: 'not-base64' }
  const read = readSigned(RecordHeader, record, keyOf, verify)
  if ('fault' in read) return read
  const object = RecordedObject.safeParse(read.payload)
  return object.success ? { header: read.header, object: object.data } : { fault: 'not-an-object' }
}

/** What a record says that was checked when it was taken in; throws where it says nothing. */
export const readKept = (record: Signed) => ({
  header: RecordHeader.parse(readHeader(RecordHeader, record)),
  object: RecordedObject.parse(payloadOf(record)),
})

/** The one text of a record, in which it is sealed and kept in files. */
export const recordText = (record: Signed): string => canonicalJson(record as Json)

type CheckedRecord =
  | { readonly record: Signed; readonly header: RecordHeader; readonly object: RecordedObject }
  | { readonly fault: RecordFault; readonly because?: JsonFault }

/** The door for a record from outside, as bytes in its one text or as JSON that was let in. */
export function checkRecord(received: Uint8Array | Json | Signed, keyOf: KeyOf): CheckedRecord {
  const taken = received instanceof Uint8Array ? parseRecord(received) : takeRecord(received)
  if ('fault' in taken) return taken
  const read = readRecord(taken.record, keyOf)
  return 'fault' in read ? read : { record: taken.record, ...read }
}

type Taken =
  | { readonly record: Signed }
  | { readonly fault: RecordFault; readonly because?: JsonFault }

/** Checks nothing but the form. */
function parseRecord(bytes: Uint8Array): Taken {
  if (bytes.length > recordLimit) return { fault: 'too-large' }
  const read = readStrictJson(bytes, recordLimit)
  if ('fault' in read) return { fault: 'not-a-record', because: read.fault }
  const taken = takeRecord(read.value)
  if ('fault' in taken) return taken
  const again = new TextEncoder().encode(recordText(taken.record))
  const isSame = again.length === bytes.length && again.every((byte, at) => byte === bytes[at])
  return isSame ? taken : { fault: 'not-canonical' }
}

function takeRecord(value: unknown): Taken {
  const record = Signed.safeParse(value)
  return record.success ? { record: record.data } : { fault: 'not-a-record' }
}
