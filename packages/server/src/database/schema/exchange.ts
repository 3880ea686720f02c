import type { Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import type { AudienceId, Refusal } from '@tocsin/domain/network.ts'
import type { Generated } from 'kysely'

export type ExchangeTables = {
  record_head: {
    organisation: OrganisationId
    audience_id: AudienceId
    seq: number
    digest: Sha256 | null
    known_seq: number
    frozen_at: Instant | null
  }
  record_queue: {
    id: Generated<number>
    member: OrganisationId
    digest: Sha256
    organisation: OrganisationId
    urgency: number
    attempts: Generated<number>
    next_at: Instant
    refusal: Refusal | null
    made_at: Instant
  }
  missing_record: {
    organisation: OrganisationId
    audience_id: AudienceId
    from_seq: number
    to_seq: number
    digest: Sha256
    noted_at: Instant
    attempts: Generated<number>
    next_at: Instant
  }
  quarantined_record: {
    id: string
    member: OrganisationId
    digest: Sha256 | null
    author: OrganisationId | null
    audience_id: AudienceId | null
    reason: Refusal
    size: number
    sealed: string | null
    refused_at: Instant
  }
}
