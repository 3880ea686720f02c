import type { Call, ChannelStanding } from '@tocsin/api/channels.ts'
import { type Actor, system } from '@tocsin/domain/actor.ts'
import { mayWorkOnMatter } from '@tocsin/domain/docket-access.ts'
import { ChannelKind, type DeliveryState } from '@tocsin/domain/notification.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { WarningId } from '@tocsin/domain/warning.ts'
import { z } from 'zod'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { getMatter } from '../docket/queries.ts'
import { requirePerson } from '../identity/step-up.ts'
import { listContacts } from '../people/correspondents.ts'
import type { Claimed } from '../warnings/claims.ts'
import { writeParcels } from '../warnings/notices.ts'
import { readControls } from './controls.ts'
import { listDevices } from './devices.ts'
import { pushKeys } from './node-keys.ts'

/** Every way, whether it is set up, and how it is held back. */
export async function listChannels(app: App, actor: Actor): Promise<ChannelStanding[]> {
  const controlOf = await app.db.as(actor, readControls)
  return ChannelKind.options.map((channel) => ({
    channel,
    isSetUp: app.channels[channel] !== undefined,
    ...controlOf(channel),
  }))
}

/** Where one is reached oneself, with the ways that this node has. */
export async function listOwnContacts(app: App, actor: Actor) {
  const self = requirePerson(actor)
  const ways = ChannelKind.options.filter((channel) => app.channels[channel])
  return {
    contacts: await listContacts(app, self, self.person),
    devices: await listDevices(app, self, self.person),
    ways,
    pushKey: app.channels['web-push'] ? (await pushKeys(app.node.home)).publicKey : null,
  }
}

/** The people whom a warning reaches only by voice; to those who work on its matter, with numbers. */
export async function listCalls(app: App, actor: Actor, warning: WarningId): Promise<Call[]> {
  const { rows, tries, mayCall } = await app.db.as(actor, async (tx) => {
    const found = await tx
      .selectFrom('warning')
      .select('matter')
      .where('id', '=', warning)
      .executeTakeFirst()
    if (!found) throw new Problem('warning.not-found')
    const { organisation } = await getMatter(tx, found.matter)
    return {
      rows: await listOwed(tx, warning),
      tries: await listTries(tx, found.matter),
      mayCall: mayWorkOnMatter(actor, { organisation }),
    }
  })
  if (rows.length === 0) return []
  // As the system: who is called and where is named to those who call, whoever keeps that list.
  const { people, refused } = await app.db.as(system, async (tx) => ({
    refused: await refusalsOf(app, rows),
    people: await tx
      .selectFrom('person')
      .leftJoin('contact', (join) =>
        join.onRef('contact.person', '=', 'person.id').on('contact.channel', '=', 'call-sheet'),
      )
      .select(['person.id', 'person.name', 'contact.address'])
      .where(
        'person.id',
        'in',
        rows.map(({ person }) => person),
      )
      .execute(),
  }))
  return rows.map(({ id, person, authority, office, made_at, state, reason }) => {
    const isOwed = isWaiting(state) && !refused.has(id)
    const known = people.find((one) => one.id === person)
    return {
      delivery: id,
      authority,
      office,
      name: known?.name ?? office,
      number: isOwed && mayCall ? (known?.address ?? null) : null,
      madeAt: made_at,
      isOwed,
      reason: refused.get(id) ?? (state === 'failed' ? reason : null),
      tries: tries.flatMap(({ delivery, ...one }) => (delivery === id ? [one] : [])),
    }
  })
}

const isWaiting = (state: DeliveryState): boolean => state === 'queued' || state === 'handing-over'

/** Why somebody who waits for a call must not be told any more, by delivery. */
async function refusalsOf(app: App, rows: readonly Claimed[]) {
  const waiting = rows.filter(({ state }) => isWaiting(state))
  const written = await writeParcels(
    app,
    waiting.map((row) => ({ rows: [row] })),
  )
  return new Map(written.flatMap(({ refused }) => [...refused]))
}

const listOwed = (tx: Tx, warning: WarningId) =>
  tx
    .selectFrom('delivery')
    .innerJoin('notification', 'notification.id', 'delivery.notification')
    .selectAll('delivery')
    .select(['authority', 'office'])
    .where('notification.warning', '=', warning)
    .where('channel', '=', 'call-sheet')
    .orderBy('made_at')
    .orderBy('delivery.id')
    .execute()

const Called = z.object({
  delivery: z.string(),
  outcome: z.enum(['reached', 'not-reached']),
  spokeWith: z.string().optional(),
})

/** The calls of a matter as its record has them. */
async function listTries(tx: Tx, matter: Parameters<typeof getMatter>[1]) {
  const entries = await tx
    .selectFrom('entry')
    .select(['at', 'author', 'text', 'facts'])
    .where('matter', '=', matter)
    .where('kind', '=', 'notification.called')
    .orderBy('seq')
    .execute()
  return entries.map(({ at, author, text, facts }) => {
    const { delivery, outcome, spokeWith } = Called.parse(facts)
    const { name } = z.object({ name: z.string().nullable() }).parse(author)
    const isReached = outcome === 'reached'
    return { delivery, at, by: name, isReached, spokeWith: spokeWith ?? null, said: text ?? '' }
  })
}
