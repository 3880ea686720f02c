import type { Marking } from '@tocsin/domain/audience.ts'
import type { Day, Instant, OrganisationId, PersonId } from '@tocsin/domain/brand.ts'
import type { CapacityAnswers, CapacityCheckId } from '@tocsin/domain/capacity-check.ts'
import type {
  LiaisonRequest,
  LiaisonRequestId,
  RequestDirection,
  RequestKind,
  RequestState,
} from '@tocsin/domain/liaison.ts'
import type { ChosenFinding, LiaisonNoteId, NoteContent } from '@tocsin/domain/liaison-note.ts'
import type { Locale } from '@tocsin/domain/locale.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { ColumnType } from 'kysely'

type Json<T> = ColumnType<T, string, string>

export type LiaisonTables = {
  liaison_request: {
    id: LiaisonRequestId
    organisation: OrganisationId
    kind: RequestKind
    direction: RequestDirection
    subject: string
    text: string
    locale: Locale
    matter: MatterId | null
    wanted_by: Day | null
    came_on: Day | null
    state: RequestState
    made_by: PersonId | null
    made_at: Instant
    steps: ColumnType<LiaisonRequest['steps'], string | undefined, string>
  }
  capacity_check: {
    id: CapacityCheckId
    organisation: OrganisationId
    answers: Json<CapacityAnswers>
    made_by: string | null
    at: Instant
  }
  liaison_note: {
    id: LiaisonNoteId
    organisation: OrganisationId
    matter: MatterId
    locale: Locale
    content: Json<NoteContent>
    chosen: Json<ChosenFinding[]>
    marking: Marking
    is_exercise: boolean
    made_by: string | null
    made_at: Instant
    released_at: Instant | null
    handed_on: Day | null
    how: string | null
    handed_to: string | null
    recorded_at: Instant | null
    received_on: Day | null
    received_words: string | null
  }
}
