import { system } from '@tocsin/domain/actor.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { type Selectable, sql } from 'kysely'
import type { App } from '../app.ts'
import type { Outcome } from '../channels/channel.ts'
import type { Schema } from '../database/schema.ts'
import { type Written, writeRoomNotice } from './write-room-notice.ts'

export type RoomNotice = Selectable<Schema['room_notice']>

/** So many at most in a row: then it is looked again what is new. */
const IN_A_ROUND = 20
/** Longer than a mail server is waited for. */
const CLAIM_MS = 60_000
const FIRST_WAIT_MS = 60_000
const ATTEMPTS = 8

/**
 * Hands over what is due, one after the other. A row that a process had in hand when it ended leaves once more: the
 * mail has the same name then, and says nothing that would be untrue twice.
 */
export async function sendRoomNotices(app: App, over: AbortSignal): Promise<void> {
  const way = app.channels['e-mail']
  if (!way) return
  for (let count = 0; count < IN_A_ROUND && !over.aborted; count += 1) {
    const row = await claim(app)
    if (!row) return
    const written = await writeRoomNotice(app, row)
    const outcome = 'refused' in written ? written : await way.send(written.message)
    await settle(app, row, outcome)
  }
}

async function claim(app: App): Promise<RoomNotice | undefined> {
  const now = app.clock()
  const { rows } = await app.db.as(system, (tx) =>
    // Chosen once: a subquery that is asked again would take more than one.
    sql<RoomNotice>`with due as materialized (select id from room_notice
        where ended_at is null and next_at <= ${now}
          and (claimed_until is null or claimed_until <= ${now})
        order by next_at, id limit 1 for update skip locked)
      update room_notice set attempts = attempts + 1,
        claimed_until = ${addMilliseconds(now, CLAIM_MS)}
      from due where room_notice.id = due.id returning room_notice.*`.execute(tx),
  )
  return rows[0]
}

type Said = Outcome | Extract<Written, { refused: string }>

async function settle(app: App, { id, attempts }: RoomNotice, said: Said): Promise<void> {
  const now = app.clock()
  const isLater = 'state' in said && said.state === 'deferred' && attempts < ATTEMPTS
  await app.db.as(system, (tx) =>
    tx
      .updateTable('room_notice')
      .set({ claimed_until: null, ...(isLater ? later(said, attempts, now) : ended(said, now)) })
      .where('id', '=', id)
      .where('attempts', '=', attempts)
      .where('ended_at', 'is', null)
      .execute(),
  )
}

const later = (said: Outcome, attempts: number, now: Instant) => {
  const asked = said.state === 'deferred' ? said.retryAfterMs : undefined
  return { next_at: addMilliseconds(now, asked ?? FIRST_WAIT_MS * 2 ** (attempts - 1)) }
}

const ended = (said: Said, now: Instant) => {
  if ('refused' in said) return { ended_at: now, outcome: said.refused }
  return { ended_at: now, outcome: 'reason' in said ? said.reason : 'sent' }
}
