import { type Audience, isInAudience, type Marking } from '@tocsin/domain/audience.ts'
import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import { sql } from 'kysely'
import type { Tx } from '../database/database.ts'

export type AudienceRow = Audience & {
  readonly id: AudienceId
  readonly version: number
  readonly ceiling: Marking
  readonly effective_at: Instant
  readonly expires_at: Instant | null
}

/** The versions of an audience that the actor may see, the newest first. */
export const listAudienceVersions = (tx: Tx, id: AudienceId): Promise<readonly AudienceRow[]> =>
  listVersionsOf(tx, [id])

/** The same of many audiences. */
export async function listVersionsOf(
  tx: Tx,
  ids: readonly AudienceId[],
): Promise<readonly AudienceRow[]> {
  const { rows } = await sql<AudienceRow>`select id, version, organisation, audience, excluded,
      ceiling, effective_at, expires_at
    from audience where id = any (${ids}::uuid[]) order by version desc`.execute(tx)
  return rows
}

/** The version that counts at that moment. */
export const effectiveAt = (
  versions: readonly AudienceRow[],
  at: Instant,
): AudienceRow | undefined => versions.find(({ effective_at }) => effective_at <= at)

/**
 * Who reads what an author tells an audience: the author and whoever is in the audience. Where it is
 * the audience itself that changes, those who come and those who are there both see it first.
 */
export function readersOf(author: OrganisationId, audiences: readonly Audience[]): Audience {
  const all = audiences.flatMap(({ organisation, audience }) => [organisation, ...audience])
  const readers = new Set(all.filter((who) => audiences.some((one) => isInAudience(one, who))))
  const isOut = (who: OrganisationId) => !readers.has(who)
  const excluded = new Set(audiences.flatMap((one) => one.excluded).filter(isOut))
  readers.delete(author)
  return { organisation: author, audience: [...readers], excluded: [...excluded] }
}
