import { z } from 'zod'
import { Instant, OrganisationId } from './brand.ts'
import { Line, PostId } from './people.ts'
import { Paragraphs } from './text.ts'

export const NotificationId = z.uuidv7().brand<'NotificationId'>()
export type NotificationId = z.infer<typeof NotificationId>

/** How far a notification has come; failed is no station on that way but stands beside it. */
export const NotificationState = z.enum([
  'queued',
  'sent',
  'delivered',
  'opened',
  'acknowledged',
  'answered',
  'failed',
])
export type NotificationState = z.infer<typeof NotificationState>

/** From first to last: each is reached from any before it. */
const way = NotificationState.options.filter((state) => state !== 'failed')

/**
 * Where a notification stands once something has been reached. It only comes further: what was opened
 * is not set back to sent. One that failed may still arrive by another way; it fails only while nobody
 * is known to have it.
 */
export function advance(state: NotificationState, reached: NotificationState): NotificationState {
  if (reached === 'failed') return state === 'queued' || state === 'sent' ? 'failed' : state
  if (state === 'failed') return reached === 'queued' ? state : reached
  return way.indexOf(reached) > way.indexOf(state) ? reached : state
}

/** The states that something newly reached changes. */
export const statesBefore = (reached: NotificationState): readonly NotificationState[] =>
  NotificationState.options.filter((state) => advance(state, reached) !== state)

/** What an authority says when it acknowledges. */
export const Reaction = z.enum(['act', 'verify', 'monitor', 'disagree'])
export type Reaction = z.infer<typeof Reaction>

/** Proof that a warning was received. It is not agreement. */
export const Acknowledgement = z.object({
  reaction: Reaction,
  note: Paragraphs.nullable(),
  name: Line,
  office: Line,
})
export type Acknowledgement = Readonly<z.infer<typeof Acknowledgement>>

/** A decision, or a reasoned non-decision: also that another office is the competent one. */
export const Answer = z.object({
  outcome: z.enum(['decided', 'declined']),
  text: Paragraphs,
  /** The office to turn to instead, in words; only where this one declines as not competent. */
  forwardTo: Line.optional(),
  name: Line,
  office: Line,
})
export type Answer = Readonly<z.infer<typeof Answer>>

/** One warning to one authority. */
export const Notification = z.object({
  id: NotificationId,
  post: PostId,
  organisation: OrganisationId,
  authority: Line,
  office: Line,
  legalBasis: Line,
  state: NotificationState,
  /** Why it did not arrive, as a code; none while it may have. */
  failure: z.string().nullable(),
  failedAt: Instant.nullable(),
  sentAt: Instant.nullable(),
  deliveredAt: Instant.nullable(),
  openedAt: Instant.nullable(),
  acknowledgedAt: Instant.nullable(),
  acknowledgement: Acknowledgement.nullable(),
  answeredAt: Instant.nullable(),
  answer: Answer.nullable(),
  acknowledgeBy: Instant,
  answerBy: Instant.nullable(),
})
export type Notification = Readonly<z.infer<typeof Notification>>

/** What an authority still owes: receipt, then a decision or reasons where the level asks for one. */
export function owedBy(
  told: Pick<Notification, 'acknowledgedAt' | 'answeredAt' | 'answerBy'>,
): 'acknowledgement' | 'answer' | undefined {
  if (told.answeredAt !== null) return undefined
  if (told.acknowledgedAt === null) return 'acknowledgement'
  return told.answerBy === null ? undefined : 'answer'
}

/** The ways by which a notice leaves. */
export const ChannelKind = z.enum(['e-mail', 'webhook', 'web-push', 'sms', 'call-sheet'])
export type ChannelKind = z.infer<typeof ChannelKind>

/** How far one notice on one channel has come. */
export const DeliveryState = z.enum(['queued', 'handing-over', 'sent', 'delivered', 'failed'])
export type DeliveryState = z.infer<typeof DeliveryState>

/** Why a notice did not arrive, as mail servers report it afterwards. */
export const DeliveryProblem = z.enum([
  'refused-address',
  'refused-content',
  'mailbox-full',
  'too-large',
  'unreachable',
  'bounced',
])
export type DeliveryProblem = z.infer<typeof DeliveryProblem>
