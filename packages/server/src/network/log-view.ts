import type { LogCheck } from '@tocsin/api/network.ts'
import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { sql } from 'kysely'
import type { Tx } from '../database/database.ts'

const none: LogCheck = {
  size: 0,
  root: null,
  checkedAt: null,
  fault: null,
  witnesses: [],
}

/** An organisation's log as it was last computed anew, and who countersigned which size of it. */
export async function readLogCheck(
  tx: Tx,
  organisation: OrganisationId | undefined,
): Promise<LogCheck> {
  const log = organisation && (await findLog(tx, organisation))
  if (!log) return none
  const fault = await tx
    .selectFrom('log_finding')
    .select(['index', 'kind'])
    .where('origin', '=', log.origin)
    .where('decided_at', 'is', null)
    .orderBy('found_at')
    .executeTakeFirst()
  const { rows: witnesses } = await sql<{ name: string; size: number; at: Instant }>`
    with recursive signed as (
      (select witness, size from log_cosignature where organisation = ${organisation}
        order by witness desc, size desc limit 1)
      -- From each witness to the next, past all that it signed before: a log grows for years.
      union all select next.witness, next.size from signed, lateral (
        select witness, size from log_cosignature
        where organisation = ${organisation} and witness < signed.witness
        order by witness desc, size desc limit 1) as next)
    select coalesce(organisation.name, signed.witness) as name, signed.size, signed_at as at
    from signed
      join log_checkpoint as checkpoint on checkpoint.organisation = ${organisation}
        and checkpoint.size = signed.size
      left join known_log as known on split_part(known.witness_key, '+', 1) = signed.witness
        and known.ended_at is null
      left join organisation on organisation.id = known.organisation
    order by name`.execute(tx)
  return {
    size: log.size,
    // The third line of a checkpoint is the root of its tree.
    root: log.note?.split('\n')[2] ?? null,
    checkedAt: log.checked_at,
    fault: fault ? { index: fault.index ?? 0, kind: fault.kind } : null,
    witnesses,
  }
}

const findLog = (tx: Tx, organisation: OrganisationId) =>
  tx
    .selectFrom('transparency_log as log')
    .leftJoin('log_checkpoint as checkpoint', (join) =>
      join
        .onRef('checkpoint.organisation', '=', 'log.organisation')
        .onRef('checkpoint.size', '=', 'log.size'),
    )
    .select(['log.origin', 'log.size', 'log.checked_at', 'note'])
    .where('log.organisation', '=', organisation)
    .executeTakeFirst()
