import { z } from 'zod'
import { Audience, Marking } from './audience.ts'
import { Instant, OrganisationId, Sha256 } from './brand.ts'
import { Line } from './people.ts'

/** Names an audience; that of a matter has the matter's id. */
export const AudienceId = z.uuidv7().brand<'AudienceId'>()
export type AudienceId = z.infer<typeof AudienceId>

/** Asked for by one officer, made known by a second; put out of this node's trust. */
export const MemberState = z.enum(['proposed', 'pinned', 'expelled'])
export type MemberState = z.infer<typeof MemberState>

/** An organisation of the network whose node is elsewhere. */
export const Member = z.object({
  organisation: OrganisationId,
  name: Line,
  /** Where its node answers: `https://node.example`. */
  address: z.url(),
  /** Fingerprint of the root of trust that two officers typed. */
  root: Sha256,
  state: MemberState,
})
export type Member = Readonly<z.infer<typeof Member>>

/** What readers may do with what they were given. */
export const ReshareRule = z.enum(['never', 'with-release', 'free'])
export type ReshareRule = z.infer<typeof ReshareRule>

/** One version of an audience: exactly who may read from the moment it takes effect. */
export const AudienceVersion = Audience.extend({
  id: AudienceId,
  version: z.int().positive(),
  name: Line,
  /** The most closed marking that may be shared with it. */
  ceiling: Marking,
  reshare: ReshareRule,
  /** A widened audience waits, so that members see who comes before they come. */
  effectiveAt: Instant,
  expiresAt: Instant.nullable(),
})
export type AudienceVersion = Readonly<z.infer<typeof AudienceVersion>>

/** What leaves first where not all can leave at once; without its audience nothing can be read. */
export const Urgency = z.enum(['audience', 'withdrawal', 'warning', 'vote', 'record', 'attachment'])
export type Urgency = z.infer<typeof Urgency>

const urgent: Readonly<Record<string, Urgency>> = {
  audience: 'audience',
  'audience-key': 'audience',
  withdrawal: 'withdrawal',
  'atrocity-alert': 'warning',
  receipt: 'warning',
  ballot: 'vote',
  attachment: 'attachment',
}

/** By the STIX type of what a record says. */
export const urgencyOf = (type: string): Urgency => urgent[type] ?? 'record'

/** Whether people read it; the rest keeps the network going. */
export const isForPeople = (type: string): boolean => type !== 'audience-key'

/** Whether it has effect when it comes, although what its author said before is not here yet. */
export const actsAtOnce = (type: string): boolean =>
  ['audience', 'withdrawal', 'warning'].includes(urgencyOf(type))

/** Why a record that came was not taken. */
export const Refusal = z.enum([
  'too-large',
  'not-a-record',
  'not-base64',
  'not-readable',
  'not-canonical',
  'unknown-key',
  /** Signed by a member that is out of this node's trust. */
  'author-expelled',
  'bad-signature',
  'not-an-object',
  'unknown-sender',
  'unknown-audience',
  'author-not-in-audience',
  'sender-not-in-audience',
  'not-for-this-node',
  'audience-expired',
  'above-ceiling',
  'not-the-author',
  'not-in-order',
  'not-accepted',
  'over-quota',
])
export type Refusal = z.infer<typeof Refusal>

/** May be taken later: what it needs may still be on its way. */
export const mayBeTakenLater = (refusal: Refusal): boolean =>
  ['unknown-audience', 'unknown-key', 'author-expelled', 'over-quota'].includes(refusal)
