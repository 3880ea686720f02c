import type { Marking } from '@tocsin/domain/audience.ts'
import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { AudienceId, ReshareRule } from '@tocsin/domain/network.ts'
import type { Redactable } from '@tocsin/domain/redaction.ts'
import type { SharedKind } from '@tocsin/domain/sharing.ts'
import type { ColumnType } from 'kysely'

export type SharingTables = {
  audience_terms: {
    id: AudienceId
    version: number
    organisation: OrganisationId
    terms: ColumnType<unknown, string, never>
  }
  sharing: {
    id: string
    organisation: OrganisationId
    kind: SharedKind
    item: string
    audience_id: AudienceId
    redacted: Redactable[]
    asks_who_read: boolean
    made_at: Instant
  }
  sharing_stop: {
    id: string
    organisation: OrganisationId
    member: OrganisationId
    stopped_at: Instant
    lifted_at: Instant | null
  }
  taken_up: {
    matter: MatterId
    organisation: OrganisationId
    object_id: string
    author: OrganisationId
    marking: Marking
    reshare: ReshareRule
    delegates: OrganisationId[]
    taken_up_at: Instant
  }
}
