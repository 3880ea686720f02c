import type { Instant } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import type { Tx } from '../database/database.ts'
import type { AudienceRow } from './audience-reading.ts'

/** No key of an audience is used for longer, or after somebody has come or gone. */
const EPOCH_MS = 30 * 86_400_000

/**
 * The epoch whose key seals what is told now; 0 where there is none yet, and each reader is sealed to
 * by itself.
 */
export async function currentEpoch(
  tx: Tx,
  { id, version }: Pick<AudienceRow, 'id' | 'version'>,
  at: Instant,
): Promise<number> {
  const row = await tx
    .selectFrom('audience_key')
    .select('epoch')
    .where('audience_id', '=', id)
    .where('version', '=', version)
    .where('made_at', '>', addMilliseconds(at, -EPOCH_MS))
    .orderBy('epoch', 'desc')
    .executeTakeFirst()
  return row?.epoch ?? 0
}
