import type { Device } from '@tocsin/api/contacts.ts'
import { type Actor, type PersonActor, system } from '@tocsin/domain/actor.ts'
import type { PersonId } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { z } from 'zod'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Database, Tx } from '../database/database.ts'
import { openVault } from '../identity/secrets.ts'

/** Where a device takes notices, and the keys that only it can open them with. */
export const Subscription = z.object({
  endpoint: z.url({ protocol: /^https$/ }),
  p256dh: z.string(),
  auth: z.string(),
})
export type Subscription = Readonly<z.infer<typeof Subscription>>

const MOST_DEVICES = 10

/** Has a device told: its address lies sealed, and with the first the person is reached this way. */
export async function addDevice(
  app: App,
  { person, organisation, ...actor }: PersonActor,
  id: string,
  { name, ...subscription }: Subscription & { readonly name: string },
): Promise<void> {
  const self = { person, organisation, ...actor }
  const channel = app.channels['web-push']
  if (!channel) throw new Problem('channel.not-set-up')
  if (!channel.accepts?.(subscription.endpoint)) throw new Problem('channel.device-refused')
  const vault = await openVault(app.node.home)
  const made_at = app.clock()
  await app.db.as(self, async (tx) => {
    const known = await tx
      .selectFrom('push_subscription')
      .select('id')
      .where('person', '=', person)
      .execute()
    if (known.length >= MOST_DEVICES) throw new Problem('channel.device-refused')
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('push_subscription')
      .values({
        id,
        person,
        fingerprint: vault.fingerprint(`device ${person} ${subscription.endpoint}`),
        sealed: vault.seal(JSON.stringify(subscription), `device ${id}`),
        device: name,
        made_at,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows !== 1n) return
    await tx
      .insertInto('contact')
      .values({
        id: newId<string>(),
        person,
        organisation,
        channel: 'web-push',
        // The way is the person's; which devices it leads to is looked up when it is used.
        address: person,
        made_at,
        preference: MOST_DEVICES,
      })
      .onConflict((conflict) => conflict.columns(['person', 'channel']).doNothing())
      .execute()
    await recordAudit(tx, { at: made_at, actor: self, act: 'people.device-added', subject: person })
  })
}

export async function removeDevice(app: App, actor: PersonActor, id: string): Promise<void> {
  await app.db.as(actor, async (tx) => {
    const { numDeletedRows } = await tx
      .deleteFrom('push_subscription')
      .where('id', '=', id)
      .where('person', '=', actor.person)
      .executeTakeFirst()
    if (numDeletedRows === 0n) return
    await endWay(tx, actor.person)
    const deed = { at: app.clock(), actor, act: 'people.device-removed' }
    await recordAudit(tx, { ...deed, subject: actor.person })
  })
}

/** With the last device the way itself ends: a person without one is told otherwise. */
async function endWay(tx: Tx, person: PersonId): Promise<void> {
  const left = await tx
    .selectFrom('push_subscription')
    .select('id')
    .where('person', '=', person)
    .limit(1)
    .executeTakeFirst()
  if (left) return
  await tx
    .deleteFrom('contact')
    .where('person', '=', person)
    .where('channel', '=', 'web-push')
    .execute()
}

export const listDevices = (app: App, actor: Actor, person: PersonId): Promise<Device[]> =>
  app.db.as(actor, (tx) =>
    tx
      .selectFrom('push_subscription')
      .select(['id', 'device as name', 'made_at as madeAt', 'used_at as usedAt'])
      .where('person', '=', person)
      .orderBy('made_at')
      .orderBy('id')
      .execute(),
  )

type Kept = { readonly db: Database; readonly home: string }

/** The devices of a person with their addresses opened: for the channel alone. */
export async function subscriptionsOf(
  { db, home }: Kept,
  person: string,
): Promise<readonly (Subscription & { readonly id: string })[]> {
  const vault = await openVault(home)
  const rows = await db.as(system, (tx) =>
    tx
      .selectFrom('push_subscription')
      .select(['id', 'sealed'])
      .where('person', '=', person as PersonId)
      .execute(),
  )
  return rows.flatMap(({ id, sealed }) => {
    const text = vault.unseal(sealed, `device ${id}`)
    return text === undefined ? [] : [{ id, ...Subscription.parse(JSON.parse(text)) }]
  })
}

/** Takes off the devices that are gone, and notes which were told. */
export async function noteDevices(
  { db }: Kept,
  person: string,
  { gone, told, at }: { gone: readonly string[]; told: readonly string[]; at: string },
): Promise<void> {
  await db.as(system, async (tx) => {
    if (gone.length > 0) {
      await tx
        .deleteFrom('push_subscription')
        .where('id', 'in', [...gone])
        .execute()
      await endWay(tx, person as PersonId)
    }
    if (told.length > 0) {
      await tx
        .updateTable('push_subscription')
        .set({ used_at: at as never })
        .where('id', 'in', [...told])
        .execute()
    }
  })
}
