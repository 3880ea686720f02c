import { OrganisationId } from '@tocsin/domain/brand.ts'
import { z } from 'zod'
import { type KeyOf, readSigned, type Signed, sign } from '../jws.ts'

/* That whoever answers for an organisation holds its key now: its own kind of statement, so that it can
 * never be taken for a record. */

const Header = z.strictObject({
  alg: z.literal('Ed25519'),
  kid: z.string().max(100),
  typ: z.literal('tocsin-possession+jws'),
  org: OrganisationId,
})
const Drawn = z.strictObject({ nonce: z.string() })

export const signPossession = (
  { kid, seed }: { readonly kid: string; readonly seed: Uint8Array },
  org: OrganisationId,
  nonce: string,
): Signed => sign({ alg: 'Ed25519', kid, typ: 'tocsin-possession+jws', org }, { nonce }, seed)

export function provesPossession(
  signed: Signed,
  keyOf: KeyOf,
  { organisation, nonce }: { readonly organisation: OrganisationId; readonly nonce: string },
): boolean {
  const read = readSigned(Header, signed, keyOf)
  if ('fault' in read || read.header.org !== organisation) return false
  return Drawn.safeParse(read.payload).data?.nonce === nonce
}
