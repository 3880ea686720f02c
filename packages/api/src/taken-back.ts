import { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { ConsultationId } from '@tocsin/domain/consultation.ts'
import { AudienceId } from '@tocsin/domain/network.ts'
import { Line } from '@tocsin/domain/people.ts'
import { Paragraphs } from '@tocsin/domain/text.ts'
import { ObjectId, WithdrawalClass } from '@tocsin/domain/withdrawal.ts'
import { z } from 'zod'
import type { Route } from './route.ts'

/** The place of a contribution that its author took back. */
const TakenBack = z.object({
  /** Names what stood there. */
  object: ObjectId,
  organisationName: Line,
  /** When it came here. */
  stoodAt: Instant,
  takenBackAt: Instant,
  class: WithdrawalClass,
  /** In words; only for whoever took it back. */
  reason: Paragraphs.nullable(),
})
export type TakenBack = Readonly<z.infer<typeof TakenBack>>

export const listTakenBack = {
  method: 'GET',
  path: '/api/consultations/:consultation/taken-back',
  summary: 'Read where something stood that was taken back: by whom, when and why',
  params: z.object({ consultation: ConsultationId }),
  /** The thread in which an organisation is heard apart; none for the room itself. */
  query: z.object({ thread: OrganisationId.optional() }),
  response: z.object({
    /** Those who could read it; what stood there is named by it. */
    audience: AudienceId,
    /** The newest first. */
    places: z.array(TakenBack),
  }),
} as const satisfies Route
