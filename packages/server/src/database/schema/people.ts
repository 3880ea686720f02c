import type { Role, SessionId } from '@tocsin/domain/actor.ts'
import type { ApprovalId, ApprovalState } from '@tocsin/domain/approval.ts'
import type {
  CountryCode,
  Day,
  Instant,
  OrganisationId,
  PersonId,
  Sha256,
} from '@tocsin/domain/brand.ts'
import type { Locale } from '@tocsin/domain/locale.ts'
import type {
  Capacity,
  HoldingId,
  InvitationId,
  OrganisationKind,
  PostId,
  SignInName,
} from '@tocsin/domain/people.ts'
import type { ColumnType, Generated } from 'kysely'

type Json = ColumnType<unknown, string, string>

export type PeopleTables = {
  organisation: {
    id: OrganisationId
    name: string
    kind: OrganisationKind
    country: CountryCode | null
    made_at: Instant
    closed_at: Instant | null
  }
  person: {
    id: PersonId
    organisation: OrganisationId
    name: string
    sign_in_name: SignInName | null
    locale: Locale
    made_at: Instant
    ended_at: Instant | null
  }
  role_grant: {
    id: string
    person: PersonId
    organisation: OrganisationId
    role: Role
    granted_by: PersonId | null
    granted_at: Instant
    revoked_at: Instant | null
  }
  post: {
    id: PostId
    organisation: OrganisationId
    title: string
    made_at: Instant
    abolished_at: Instant | null
  }
  holding: {
    id: HoldingId
    post: PostId
    organisation: OrganisationId
    person: PersonId
    capacity: Capacity
    from_day: Day
    until_day: Day | null
  }
  invitation: {
    id: InvitationId
    kind: 'set-up' | 'invite' | 'recover'
    token_hash: Sha256
    organisation: OrganisationId | null
    post: PostId | null
    person: PersonId | null
    roles: Role[]
    made_by: PersonId | null
    made_at: Instant
    expires_at: Instant | null
    used_at: Instant | null
    revoked_at: Instant | null
  }
  session: {
    id: SessionId
    person: PersonId
    token_hash: Sha256
    credential: string
    device: string
    opened_at: Instant
    seen_at: Instant
    proven_at: Instant | null
    expires_at: Instant
  }
  passkey: {
    id: string
    person: PersonId
    name: string
    public_key: Buffer
    counter: number
    transports: string[]
    made_at: Instant
    used_at: Instant | null
  }
  outside_identity: {
    id: string
    issuer: string
    subject: string
    person: PersonId
    made_at: Instant
  }
  password: { person: PersonId; hash: string; set_at: Instant }
  authenticator: { person: PersonId; sealed_secret: string; last_step: number }
  recovery_code: { hash: Sha256; person: PersonId; used_at: Instant | null }
  ceremony: {
    id: string
    purpose: string
    person: PersonId | null
    details: Json
    expires_at: Instant
  }
  sign_in_attempt: {
    id: string
    account: Sha256 | null
    address: Sha256
    at: Instant
    succeeded: Generated<boolean>
  }
  identity_provider: {
    id: string
    name: string
    issuer: string
    client_id: string
    made_at: Instant
  }
  approval: {
    id: ApprovalId
    act: Json
    sha256: Sha256
    organisation: OrganisationId | null
    proposer_roles: Role[]
    approver_roles: Role[]
    proposer: PersonId
    proposer_credential: string
    proposed_at: Instant
    expires_at: Instant
    state: Generated<ApprovalState>
    decided_by: PersonId | null
    decided_at: Instant | null
    reason: string | null
  }
}
