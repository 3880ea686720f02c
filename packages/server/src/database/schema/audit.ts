import type { Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import type { ColumnType, JSONColumnType } from 'kysely'

type Json = ColumnType<unknown, string, never>

export type AuditTables = {
  audit_entry: {
    seq: number
    at: Instant
    actor: Json
    organisation: OrganisationId | null
    act: string
    subject: string
    details: Json
    previous: Sha256
    hash: Sha256
  }
  audit_head: { id: number; seq: number; hash: Sha256 }
  node_setting: { name: string; value: JSONColumnType<object>; set_at: Instant }
}
