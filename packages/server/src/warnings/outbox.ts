import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import { leavesAt } from '@tocsin/domain/notice-timing.ts'
import type { NotificationId } from '@tocsin/domain/notification.ts'
import type { PostId } from '@tocsin/domain/people.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { gravityOf, listDigests } from './digest.ts'
import { playersOf, recipientsOf, type Step } from './recipients.ts'

type Queued = {
  readonly matter: MatterId
  readonly notification: NotificationId | null
  readonly post: PostId
  readonly step: Step
  /** What the notice is: `warned`, or a rung of the ladder. With it a notice leaves once. */
  readonly name: string
  readonly excluded: readonly OrganisationId[]
}

/** Puts a notice for each person and channel into the outbox; answers how many persons are told. */
export async function queueNotices(app: App, tx: Tx, queued: Queued): Promise<number> {
  const { matter, notification, post, step, name, excluded } = queued
  const at = app.clock()
  const told =
    (await playersOf(tx, matter, post)) ?? (await recipientsOf(tx, [post], { at, step, excluded }))
  const { level, acknowledgeBy } = await gravityOf(tx, queued)
  const digests = await listDigests(tx, told, level)
  const rows = told.flatMap(({ person, channels }) => {
    const digest = digests.get(person) ?? null
    const next_at = leavesAt({ now: at, level, acknowledgeBy, digest })
    return channels.map((channel) => ({
      id: newId<string>(),
      matter,
      notification,
      person,
      channel,
      step: name,
      level,
      state: 'queued' as const,
      next_at,
      claimed_until: null,
      reference: null,
      reason: next_at > at ? 'digest' : null,
      made_at: at,
      sent_at: null,
    }))
  })
  if (rows.length > 0) {
    const keys = ['notification', 'person', 'channel', 'step'] as const
    await tx
      .insertInto('delivery')
      .values(rows)
      .onConflict((conflict) => conflict.columns([...keys]).doNothing())
      .execute()
  }
  return told.length
}
