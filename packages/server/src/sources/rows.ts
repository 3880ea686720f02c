import { createHash } from 'node:crypto'
import type { Sha256 } from '@tocsin/domain/brand.ts'
import type { VintageId } from '@tocsin/domain/source.ts'
import { sql } from 'kysely'
import type { Tx } from '../database/database.ts'
import type { Batch, ImportedEvent, ImportedObservation } from './formats/format.ts'

/** The fingerprint of rows as they were understood, in the order of the file, and what they span. */
export class RowsHash {
  readonly #hash = createHash('sha256')
  count = 0
  firstPeriod: string | null = null
  lastPeriod: string | null = null

  add({ observations, events }: Batch): void {
    for (const row of observations) {
      this.#hash.update(lineOf([row.country, row.series, row.period, row.value, row.low, row.high]))
      this.#span(row.period)
    }
    for (const event of events) {
      const { id, country, from, to, violence, best, low, high, civilians } = event
      const place = [event.latitude, event.longitude, event.place]
      const figures = [best, low, high, civilians]
      this.#hash.update(lineOf([id, country, from, to, violence, ...figures, ...place]))
      this.#span(from.slice(0, 7))
    }
    this.count += observations.length + events.length
  }

  digest(): Sha256 {
    return this.#hash.digest('hex') as Sha256
  }

  #span(period: string): void {
    if (this.firstPeriod === null || period < this.firstPeriod) this.firstPeriod = period
    if (this.lastPeriod === null || period > this.lastPeriod) this.lastPeriod = period
  }
}

const lineOf = (cells: readonly (string | number | null)[]): string => `${JSON.stringify(cells)}\n`

/** Adds a stretch of rows: one statement whatever their number, since COPY knows no row security. */
export async function insertBatch(tx: Tx, vintage: VintageId, batch: Batch): Promise<void> {
  if (batch.observations.length > 0) await insertObservations(tx, vintage, batch.observations)
  if (batch.events.length > 0) await insertEvents(tx, vintage, batch.events)
}

async function insertObservations(
  tx: Tx,
  vintage: VintageId,
  rows: readonly ImportedObservation[],
): Promise<void> {
  const column = <K extends keyof ImportedObservation>(name: K) => rows.map((row) => row[name])
  await sql`
    insert into observation (vintage, country, series, period, value, low, high)
    select ${vintage}::uuid, * from unnest(
      ${column('country')}::text[], ${column('series')}::text[], ${column('period')}::text[],
      ${column('value')}::float8[], ${column('low')}::float8[], ${column('high')}::float8[])`.execute(
    tx,
  )
}

async function insertEvents(
  tx: Tx,
  vintage: VintageId,
  rows: readonly ImportedEvent[],
): Promise<void> {
  const column = <K extends keyof ImportedEvent>(name: K) => rows.map((row) => row[name])
  await sql`
    insert into ged_event (vintage, id, country, from_day, to_day, violence,
      best, low, high, civilians, latitude, longitude, place)
    select ${vintage}::uuid, * from unnest(
      ${column('id')}::text[], ${column('country')}::text[],
      ${column('from')}::date[], ${column('to')}::date[], ${column('violence')}::text[],
      ${column('best')}::int[], ${column('low')}::int[], ${column('high')}::int[],
      ${column('civilians')}::int[], ${column('latitude')}::float8[],
      ${column('longitude')}::float8[], ${column('place')}::text[])`.execute(tx)
}

/**
 * Sums events by country and month, as the monthly series of the product does: those that lie within one
 * month, since those that span several cannot be given to any.
 * Deaths, all types of violence, best, low and high estimate.
 */
export async function addMonths(tx: Tx, vintage: VintageId): Promise<void> {
  await sql`
    insert into observation (vintage, country, series, period, value, low, high)
    select vintage, country, 'ucdp.deaths.all', to_char(to_day, 'YYYY-MM'),
      sum(best), sum(low), sum(high)
    from ged_event
    where vintage = ${vintage} and to_char(from_day, 'YYYY-MM') = to_char(to_day, 'YYYY-MM')
    group by vintage, country, to_char(to_day, 'YYYY-MM')`.execute(tx)
}
