import type {
  ActionBasis,
  ActionId,
  ActionPlan,
  ActionStatus,
  CouncilReference,
  OutcomeReview,
} from '@tocsin/domain/action-plan.ts'
import type { NoteId, NoteText, ToldActivity } from '@tocsin/domain/article-54.ts'
import type { AttachmentId } from '@tocsin/domain/attachment.ts'
import type { Day, Instant, PersonId } from '@tocsin/domain/brand.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { PostId } from '@tocsin/domain/people.ts'
import type { WarningId } from '@tocsin/domain/warning.ts'
import type { ColumnType } from 'kysely'

type Json<T> = ColumnType<T, string | null, string | null>

export type ActionPlanTables = {
  action: {
    id: ActionId
    matter: MatterId
    status: ActionStatus
    card: string | null
    title: string
    lead: string
    office: PostId | null
    start_day: Day | null
    due_day: Day | null
    cost: ActionPlan['cost']
    expected_effect: string
    how_we_will_know: string
    risk_factors: number[]
    commitments: string[]
    is_regional: boolean
    uses_force: boolean
    basis: Json<ActionBasis | null>
    authorisation: Json<CouncilReference | null>
    warning: WarningId | null
    ending: string | null
    planned_by: PersonId | null
    planned_at: Instant
    moved_at: Instant
    started_at: Instant | null
  }
  action_progress: {
    id: string
    action: ActionId
    matter: MatterId
    what: string
    next_step: string | null
    evidence: AttachmentId[]
    reported_by: string | null
    at: Instant
  }
  action_review: {
    id: string
    action: ActionId
    matter: MatterId
    what: string
    as_expected: OutcomeReview['asExpected']
    learned: string | null
    reviewed_by: string | null
    at: Instant
  }
  article_54_note: {
    id: NoteId
    matter: MatterId
    made_at: Instant
    text: Json<NoteText | null>
    saved_by: PersonId | null
    saved_at: Instant | null
    sent_on: Day | null
    how: string | null
    signed_by: string | null
    sent_at: Instant | null
    told: ColumnType<ToldActivity[], string | undefined, string>
  }
}
