import { OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { AudienceId } from '@tocsin/domain/network.ts'
import { z } from 'zod'
import type { Json } from './canonical.ts'
import {
  type KeyOf,
  payloadOf,
  readHeader,
  readSigned,
  type Signed,
  type SignedFault,
  sign,
} from './jws.ts'

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

export type RecordFault = SignedFault | 'not-an-object'

/** Signs a STIX object as a record, with the organisation's seed of 32 bytes. */
export const signRecord = (
  header: RecordHeader,
  object: RecordedObject,
  seed: Uint8Array,
): Signed => sign(header as Json, object as Json, seed)

type ReadRecord =
  | { readonly header: RecordHeader; readonly object: RecordedObject }
  | { readonly fault: RecordFault }

/** Checks the signature before it reads what is said; keys are base64url. */
export function readRecord(record: Signed, keyOf: KeyOf): ReadRecord {
  const read = readSigned(RecordHeader, record, keyOf)
  if ('fault' in read) return read
  const object = RecordedObject.safeParse(read.payload)
  return object.success ? { header: read.header, object: object.data } : { fault: 'not-an-object' }
}

/** What a record says that was checked when it was taken in; throws where it says nothing. */
export const readKept = (record: Signed) => ({
  header: RecordHeader.parse(readHeader(RecordHeader, record)),
  object: RecordedObject.parse(payloadOf(record)),
})
