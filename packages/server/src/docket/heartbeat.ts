import { system } from '@tocsin/domain/actor.ts'
import type { App } from '../app.ts'

/** Says that the clocks are being looked after; the docket shows when this was last said. */
export async function beat(app: App): Promise<void> {
  const beat_at = app.clock()
  await app.db.as(system, (tx) =>
    tx
      .insertInto('heartbeat')
      .values({ id: 'clocks', beat_at })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ beat_at }))
      .execute(),
  )
}
