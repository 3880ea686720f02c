import type { Instant, OrganisationId, PersonId, Sha256 } from '@tocsin/domain/brand.ts'
import type { ObjectId, WithdrawalClass, WithdrawalId } from '@tocsin/domain/withdrawal.ts'
import type { ColumnType, Generated } from 'kysely'

/** JSON that is checked against its schema when it is read. */
type Json = ColumnType<unknown, string, string>

export type WithdrawalTables = {
  tombstone: {
    organisation: OrganisationId
    object_id: ObjectId
    class: WithdrawalClass
    withdrawn_at: Instant
  }
  withdrawal: {
    id: WithdrawalId
    organisation: OrganisationId
    object_id: ObjectId
    class: WithdrawalClass
    reason: string | null
    withdrawn_by: PersonId | null
    withdrawn_at: Instant
  }
  erasure: {
    withdrawal: WithdrawalId
    organisation: OrganisationId
    reader: OrganisationId
    record: Sha256
    asked: Generated<number>
    next_ask_at: Instant
    erased: ColumnType<unknown, string | undefined, string>
    receipted_at: Generated<Instant | null>
  }
  erasure_task: {
    record: Sha256
    reader: OrganisationId
    organisation: OrganisationId
    object_id: ObjectId
    erased: Json
    came_at: Instant
    done_at: Generated<Instant | null>
    receipt: Generated<Sha256 | null>
  }
  awaited_answer: {
    organisation: OrganisationId
    since: Instant
    asked: Generated<number>
    next_ask_at: Instant
    /** When the node came back and began to wait. */
    began_at: ColumnType<Instant, Instant, never>
  }
}
