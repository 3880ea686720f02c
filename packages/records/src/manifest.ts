import { type OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { z } from 'zod'
import type { Json } from './canonical.ts'
import type { KeyOf, Signed } from './jws.ts'
import { readStatement, signStatement } from './statement.ts'

/*
 * The list of files in an archive, under a signature: whoever swaps the document that people read
 * for another is found out as surely as whoever changes the record itself.
 */

const Manifest = z.strictObject({
  files: z.array(z.strictObject({ name: z.string(), bytes: z.int(), sha256: Sha256 })),
})
export type Manifest = Readonly<z.infer<typeof Manifest>>

type Signer = {
  readonly kid: string
  readonly seed: Uint8Array
  readonly salt: string
  readonly organisation: OrganisationId
  /** What the archive is about. */
  readonly about: string
}

const type = 'application/vnd.tocsin.manifest+json'

export function signManifest(
  manifest: Manifest,
  { kid, seed, salt, organisation: org, about: aud }: Signer,
): Signed {
  const place = { aud: `${aud}/manifest`, aseq: 1, aprev: null }
  const header = { alg: 'Ed25519', kid, typ: 'tocsin+jws', cty: type, org, salt, ...place } as const
  return signStatement(header, manifest as Json, seed)
}

/** The files that a signed manifest lists; undefined where it is not one of these signed for this. */
export function readManifest(statement: Signed, about: string, keyOf: KeyOf): Manifest | undefined {
  const read = readStatement(statement, keyOf)
  if ('fault' in read) return undefined
  if (read.header.cty !== type || read.header.aud !== `${about}/manifest`) return undefined
  return Manifest.safeParse(read.payload).data
}
