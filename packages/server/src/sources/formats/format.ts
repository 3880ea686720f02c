import type { CountryCode } from '@tocsin/domain/brand.ts'
import type { RowReason } from '@tocsin/domain/source.ts'

/** One figure for one country and period; `period` is `YYYY` or `YYYY-MM`. */
export type ImportedObservation = {
  readonly country: CountryCode
  readonly period: string
  readonly series: string
  readonly value: number
  readonly low: number | null
  readonly high: number | null
}

/** One event of UCDP's georeferenced event data; `id` is the publisher's. */
export type ImportedEvent = {
  readonly id: string
  readonly country: CountryCode
  readonly from: string
  readonly to: string
  readonly violence: 'state-based' | 'non-state' | 'one-sided'
  readonly best: number
  readonly low: number
  readonly high: number
  readonly civilians: number
  readonly latitude: number | null
  readonly longitude: number | null
  readonly place: string | null
}

/** A row that was not understood: `line` counts from 1 in the file. */
export type BadRow = {
  readonly line: number
  readonly reason: RowReason
  readonly details: Readonly<Record<string, string>>
}

/** What one stretch of a file held: never more than some 5,000 entries, so that memory stays flat. */
export type Batch = {
  readonly observations: readonly ImportedObservation[]
  readonly events: readonly ImportedEvent[]
  readonly bad: readonly BadRow[]
  readonly rowsRead: number
  /** Rows on States that ended and on groups of countries: understood, and left out. */
  readonly leftOut: number
  /** Bytes of the file as it is stored (so compressed, if it is) read so far. */
  readonly bytesRead: number
}

export type FormatName =
  | 'epr'
  | 'ewp-events'
  | 'ewp-forecasts'
  | 'ewp-mass-killing'
  | 'ewp-predictors'
  | 'inform'
  | 'observations'
  | 'pts'
  | 'treaties'
  | 'ucdp-battle-deaths'
  | 'ucdp-conflicts'
  | 'ucdp-country-month'
  | 'ucdp-country-year'
  | 'ucdp-ged'
  | 'vdem'
  | 'views'
  | 'wdi'

/** A recognised file being read. */
export type Reading = {
  readonly format: FormatName
  /** Short name of the source, as `Source.name`. */
  readonly source: string
  /** As the file says it, else empty. */
  readonly version: string
  /** Whether computations must read the file exactly, so that its bytes are to be kept. */
  readonly keepBytes: boolean
  readonly batches: AsyncIterable<Batch>
}
