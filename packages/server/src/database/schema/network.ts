import type { Marking } from '@tocsin/domain/audience.ts'
import type { Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import type { AudienceId, MemberState, ReshareRule } from '@tocsin/domain/network.ts'
import type { ColumnType, Generated } from 'kysely'

/** JSON that is checked against its schema when it is read. */
type Json = ColumnType<unknown, string, string>

type Readers = {
  organisation: OrganisationId
  audience: OrganisationId[]
  excluded: OrganisationId[]
}

export type NetworkTables = {
  member: {
    organisation: OrganisationId
    address: string
    root: Sha256
    state: MemberState
    made_at: Instant
    expelled_at: ColumnType<Instant | null, Instant | null | undefined>
  }
  node_account: {
    member: OrganisationId
    asked_at: Instant
    told_at: Instant | null
    software: string | null
    heard: ColumnType<unknown, string | undefined, string>
  }
  exchange_hour: { member: OrganisationId; hour: Instant; last_at: Instant }
  audience: Readers & {
    id: AudienceId
    version: number
    name: string
    ceiling: Marking
    reshare: ReshareRule
    effective_at: Instant
    expires_at: Instant | null
    made_at: Instant
    applied_at: ColumnType<Instant | null, Instant | null | undefined>
    ended_at: ColumnType<Instant | null, Instant | null | undefined>
  }
  network_record: Readers & {
    digest: Sha256
    audience_id: AudienceId
    epoch: number
    seq: number
    previous: Sha256 | null
    object_type: string
    object_id: string
    modified: Instant
    marking: Marking
    statement: ColumnType<unknown, string | null, string | null>
    received_from: OrganisationId | null
    kept_at: Instant
    withdrawn_at: Generated<Instant | null>
    waiting: Generated<boolean>
    added_us: Generated<number | null>
  }
  shared_object: Readers & {
    id: string
    digest: Sha256
    audience_id: AudienceId
    type: string
    object: Json
    marking: Marking
    created: Instant
    modified: Instant
    kept_at: Instant
    added_us: Generated<number | null>
  }
}
