import type { Day, Instant, OrganisationId, PersonId } from '@tocsin/domain/brand.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { ItemAnswer, OrganItem, OrganItemId } from '@tocsin/domain/organ-agenda.ts'
import type { PostId } from '@tocsin/domain/people.ts'
import type {
  Condition,
  OrganId,
  RuleVersionId,
  TriggerRuleId,
} from '@tocsin/domain/trigger-rule.ts'
import type { ColumnType } from 'kysely'

export type AgendaTables = {
  organ: {
    id: OrganId
    organisation: OrganisationId
    name: string
    body: string | null
    office: PostId
    made_at: Instant
  }
  trigger_rule: {
    id: RuleVersionId
    rule: TriggerRuleId
    version: number
    organ: OrganId
    organisation: OrganisationId
    condition: ColumnType<Condition, string, never>
    answer_hours: number
    is_in_force: boolean
    reasons: string | null
    proposed_by: PersonId | null
    set_by: PersonId | null
    set_at: Instant
  }
  agenda_item: {
    id: OrganItemId
    organ: OrganId
    matter: MatterId
    tabled_at: Instant
    due_at: Instant
    deferred_until: Day | null
    reasons_asked_at: Instant | null
    outcome: OrganItem['outcome']
  }
  agenda_ground: {
    id: string
    item: OrganItemId
    matter: MatterId
    rule: TriggerRuleId
    version: RuleVersionId
    episode: string
    arises_at: Instant
    about: string | null
    added_at: Instant
  }
  agenda_answer: {
    id: string
    item: OrganItemId
    matter: MatterId
    outcome: ItemAnswer['outcome']
    text: string
    late_reasons: string | null
    until_day: Day | null
    answered_by: string | null
    answered_by_office: string | null
    at: Instant
  }
}
