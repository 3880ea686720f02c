import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { Stamp } from '@tocsin/domain/stamps.ts'
import { z } from 'zod'
import { fromBase64Url } from './base64.ts'
import { canonicalJson, type Json } from './canonical.ts'
import { type KeyOf, Signed } from './jws.ts'
import { readStatement, signStatement } from './statement.ts'

/*
 * The due-diligence record of a matter: who knew what, when, and what they did, in one file that an
 * outsider checks with no network and without us. Its shape is frozen: what was issued stays
 * readable, so texts that grow with the product (drafts) are held as they were signed. The file's
 * bytes are the canonical JSON of its content and nothing else. docs/protocol/due-diligence.md.
 */

const Text = z.string().max(100_000)

/** Who signs with which key; the seal vouches for the list, and another way for the seal's key. */
const PublicKey = z.strictObject({
  kid: z.string().max(100),
  organisation: OrganisationId,
  organisationName: Text,
  /** Ed25519, 32 bytes in base64url. */
  publicKey: z.base64url().length(43),
})

const SignedWarning = z.strictObject({
  id: z.uuid(),
  symbol: Text,
  state: Text,
  /** The text as it was signed: SHA-256 of its canonical JSON is what the signatures are under. */
  draft: z.record(z.string(), z.json()),
  sha256: Sha256,
  replaces: z.uuid().nullable(),
  sentAt: Instant.nullable(),
  signatures: z.array(
    z.strictObject({ name: Text, office: Text.nullable(), at: Instant, credential: Text }),
  ),
})

/** How one notice went out: the way, never the address. */
const NoticeDelivery = z.strictObject({
  channel: Text,
  step: Text,
  state: Text,
  attempts: z.int().nonnegative(),
  mayRepeat: z.boolean(),
  reason: Text.nullable(),
  sentAt: Instant.nullable(),
})

const ToldAuthority = z.strictObject({
  id: z.uuid(),
  warning: z.uuid(),
  authority: Text,
  office: Text,
  legalBasis: Text,
  state: Text,
  sentAt: Instant.nullable(),
  openedAt: Instant.nullable(),
  acknowledgedAt: Instant.nullable(),
  acknowledgement: z
    .strictObject({ reaction: Text, note: Text.nullable(), name: Text, office: Text })
    .nullable(),
  answeredAt: Instant.nullable(),
  answer: z
    .strictObject({
      outcome: Text,
      text: Text,
      /** The office to turn to instead, where this one is not the competent one. */
      forwardTo: Text.optional(),
      name: Text,
      office: Text,
    })
    .nullable(),
  acknowledgeBy: Instant,
  answerBy: Instant.nullable(),
  deliveries: z.array(NoticeDelivery),
})

const content = {
  format: z.literal('tocsin-due-diligence'),
  version: z.literal(1),
  issuedAt: Instant,
  issuedBy: z.strictObject({ name: Text.nullable(), office: Text.nullable() }),
  /** Who is seized of the matter and seals the file. */
  organisation: z.strictObject({ id: OrganisationId, name: Text }),
  matter: z.strictObject({
    id: z.uuid(),
    symbol: Text,
    title: Text,
    country: Text.nullable(),
    place: Text.nullable(),
    level: z.int().min(0).max(5),
    marking: Text,
    isExercise: z.boolean(),
    stations: z.record(z.string(), Instant),
    openedAt: Instant,
    closedAt: Instant.nullable(),
  }),
  /** The steps from first report to effect, as read off the record. */
  steps: z.partialRecord(Stamp, Instant),
  keys: z.array(PublicKey).min(1),
  /** The whole record of the matter, verbatim. */
  statements: z.array(Signed).min(1),
  warnings: z.array(SignedWarning),
  notifications: z.array(ToldAuthority),
}

const DueDiligenceContent = z.strictObject(content)
/** All that the file says before it is sealed. */
export type DueDiligenceContent = Readonly<z.infer<typeof DueDiligenceContent>>

export const DueDiligence = z.strictObject({ ...content, seal: Signed })
export type DueDiligence = Readonly<z.infer<typeof DueDiligence>>

/** What the seal states of the file. */
export const Seal = z.strictObject({
  /** SHA-256 of the canonical JSON of everything in the file but the seal. */
  sha256: Sha256,
  entries: z.int().positive(),
  issuedAt: Instant,
})

/** Kept apart from the chain of the matter, so that a seal is never taken for an entry. */
const sealing = (matter: string) => ({
  typ: 'tocsin+jws' as const,
  cty: 'application/vnd.tocsin.due-diligence+json',
  aud: `${matter}/due-diligence`,
  aseq: 1,
  aprev: null,
})

export const sha256Of = (value: Json): Sha256 =>
  bytesToHex(sha256(utf8ToBytes(canonicalJson(value)))) as Sha256

/** The hash of the record, to compare by another way than the file came. */
export const hashOfContent = ({ seal: _, ...said }: DueDiligence): Sha256 => sha256Of(said as Json)

type Signer = { readonly kid: string; readonly seed: Uint8Array; readonly salt: string }

/**
 * Seals the content with the organisation's key: the file's bytes, as text. Throws where the content
 * has not the shape that is read again: nobody is given a file that cannot be verified.
 */
export function sealDueDiligence(
  given: DueDiligenceContent,
  { kid, seed, salt }: Signer,
): { readonly text: string; readonly file: DueDiligence } {
  const said = DueDiligenceContent.parse(given)
  const { issuedAt, statements } = said
  const payload = { sha256: sha256Of(said as Json), entries: statements.length, issuedAt }
  const org = said.organisation.id
  const header = { alg: 'Ed25519' as const, kid, org, salt, ...sealing(said.matter.id) }
  const file = { ...said, seal: signStatement(header, payload, seed) }
  return { text: canonicalJson(file as Json), file }
}

/** What is wrong with the seal of a file; undefined where it holds. */
export function faultInSeal(
  file: DueDiligence,
  keyOf: KeyOf,
): 'not-signed' | 'other-content' | undefined {
  const read = readStatement(file.seal, keyOf)
  if ('fault' in read) return 'not-signed'
  const { header } = read
  const expected = sealing(file.matter.id)
  const isInPlace =
    header.cty === expected.cty &&
    header.aud === expected.aud &&
    header.aseq === 1 &&
    header.aprev === null &&
    header.org === file.organisation.id
  const seal = Seal.safeParse(read.payload).data
  if (!isInPlace || !seal) return 'not-signed'
  const isOfThis =
    seal.sha256 === hashOfContent(file) &&
    seal.entries === file.statements.length &&
    seal.issuedAt === file.issuedAt
  return isOfThis ? undefined : 'other-content'
}

/** The fingerprint of a public key: SHA-256 of its 32 bytes, in groups that people read out. */
export function fingerprintOf(publicKey: string): string {
  const bytes = fromBase64Url(publicKey)
  if (!bytes) throw new TypeError('not base64url')
  return bytesToHex(sha256(bytes)).replace(/(.{4})(?=.)/g, '$1 ')
}
