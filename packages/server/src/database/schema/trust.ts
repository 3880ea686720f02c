import type { Instant, OrganisationId, PersonId, Sha256 } from '@tocsin/domain/brand.ts'

export type TrustFileRole = 'root' | 'targets' | 'snapshot' | 'timestamp' | 'directory'

export type TrustTables = {
  member_key: {
    id: string
    organisation: OrganisationId
    public_key: string
    made_at: Instant
  }
  member_directory: {
    organisation: OrganisationId
    recipients: string[]
    expires_at: Instant
    checked_at: Instant
    next_at: Instant
    fault: string | null
  }
  trust_file: {
    id: string
    organisation: OrganisationId
    role: TrustFileRole
    version: number
    content: string
    made_at: Instant
  }
  fingerprint_typing: {
    id: string
    organisation: OrganisationId
    person: PersonId
    root: Sha256
    typed_at: Instant
  }
  organisation_key_end: {
    id: string
    organisation: OrganisationId
    ended_at: Instant
  }
  request_nonce: {
    id: string
    expires_at: Instant
  }
}
