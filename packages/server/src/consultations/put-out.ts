import { system } from '@tocsin/domain/actor.ts'
import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import type { ConsultationId } from '@tocsin/domain/consultation.ts'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { holdId } from '../docket/numbering.ts'
import { takeOut } from '../network/apply-audiences.ts'
import { unlessCatchingUp } from '../network/catching-up.ts'
import { listOwn } from '../network/own-organisations.ts'
import { audienceOf, getRoom, publishRoom } from './store.ts'

type Due = {
  readonly consultation: ConsultationId
  readonly organisation: OrganisationId
  readonly since: Instant
}

/**
 * Puts members that this node expelled out of the rooms that it leads. Looked for again and again: so
 * that the room is told also where it could not be told at that moment.
 */
export async function putOutExpelled(app: App): Promise<void> {
  for (const due of await app.db.as(system, listDue)) {
    await app.db.as(system, (tx) => putOut(app, tx, due)).catch(unlessCatchingUp)
  }
}

async function listDue(tx: Tx): Promise<readonly Due[]> {
  const own = await listOwn(tx)
  const { rows } = await sql<Due>`
    select told.audience_id as consultation, member.organisation,
      coalesce(member.expelled_at, member.made_at) as since
    from shared_object as told join member on member.state = 'expelled'
      and told.object -> 'content' -> 'seats'
        @> jsonb_build_array(jsonb_build_object('organisation', member.organisation))
    where told.type = 'consultation' and told.organisation = any (${own}::uuid[])
      and told.object -> 'content' ->> 'view' = 'room'
      and told.object -> 'content' ->> 'closing' is null
    order by 1, 2`.execute(tx)
  return rows
}

async function putOut(app: App, tx: Tx, { consultation, organisation, since }: Due): Promise<void> {
  await holdId(tx, consultation)
  const { room, version } = await getRoom(tx, consultation)
  const seat = room.seats.find((one) => one.organisation === organisation)
  if (!seat || room.closing !== null) return
  const seats = room.seats.filter((one) => one !== seat)
  const expelled = [...(room.expelled ?? []), { organisation, name: seat.name, since }]
  await publishRoom(app, tx, { ...room, seats, expelled }, { version })
  const deed = { at: app.clock(), actor: system, organisation: room.organisation }
  const details = { member: organisation }
  await recordAudit(tx, { ...deed, subject: room.id, act: 'consultation.put-out', details })
  await takeOut(app, tx, system, audienceOf(room.id), [organisation])
}
