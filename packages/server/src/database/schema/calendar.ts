import type {
  CountryCode,
  Day,
  Instant,
  OrganisationId,
  PersonId,
  Sha256,
} from '@tocsin/domain/brand.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { TriggerDateId, TriggerKind } from '@tocsin/domain/trigger-date.ts'

export type CalendarTables = {
  trigger_date: {
    id: TriggerDateId
    organisation: OrganisationId
    matter: MatterId | null
    kind: TriggerKind
    title: string
    from_day: Day
    until_day: Day
    country: CountryCode | null
    place: string | null
    lead_days: number
    note: string | null
    changed_by: PersonId
    changed_at: Instant
  }
  calendar_feed: {
    id: string
    person: PersonId
    password_hash: Sha256
    made_at: Instant
    used_at: Instant | null
    revoked_at: Instant | null
  }
}
