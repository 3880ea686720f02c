import { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { ConsultationId } from '@tocsin/domain/consultation.ts'
import { Contribution, ContributionId, Saying } from '@tocsin/domain/contribution.ts'
import { ReplyOutcome, ReplyRefusal } from '@tocsin/domain/mailed-reply.ts'
import { z } from 'zod'
import type { Route } from './route.ts'

const one = z.object({ consultation: ConsultationId, contribution: ContributionId })

/** What its reader wrote by mail for a room; nobody else reads it. */
export const MailedReply = z.object({
  /** Also that of the contribution it becomes. */
  id: ContributionId,
  replyTo: ContributionId,
  /** As it was written: plain, with the marks of lists and of what is stressed. */
  text: z.string(),
  /** Files that came with it, which are not kept. */
  attachments: z.int(),
  receivedAt: Instant,
})
export type MailedReply = Readonly<z.infer<typeof MailedReply>>

export const listMailedReplies = {
  method: 'GET',
  path: '/api/consultations/:consultation/mailed-replies',
  summary: 'List what one wrote by mail for a consultation and has not said yet',
  params: one.pick({ consultation: true }),
  query: z.object({ thread: OrganisationId.optional() }),
  response: z.object({ replies: z.array(MailedReply) }),
} as const satisfies Route

export const sayMailedReply = {
  method: 'PUT',
  path: '/api/consultations/:consultation/mailed-replies/:contribution',
  summary: 'Say in a consultation what one wrote by mail, changed or as it is',
  params: one,
  body: Saying.pick({ kind: true, item: true, locale: true, text: true }),
  response: Contribution,
} as const satisfies Route

export const discardMailedReply = {
  method: 'DELETE',
  path: '/api/consultations/:consultation/mailed-replies/:contribution',
  summary: 'Discard what one wrote by mail for a consultation',
  params: one,
  response: z.object({}),
} as const satisfies Route

export const takeMailedReply = {
  method: 'POST',
  path: '/api/consultations/mailed-replies',
  summary: 'Take a mail that answers a notice of a consultation: it waits for its writer to say it',
  consumes: 'stream',
  response: z.object({ outcome: ReplyOutcome, reason: ReplyRefusal.nullable() }),
} as const satisfies Route
