import type { PersonId } from '@tocsin/domain/brand.ts'
import type { Course } from '@tocsin/domain/exercise.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { Tx } from '../database/database.ts'

/** How time runs on this matter, where it is an exercise that replays a past one. */
export async function findCourse(tx: Tx, matter: MatterId): Promise<Course | undefined> {
  const row = await tx
    .selectFrom('exercise')
    .select(['speed', 'source_from', 'started_at', 'paused_ms'])
    .where('matter', '=', matter)
    .executeTakeFirst()
  return (
    row && {
      speed: row.speed,
      sourceFrom: row.source_from,
      startedAt: row.started_at,
      pausedMs: row.paused_ms,
    }
  )
}

/** Whom everything on a replay tells instead of anybody else; undefined where it is none. */
export async function findParticipants(
  tx: Tx,
  matter: MatterId,
): Promise<readonly PersonId[] | undefined> {
  const row = await tx
    .selectFrom('exercise')
    .select('participants')
    .where('matter', '=', matter)
    .executeTakeFirst()
  return row?.participants
}

export const isReplay = async (tx: Tx, matter: MatterId): Promise<boolean> =>
  (await findParticipants(tx, matter)) !== undefined
