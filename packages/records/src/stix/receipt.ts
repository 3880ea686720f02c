import { Marking } from '@tocsin/domain/audience.ts'
import { Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { AudienceId } from '@tocsin/domain/network.ts'
import { Acknowledgement, Answer, NotificationId } from '@tocsin/domain/notification.ts'
import { Line } from '@tocsin/domain/people.ts'
import { Paragraphs } from '@tocsin/domain/text.ts'
import { z } from 'zod'
import type { RecordedObject } from '../record.ts'
import { makeObject, nameObject, readContent } from './shared-object.ts'

const common = {
  organisation: OrganisationId,
  organisationName: Line,
  audience: AudienceId,
  marking: Marking,
  isExercise: z.boolean(),
  /** Tells this receipt from others about the same thing. */
  key: z.string().min(1).max(200),
  /** The object that it is about. */
  about: z.string().max(300),
  /** The record of it that was read, where one was. */
  digest: Sha256.nullable(),
  givenAt: Instant,
}

/** Which office answered, of the author's own addressees; none where a member answers for itself. */
const from = {
  notification: NotificationId.nullable(),
  authority: Line,
  office: Line,
  name: Line,
}

/** That something was received, answered or read, or may be passed on. What was erased says so itself. */
export const Receipt = z.discriminatedUnion('kind', [
  z.object({
    ...common,
    ...from,
    kind: z.literal('acknowledgement'),
    reaction: Acknowledgement.shape.reaction,
    note: Paragraphs.nullable(),
  }),
  z.object({
    ...common,
    ...from,
    kind: z.literal('answer'),
    outcome: Answer.shape.outcome,
    text: Paragraphs,
    forwardTo: Line.nullable(),
  }),
  z.object({ ...common, kind: z.literal('read') }),
  z.object({
    ...common,
    kind: z.literal('release'),
    releasedTo: z.array(OrganisationId).min(1).max(200),
  }),
])
export type Receipt = Readonly<z.infer<typeof Receipt>>

/** A receipt is given once: it has no later version. */
export function receiptObject(receipt: Receipt): RecordedObject {
  const { kind, about, key, audience, organisation, givenAt } = receipt
  return makeObject({
    type: 'receipt',
    id: nameObject('receipt', [kind, about, organisation, key].join('/'), audience),
    standing: { ...receipt, created: givenAt, modified: givenAt },
    schema: Receipt,
    content: receipt,
  })
}

export const readReceiptObject = (object: RecordedObject): Receipt => readContent(Receipt, object)
