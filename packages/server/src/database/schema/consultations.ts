import type { Instant, OrganisationId, PersonId } from '@tocsin/domain/brand.ts'
import type { ConsultationId } from '@tocsin/domain/consultation.ts'
import type { ContributionId } from '@tocsin/domain/contribution.ts'
import type { ReplyRefusal } from '@tocsin/domain/mailed-reply.ts'
import type { Generated } from 'kysely'

export type ConsultationTables = {
  consultation_look: {
    id: string
    person: PersonId
    consultation: ConsultationId
    looked_at: Instant
    seen: Instant
  }
  room_notice: {
    id: string
    person: PersonId
    consultation: ConsultationId
    thread: OrganisationId | null
    contribution: ContributionId
    kind: 'news' | 'kept' | 'refused'
    reason: ReplyRefusal | null
    answers: string | null
    made_at: Instant
    next_at: Instant
    attempts: Generated<number>
    claimed_until: Instant | null
    ended_at: Instant | null
    outcome: string | null
  }
  mailed_reply: {
    id: ContributionId
    person: PersonId
    consultation: ConsultationId
    thread: OrganisationId | null
    reply_to: ContributionId
    text: string | null
    attachments: number
    received_at: Instant
    settled_at: Instant | null
    outcome: 'said' | 'discarded' | null
  }
}
