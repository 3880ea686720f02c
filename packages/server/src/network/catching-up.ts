import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { sql } from 'kysely'
import type { Tx } from '../database/database.ts'

/*
 * A node that came back from a backup has forgotten what its organisations said since. Whatever it told
 * an audience now would stand in a place that is taken, and others would have to hold it for a forgery:
 * so it tells nothing until it has its own word back (take-back.ts) or an operator decides (caught-up.ts).
 */

/** Since when an organisation of this node waits for what it had said. */
export async function waitsSince(
  tx: Tx,
  organisation: OrganisationId,
): Promise<Instant | undefined> {
  const row = await tx
    .selectFrom('awaited_answer')
    .select('began_at')
    .where('organisation', '=', organisation)
    .executeTakeFirst()
  return row?.began_at
}

/**
 * Refuses to tell an audience something while the end of what it was told is not known. In an audience
 * that began after the restore nothing is forgotten; that of a matter may have begun twice.
 */
export async function refuseWhileCatchingUp(
  tx: Tx,
  organisation: OrganisationId,
  audience: AudienceId,
): Promise<void> {
  const { rows } = await sql`select 1 from awaited_answer where organisation = ${organisation}
    and not exists (select from audience where id = ${audience} and version = 1
      and audience.organisation = ${organisation} and made_at >= awaited_answer.began_at
      and not exists (select from matter where matter.id = audience.id))`.execute(tx)
  if (rows.length > 0) throw new Problem('network.catching-up')
}

/** For what is tried again until it may be told. */
export function unlessCatchingUp(error: unknown): void {
  if (!(error instanceof Problem) || error.code !== 'network.catching-up') throw error
}
