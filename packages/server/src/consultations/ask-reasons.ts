import { system } from '@tocsin/domain/actor.ts'
import { type ConsultationId, ITEMS } from '@tocsin/domain/consultation.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { findRoom, publishRoom } from './store.ts'

/** What a title may take, in characters. */
const LINE = 200

/**
 * As the node itself: puts on the room's agenda that an organ has the matter because there was no decision in time,
 * and asks for the reasons, so that everybody in the room reads so on every node. The caller holds the consultation.
 * In a room that is closed, or whose agenda is full, nothing is said any more.
 */
export async function askRoomForReasons(
  app: App,
  tx: Tx,
  id: ConsultationId,
  { organ }: { readonly organ: string },
): Promise<void> {
  const found = await findRoom(tx, id)
  if (!found || found.room.closing !== null || found.room.agenda.length >= ITEMS) return
  const { room, version } = found
  const at = app.clock()
  const n = room.agenda.length + 1
  const title = `${organ}: ${room.title}`.slice(0, LINE).trim()
  const item = { n, title, addedAt: at, settled: null, asks: 'reasons' } as const
  await publishRoom(app, tx, { ...room, agenda: [...room.agenda, item] }, { version })
  const { organisation } = room
  const act = 'consultation.item-added'
  await recordAudit(tx, { at, actor: system, organisation, subject: id, act, details: { n } })
}
