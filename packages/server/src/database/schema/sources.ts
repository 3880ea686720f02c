import type { CountryCode, Day, Instant, Sha256 } from '@tocsin/domain/brand.ts'
import type { ImportId, VintageId } from '@tocsin/domain/source.ts'
import type { ColumnType, GeneratedAlways } from 'kysely'

type Json = ColumnType<unknown, string, string>

export type SourceTables = {
  vintage: {
    id: VintageId
    seq: GeneratedAlways<number>
    source: string
    format: string
    version: string
    as_of: Day
    file: string
    file_hash: Sha256
    rows_hash: Sha256
    rows: number
    left_out: number
    first_period: string | null
    last_period: string | null
    redistributable: boolean
    imported_at: Instant
  }
  observation: {
    vintage: VintageId
    country: CountryCode
    series: string
    period: string
    value: number
    low: number | null
    high: number | null
  }
  ged_event: {
    vintage: VintageId
    id: string
    country: CountryCode
    from_day: Day
    to_day: Day
    violence: string
    best: number
    low: number
    high: number
    civilians: number
    latitude: number | null
    longitude: number | null
    place: string | null
  }
  vintage_file: {
    vintage: VintageId
    content: Buffer | Uint8Array
  }
  source_import: {
    id: ImportId
    file: string
    report: Json
    started_at: Instant
  }
}
