import type { ActionId } from '@tocsin/domain/action-plan.ts'
import type { Marking } from '@tocsin/domain/audience.ts'
import type {
  CountryCode,
  Day,
  Instant,
  OrganisationId,
  PersonId,
  Sha256,
} from '@tocsin/domain/brand.ts'
import type { Confidence, Level, WarningLevel } from '@tocsin/domain/level.ts'
import type { EntryKind, MatterId } from '@tocsin/domain/matter.ts'
import type {
  ChannelKind,
  DeliveryState,
  NotificationId,
  NotificationState,
} from '@tocsin/domain/notification.ts'
import type { OrganItemId } from '@tocsin/domain/organ-agenda.ts'
import type { PostId } from '@tocsin/domain/people.ts'
import type { InformationGrade, Report, ReportId, SourceGrade } from '@tocsin/domain/report.ts'
import type { ClockId, ClockKind, RungOffice } from '@tocsin/domain/service-clock.ts'
import type { WarningId, WarningState } from '@tocsin/domain/warning.ts'
import type { ColumnType, Generated } from 'kysely'

/** What must not fall silent: the looking after clocks, and the handing over of notices. */
export type Heartbeat = 'clocks' | 'notices'

/** JSON that is checked against its schema when it is read. */
type Json = ColumnType<unknown, string, string>

export type DocketTables = {
  matter: {
    id: MatterId
    organisation: OrganisationId
    audience: OrganisationId[]
    excluded: OrganisationId[]
    year: number
    number: number
    title: string
    summary: string
    country: CountryCode | null
    place: string | null
    level: Level
    confidence: Confidence | null
    marking: Marking
    is_exercise: boolean
    stations: ColumnType<unknown, string | undefined, string>
    opened_at: Instant
    review_by: Instant
    due_at: Instant | null
    due_kind: ClockKind | null
    closed_at: Instant | null
    head_seq: Generated<number>
    head_digest: Sha256 | null
  }
  entry: {
    digest: Sha256
    matter: MatterId
    seq: number
    kind: EntryKind
    at: Instant
    author: Json
    text: string | null
    facts: Json
    statement: Json
  }
  report: {
    id: ReportId
    organisation: OrganisationId
    matter: MatterId | null
    year: number
    number: number
    kind: Report['kind']
    what: string
    from_day: Day
    until_day: Day
    country: CountryCode | null
    place: string | null
    place_precision: Report['precision']
    groups: string | null
    harm: Json
    source_grade: SourceGrade
    information_grade: InformationGrade
    marking: Marking
    someone_at_risk: boolean
    is_exercise: boolean
    written_by: PersonId
    written_at: Instant
  }
  warning: {
    id: WarningId
    matter: MatterId
    organisation: OrganisationId
    year: number
    number: number
    state: WarningState
    draft: Json
    sha256: Sha256
    replaces: WarningId | null
    written_by: PersonId
    saved_by: PersonId
    returned: ColumnType<unknown, string | null, string | null>
    saved_at: Instant
    sent_at: Instant | null
    expires_at: Instant
    /** As its matter is: the database sees to it. */
    is_exercise: Generated<boolean>
  }
  warning_signature: {
    id: string
    warning: WarningId
    matter: MatterId
    person: PersonId
    name: string
    office: string | null
    credential: string
    at: Instant
  }
  notification: {
    id: NotificationId
    warning: WarningId
    matter: MatterId
    post: PostId
    organisation: OrganisationId
    authority: string
    office: string
    legal_basis: string
    state: NotificationState
    failure: string | null
    failed_at: Generated<Instant | null>
    sent_at: Instant | null
    delivered_at: Generated<Instant | null>
    opened_at: Instant | null
    acknowledged_at: Instant | null
    acknowledgement: ColumnType<unknown, string | null, string | null>
    answered_at: Instant | null
    answer: ColumnType<unknown, string | null, string | null>
    acknowledge_by: Instant
    answer_by: Instant | null
    link_expires_at: Instant
    code_tries: Generated<number>
  }
  clock: {
    id: ClockId
    matter: MatterId
    notification: NotificationId | null
    /** The action that is to be done by a day; none where somebody's answer is waited for. */
    action: ColumnType<ActionId | null, ActionId | undefined>
    /** The item of an organ's agenda that waits for its answer; none for any other clock. */
    agenda_item: ColumnType<OrganItemId | null, OrganItemId | undefined>
    kind: ClockKind
    level: WarningLevel
    started_at: Instant
    due_at: Instant
    stopped_at: Instant | null
  }
  clock_step: {
    id: string
    clock: ClockId
    matter: MatterId
    tell: RungOffice
    percent: number
    due_at: Instant
    done_at: Instant | null
    outcome: 'told' | 'skipped' | 'not-needed' | null
    reason: string | null
    told_post: PostId | null
    days_left: ColumnType<number | null, number | undefined>
    missed: Generated<boolean>
    answered_for: ColumnType<Instant | null, Instant | null | undefined>
  }
  delivery: {
    id: string
    matter: MatterId
    notification: NotificationId | null
    person: PersonId
    channel: ChannelKind
    step: string
    state: DeliveryState
    attempts: Generated<number>
    next_at: Instant
    claimed_until: Instant | null
    may_repeat: Generated<boolean>
    reference: string | null
    reason: string | null
    made_at: Instant
    sent_at: Instant | null
    delivered_at: Generated<Instant | null>
    failed_at: Generated<Instant | null>
    level: Generated<Level>
  }
  notice_preference: { id: PersonId; person: PersonId; digest: boolean; set_at: Instant }
  clock_setting: {
    id: OrganisationId
    organisation: OrganisationId
    value: Json
    set_by: PersonId | null
    set_at: Instant
  }
  contact: {
    id: string
    person: PersonId
    organisation: OrganisationId
    channel: ChannelKind
    address: string
    made_at: Instant
    preference: Generated<number>
    tested_at: ColumnType<Instant | null, Instant | undefined, Instant>
    verified_at: ColumnType<Instant | null, Instant | undefined, Instant | null>
  }
  push_subscription: {
    id: string
    person: PersonId
    fingerprint: Sha256
    sealed: string
    device: string
    made_at: Instant
    used_at: ColumnType<Instant | null, Instant | undefined, Instant>
  }
  channel_pace: { id: ChannelKind; minute: Instant; asked: number }
  organisation_key: {
    id: string
    organisation: OrganisationId
    public_key: string
    made_at: Instant
  }
  numbering: { id: string; organisation: OrganisationId; last: number }
  heartbeat: { id: Heartbeat; beat_at: Instant; seen_at: Generated<Instant> }
}
