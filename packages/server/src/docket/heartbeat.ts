import { system } from '@tocsin/domain/actor.ts'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import type { Heartbeat } from '../database/schema/docket.ts'

/** Says that the clocks, or the notices, are being looked after; silence is an alarm of its own. */
export async function beat(app: App, id: Heartbeat): Promise<void> {
  const beaten = { beat_at: app.clock(), seen_at: sql<never>`clock_timestamp()` }
  await app.db.as(system, (tx) =>
    tx
      .insertInto('heartbeat')
      .values({ id, ...beaten })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(beaten))
      .execute(),
  )
}
