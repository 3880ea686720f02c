import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'

export type TrustTables = {
  member_key: {
    id: string
    organisation: OrganisationId
    public_key: string
    made_at: Instant
  }
  request_nonce: {
    id: string
    expires_at: Instant
  }
}
