import type { Instant, Sha256 } from '@tocsin/domain/brand.ts'
import type { EditionId } from '@tocsin/domain/risk.ts'
import type { ColumnType, Generated } from 'kysely'

type Json = ColumnType<unknown, string, string>

export type RiskTables = {
  risk_input: {
    sha256: Sha256
    kind: string
    name: string
    rows: number
    content: Buffer
    kept_at: Instant
  }
  risk_edition: {
    id: EditionId
    data_year: number
    statement: Json
    figures: string
    figures_hash: Sha256
    kept_at: Instant
  }
  risk_build: {
    edition: EditionId
    request: Json
    state: 'waiting' | 'running' | 'done' | 'failed'
    done: Generated<number>
    of_all: Generated<number>
    problem: Json | null
    asked_at: Instant
  }
}
