import type { Marking } from '@tocsin/domain/audience.ts'
import type { Day, Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import type { AudienceId, Refusal } from '@tocsin/domain/network.ts'
import type { ColumnType, Generated } from 'kysely'

/** JSON that is checked against its schema when it is read. */
type Json = ColumnType<unknown, string, string>

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
    taken_at: Instant | null
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
  barred_record: {
    digest: Sha256
    organisation: OrganisationId
    audience_id: AudienceId
    object_type: string
    object_id: string
    statement: Json
    received_from: OrganisationId
    kept_at: Instant
  }
  quarantine_trim: {
    member: OrganisationId
    reason: Refusal
    day: Day
    n: number
    last_at: Instant
  }
  push_status: { id: string; member: OrganisationId; body: Json; made_at: Instant }
  peer: {
    member: OrganisationId
    failures: Generated<number>
    next_push_at: Instant
    leased_until: Instant | null
    next_pull_at: Instant
    pull_failures: Generated<number>
    heard_at: Instant | null
    minute: Generated<number>
    records: Generated<number>
    bytes: Generated<number>
  }
  sync_cursor: {
    member: OrganisationId
    organisation: OrganisationId
    collection: string
    next: string
  }
  network_client: {
    id: string
    organisation: OrganisationId
    label: string
    ceiling: Marking
    token_hash: Sha256
    made_at: Instant
    expires_at: Instant
    revoked_at: Instant | null
  }
  audience_key: {
    audience_id: AudienceId
    epoch: number
    organisation: OrganisationId
    version: number
    recipient: string
    sealed_identity: string
    made_at: Instant
  }
  carried_record: {
    id: string
    organisation: OrganisationId
    member: OrganisationId
    carrier: Json
    attempts: Generated<number>
    next_at: Instant
    made_at: Instant
  }
}
