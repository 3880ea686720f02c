import type { Instant, OrganisationId, PersonId } from '@tocsin/domain/brand.ts'
import type { ExerciseId } from '@tocsin/domain/exercise.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { ColumnType, Generated } from 'kysely'
import type { Heartbeat } from './docket.ts'

export type ExerciseTables = {
  exercise: {
    id: ExerciseId
    matter: MatterId
    source: MatterId
    organisation: OrganisationId
    speed: number
    participants: PersonId[]
    source_from: Instant
    entries: number
    played: Generated<number>
    warnings: ColumnType<unknown, string | undefined, string>
    started_by: PersonId
    started_at: Instant
    paused_at: Instant | null
    paused_ms: Generated<number>
    ended_at: Instant | null
  }
  outage: {
    id: string
    heartbeat: Heartbeat
    silent_since: Instant
    noticed_at: Instant
    ended_at: Instant | null
    alarmed: Generated<PersonId[]>
    relieved: Generated<PersonId[]>
  }
}
