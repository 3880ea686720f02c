import type { AttachmentId, FetchFault, MediaType } from '@tocsin/domain/attachment.ts'
import type { Instant, OrganisationId, PersonId, Sha256 } from '@tocsin/domain/brand.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { Generated } from 'kysely'

export type AttachmentTables = {
  attachment: {
    id: AttachmentId
    matter: MatterId
    name: string
    media_type: MediaType
    size: number
    sha256: Sha256
    blob: Sha256
    sealed_identity: string
    added_by: PersonId | null
    added_at: Instant
  }
  blob: {
    id: string
    organisation: OrganisationId
    sha256: Sha256 | null
    size: number
    kept: Generated<number>
    touched_at: Instant
    whole_at: Instant | null
    object_id: string | null
    reader: OrganisationId | null
    attempts: Generated<number>
    next_at: Instant | null
    fault: FetchFault | null
  }
  blob_piece: { blob: string; n: number; bytes: Buffer }
}
