import { OrganisationId } from '@tocsin/domain/brand.ts'
import { z } from 'zod'
import { canonicalJson, type Json } from './canonical.ts'
import { Signed } from './jws.ts'

/*
 * A decision with all that it rests on, in one file: whoever holds it counts again, with no network and
 * without us. Nothing in it needs a seal of its own, because each record is signed and proven.
 * docs/protocol/decisions.md.
 */

export const DecisionFile = z.strictObject({
  format: z.literal('tocsin-decision'),
  version: z.literal(1),
  /** Which logs and witnesses count (C2SP tlog-policy), as the room agreed; a reader may have another. */
  policy: z.string().max(100_000),
  /** Who signs with which key: Ed25519, 32 bytes in base64url. */
  keys: z
    .array(
      z.strictObject({
        kid: z.string().min(1).max(100),
        organisation: OrganisationId,
        organisationName: z.string().max(1000),
        publicKey: z.base64url().length(43),
      }),
    )
    .min(1)
    .max(2000),
  /** Question, officers' keys, ballots, positions, order, tally and decision, verbatim. */
  records: z.array(Signed).min(1).max(20_000),
  /** Proofs that records were in a log, and who had seen it by when (C2SP tlog-proof). */
  proofs: z.array(z.string().max(100_000)).max(60_000),
})
export type DecisionFile = Readonly<z.infer<typeof DecisionFile>>

/** The file's bytes, as text. Throws where it would not be read again. */
export const decisionFileText = (file: DecisionFile): string =>
  canonicalJson(DecisionFile.parse(file) as Json)
