import type { ChannelControl, setChannel } from '@tocsin/api/channels.ts'
import type { Input } from '@tocsin/api/route.ts'
import { type Actor, mayOperateNode, system } from '@tocsin/domain/actor.ts'
import type { Clock } from '@tocsin/domain/clock.ts'
import { ChannelKind } from '@tocsin/domain/notification.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { sql } from 'kysely'
import { z } from 'zod'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Database, Tx } from '../database/database.ts'
import type { Channel, Outcome } from './channel.ts'

const NAME = 'channels'
const free: ChannelControl = { isStopped: false, perMinute: null }
const Stored = z.partialRecord(
  ChannelKind,
  z.object({ isStopped: z.boolean(), perMinute: z.int().nullable() }),
)

/** How each way is held back; read anew for each notice, so that stopping takes effect at once. */
export async function readControls(tx: Tx): Promise<(kind: ChannelKind) => ChannelControl> {
  const row = await tx
    .selectFrom('node_setting')
    .select('value')
    .where('name', '=', NAME)
    .executeTakeFirst()
  const stored = row ? Stored.parse(row.value) : {}
  return (kind) => stored[kind] ?? free
}

/** Stopping protects and letting go on restores what was: one administrator, at once. */
export async function setControl(
  app: App,
  actor: Actor,
  kind: ChannelKind,
  { isStopped, perMinute }: Input<typeof setChannel>['body'],
): Promise<void> {
  if (!mayOperateNode(actor)) throw new Problem('permission.denied')
  await app.db.as(actor, async (tx) => {
    const at = app.clock()
    // Two changes at once must not undo each other: the second waits, then reads the first's.
    await tx
      .insertInto('node_setting')
      .values({ name: NAME, value: JSON.stringify({}), set_at: at })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute()
    await tx
      .selectFrom('node_setting')
      .select('name')
      .where('name', '=', NAME)
      .forUpdate()
      .execute()
    const before = (await readControls(tx))(kind)
    const control = {
      isStopped: isStopped ?? before.isStopped,
      perMinute: perMinute === undefined ? before.perMinute : perMinute,
    }
    const value = sql<string>`value || ${JSON.stringify({ [kind]: control })}::jsonb`
    await tx
      .updateTable('node_setting')
      .set({ value, set_at: at })
      .where('name', '=', NAME)
      .execute()
    const act = 'settings.channel-changed'
    await recordAudit(tx, { at, actor, organisation: null, act, subject: kind, details: control })
  })
}

type Held = { readonly db: Database; readonly clock: Clock }

/** The same channels under their kill switch and cap, which hold over all processes of the node. */
export function holdChannels(held: Held, channels: App['channels']): App['channels'] {
  const kinds = Object.entries(channels) as [ChannelKind, Channel][]
  return Object.fromEntries(kinds.map(([kind, channel]) => [kind, hold(held, kind, channel)]))
}

const hold = ({ db, clock }: Held, kind: ChannelKind, channel: Channel): Channel => ({
  ...channel,
  send: async (message) => {
    const held = await db.as(system, async (tx) => {
      const { isStopped, perMinute } = (await readControls(tx))(kind)
      if (isStopped) return stopped
      return perMinute === null ? undefined : pace(tx, clock, kind, perMinute)
    })
    return held ?? channel.send(message)
  },
})

/** A way that is stopped is no way: the notice counts as not arrived, and people hear of it. */
const stopped: Outcome = { state: 'refused', reason: 'stopped', detail: 'stopped by hand' }

const MINUTE_MS = 60_000

/** Counts the notice; what is over the cap is spread over the minutes to come, each to its own. */
async function pace(
  tx: Tx,
  clock: Clock,
  id: ChannelKind,
  perMinute: number,
): Promise<Outcome | undefined> {
  const now = Date.parse(clock())
  const minute = new Date(now - (now % MINUTE_MS)).toISOString()
  const { rows } = await sql<{ asked: number }>`
    insert into channel_pace values (${id}, ${minute}, 1)
    on conflict (id) do update set minute = excluded.minute,
      asked = case when channel_pace.minute = excluded.minute then channel_pace.asked + 1 else 1 end
    returning asked`.execute(tx)
  const minutes = Math.floor(((rows[0]?.asked ?? 1) - 1) / perMinute)
  if (minutes === 0) return undefined
  const retryAfterMs = minutes * MINUTE_MS - (now % MINUTE_MS)
  return { state: 'deferred', reason: 'busy', detail: 'over the cap of this node', retryAfterMs }
}
