import { OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { z } from 'zod'
import type { Json } from './canonical.ts'
import {
  digestOf,
  type KeyOf,
  readHeader,
  readSigned,
  type Signed,
  type SignedFault,
  sign,
} from './jws.ts'

/*
 * An entry of a matter's record, signed, in one chain for each matter. The digest names it and is all
 * that a log needs to hold.
 */

export const StatementHeader = z.strictObject({
  alg: z.literal('Ed25519'),
  /** The organisation's key that signed. */
  kid: z.string().min(1).max(100),
  typ: z.literal('tocsin+jws'),
  cty: z.string().max(100),
  /** Who states it. */
  org: OrganisationId,
  /** What it belongs to: the chain of one matter. */
  aud: z.string().min(1).max(100),
  /** Its place in the chain, from 1, without gaps. */
  aseq: z.int().positive(),
  /** The digest of the statement before it; null for the first. */
  aprev: Sha256.nullable(),
  /** Random, so that a digest does not give away what little was said. */
  salt: z.string().min(22).max(64),
})
export type StatementHeader = Readonly<z.infer<typeof StatementHeader>>

/** What is wrong with a statement or a chain of them. */
export type StatementFault = SignedFault | 'wrong-place'

/** Signs what is stated with the organisation's seed of 32 bytes. */
export const signStatement = (header: StatementHeader, payload: Json, seed: Uint8Array): Signed =>
  sign(header as Json, payload, seed)

/** The key that a statement names; checks nothing. Undefined where its header cannot be read. */
export const kidOf = (statement: Signed): string | undefined =>
  readHeader(StatementHeader, statement)?.kid

/** Checks the signature before it reads anything; keys are base64url. */
export const readStatement = (statement: Signed, keyOf: KeyOf) =>
  readSigned(StatementHeader, statement, keyOf)

/** Checks a whole chain from its first statement on; answers the first fault and its place. */
export function checkStatements(
  statements: readonly Signed[],
  keyOf: KeyOf,
): { readonly at: number; readonly fault: StatementFault } | undefined {
  let previous: Sha256 | null = null
  for (const [index, statement] of statements.entries()) {
    const read = readStatement(statement, keyOf)
    if ('fault' in read) return { at: index + 1, fault: read.fault }
    const { aseq, aprev } = read.header
    if (aseq !== index + 1 || aprev !== previous) return { at: index + 1, fault: 'wrong-place' }
    previous = digestOf(statement)
  }
  return undefined
}
