import type { Instant, OrganisationId, PersonId, Sha256 } from '@tocsin/domain/brand.ts'
import type { FindingId, FindingKind, LogDecision } from '@tocsin/domain/transparency.ts'
import type { ColumnType, Generated, GeneratedAlways } from 'kysely'

export type LogTables = {
  transparency_log: {
    organisation: OrganisationId
    origin: string
    size: number
    signed_at: Instant
    cosigned_size: Generated<number>
    halted_at: Instant | null
    checked_at: Instant | null
    checked_size: number | null
    holds: boolean | null
  }
  log_entry: {
    organisation: OrganisationId
    digest: Sha256
    seq: GeneratedAlways<number>
    is_urgent: boolean
    index: number | null
  }
  log_tile: { organisation: OrganisationId; level: number; n: number; bytes: Uint8Array }
  log_checkpoint: { organisation: OrganisationId; size: number; note: string; signed_at: Instant }
  log_cosignature: { organisation: OrganisationId; size: number; witness: string; line: string }
  known_log: {
    origin: string
    organisation: OrganisationId | null
    verifier_key: string
    address: string
    witness_key: string | null
    witness_address: string | null
    size: Generated<number>
    note: string | null
    seen_at: Instant | null
    asked_at: Instant | null
    read_size: Generated<number>
    fault: string | null
    frozen_at: Instant | null
    /** Since when another log of its organisation has taken its place. */
    ended_at: Generated<Instant | null>
  }
  ended_log: { origin: string; organisation: OrganisationId; note: string; ended_at: Instant }
  awaited_entry: { origin: string; digest: Sha256; due_at: Instant; index: number | null }
  log_finding: {
    id: FindingId
    origin: string
    kind: FindingKind
    index: number | null
    evidence: ColumnType<Record<string, unknown>, string, never>
    found_at: Instant
    decided_at: Instant | null
    decided_by: PersonId | null
    decision: LogDecision | null
  }
}
