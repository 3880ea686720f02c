import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { sql } from 'kysely'
import type { Tx } from '../database/database.ts'

/**
 * Lets only one transaction at a time make the thing of this id: what is sent twice at once waits here
 * and then finds the first.
 */
export async function holdId(tx: Tx, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${id}, 0))`.execute(tx)
}

/** The next number of the organisation's own count within the year: no gaps, none twice. */
export async function takeNumber(
  tx: Tx,
  { organisation, at, what }: { organisation: OrganisationId; at: Instant; what: string },
): Promise<{ readonly year: number; readonly number: number }> {
  const year = Number(at.slice(0, 4))
  const { last } = await tx
    .insertInto('numbering')
    .values({ id: `${organisation}/${year}/${what}`, organisation, last: 1 })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet({ last: sql<number>`numbering.last + 1` }),
    )
    .returning('last')
    .executeTakeFirstOrThrow()
  return { year, number: last }
}
