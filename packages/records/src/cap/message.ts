import { Marking } from '@tocsin/domain/audience.ts'
import { CountryCode, Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { MatterId } from '@tocsin/domain/matter.ts'
import { Acknowledgement } from '@tocsin/domain/notification.ts'
import { Line, PostId } from '@tocsin/domain/people.ts'
import { Paragraphs } from '@tocsin/domain/text.ts'
import { Addressee, Option, Scenario, WarningDraft } from '@tocsin/domain/warning.ts'
import { z } from 'zod'

/*
 * What a node says to others about a warning, before it is written as a CAP message: the warning
 * itself, that it was replaced or no longer stands, and that somebody acknowledged it.
 */

/** The name of a sender: like that of a domain, so without space or comma. */
const SenderName = z
  .string()
  .max(253)
  .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/)

/** Another message, as CAP refers to it: its time is known to the second. */
const Reference = z.strictObject({
  sender: SenderName,
  digest: Sha256,
  sentAt: Instant.refine((at) => at.endsWith('.000Z')),
})
export type Reference = Readonly<z.infer<typeof Reference>>

const envelope = {
  /** The digest of the record's entry: the message is its name elsewhere. */
  digest: Sha256,
  sender: SenderName,
  sentAt: Instant,
  status: z.enum(['Actual', 'Exercise', 'Test']),
  /** Private: to those addressed. Public only what anybody may read. */
  scope: z.enum(['Private', 'Restricted', 'Public']),
  marking: Marking,
  matter: MatterId,
}

const Told = z.strictObject({
  ...Addressee.shape,
  legalBasis: Line,
  office: Line,
  authority: Line,
})

/** What a signed warning says: as a draft may say it, with nothing left unwritten. */
const warned = {
  ...WarningDraft.pick({
    level: true,
    confidence: true,
    locale: true,
    windowFrom: true,
    windowUntil: true,
    evidence: true,
    expiresAt: true,
  }).shape,
  subject: Line,
  paragraphs: z.array(Paragraphs).min(1).max(40),
  populations: z.array(Line).max(20),
  scenarios: z.array(z.strictObject({ ...Scenario.shape, text: Paragraphs, trigger: Line })).max(9),
  options: z
    .array(
      z.strictObject({
        code: Option.shape.code,
        expectedEffect: Line,
        howWeWillKnow: Line,
        /** The decision that it rests on, where it needs one. */
        authorisation: Line.nullable().default(null),
      }),
    )
    .max(20),
  /** The version of the catalogue that the options are from, where one is said. */
  catalogue: Line.nullable().default(null),
  dissents: z.array(z.strictObject({ by: Line, text: Paragraphs })).max(10),
  addressees: z
    .array(Told)
    .min(1)
    .max(40)
    .refine((told) => new Set(told.map(({ post }) => post)).size === told.length),
  acknowledgeBy: Instant,
  senderName: Line,
  /** What kind of event it is, in words of the warning's language. */
  event: Line,
  /** Never finer than a State or a broad description: an exact place is a list of targets. */
  area: z.strictObject({ name: Line, country: CountryCode.nullable() }),
  signatures: z.array(z.strictObject({ name: Line, office: Line.nullable(), at: Instant })).max(9),
}

const addressed = { addresses: z.array(z.uuid()).min(1).max(40) }

const Message = z.discriminatedUnion('kind', [
  z.strictObject({ ...envelope, kind: z.literal('warning.sent'), ...warned }),
  z.strictObject({
    ...envelope,
    kind: z.literal('warning.updated'),
    references: z.array(Reference).min(1).max(20),
    ...warned,
  }),
  z.strictObject({
    ...envelope,
    kind: z.literal('warning.cancelled'),
    references: z.array(Reference).min(1).max(20),
    ...addressed,
    reasons: Paragraphs,
  }),
  z.strictObject({
    ...envelope,
    kind: z.literal('notification.acknowledged'),
    references: z.array(Reference).length(1),
    /** The organisation that warned. */
    addresses: z.tuple([OrganisationId]),
    /** The office that was written to. */
    post: PostId,
    ...Acknowledgement.shape,
  }),
])

/** A message of ours. What is public is marked so. */
export const CapMessage = Message.refine(
  ({ scope, marking }) => scope !== 'Public' || marking === 'TLP:CLEAR',
  { path: ['scope'] },
)
export type CapMessage = Readonly<z.infer<typeof Message>>
/** What need not be said of a message that is to be written. */
export type CapMessageDraft = Readonly<z.input<typeof Message>>
export type WarningMessage = Extract<CapMessage, { kind: 'warning.sent' | 'warning.updated' }>
