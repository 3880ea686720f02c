import { system } from '@tocsin/domain/actor.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { digestOf, type Signed } from '@tocsin/records/jws.ts'
import type { App } from '../app.ts'
import { type Carrier, packRecords } from './carriers.ts'
import { handIn } from './hand-in.ts'
import { listOwn } from './own-organisations.ts'
import { backOff, renewLease } from './peers.ts'

/** After so many failures in a row, others are asked to carry. */
const PATIENCE = 2

/** How long somebody who carries has, before it is sent again. */
const CARRIED_MS = 600_000

export type Stranded = {
  readonly from: OrganisationId
  readonly to: OrganisationId
  readonly records: readonly Signed[]
}

/**
 * Leaves what a member's node does not take with another member that answers, sealed, so that whoever
 * carries it can read nothing. Nobody whom a record shuts out carries it. The member is tried on.
 */
export async function sendByRelay(app: App, { from, to, records }: Stranded): Promise<void> {
  const relay = await app.db.as(system, async (tx) => {
    const peer = await tx
      .selectFrom('peer')
      .select('failures')
      .where('member', '=', to)
      .executeTakeFirst()
    if (!peer || peer.failures < PATIENCE) return undefined
    const digests = records.map(digestOf)
    const told = await tx
      .selectFrom('network_record')
      .select('excluded')
      .where('digest', 'in', digests)
      .execute()
    const shutOut = told.flatMap(({ excluded }) => excluded)
    return tx
      .selectFrom('peer')
      .innerJoin('member', 'member.organisation', 'peer.member')
      .select('peer.member')
      .where('state', '=', 'pinned')
      .where('peer.member', '<>', to)
      .$if(shutOut.length > 0, (query) => query.where('peer.member', 'not in', shutOut))
      .where('failures', '=', 0)
      .where('heard_at', 'is not', null)
      .orderBy('heard_at', 'desc')
      .executeTakeFirst()
  })
  if (!relay) return
  const objects = await packRecords(app, records, { from, to, isRelayed: true })
  if (objects.length === 0) return
  const sent = await handIn(app, { from, to: relay.member, objects, carriedTo: to }).catch(
    (error: unknown) => {
      app.log.info({ error, member: relay.member }, 'relay')
    },
  )
  if (!sent || !('results' in sent)) return
  // What is on its way lets the rest go first; until the member says that it has it, it goes again.
  await app.db.as(system, (tx) =>
    tx
      .updateTable('record_queue')
      .set({ next_at: addMilliseconds(app.clock(), CARRIED_MS) })
      .where('member', '=', to)
      .where('digest', 'in', records.map(digestOf))
      .execute(),
  )
}

const LOT = 20

/** Hands on what this node carries for a member; what was taken is forgotten. */
export async function handOnCarried(app: App, to: OrganisationId): Promise<boolean> {
  const now = app.clock()
  const { rows, from } = await app.db.as(system, async (tx) => ({
    rows: await tx
      .selectFrom('carried_record')
      .select(['id', 'carrier', 'attempts'])
      .where('member', '=', to)
      .where('next_at', '<=', now)
      .orderBy('made_at')
      .limit(LOT)
      .execute(),
    from: (await listOwn(tx))[0],
  }))
  if (rows.length === 0 || !from) return true
  await renewLease(app, to)
  const objects = rows.map(({ carrier }) => carrier as Carrier)
  const sent = await handIn(app, { from, to, objects }).catch(() => undefined)
  const ids = rows.map(({ id }) => id)
  const isTaken = sent !== undefined && 'results' in sent
  await app.db.as(system, async (tx) => {
    if (isTaken) await tx.deleteFrom('carried_record').where('id', 'in', ids).execute()
    else {
      const next_at = addMilliseconds(now, backOff(rows[0]?.attempts ?? 0))
      await tx
        .updateTable('carried_record')
        .set((row) => ({ attempts: row('attempts', '+', 1), next_at }))
        .where('id', 'in', ids)
        .execute()
    }
  })
  return isTaken
}
