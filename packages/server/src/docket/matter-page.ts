import type { OpenedMatter } from '@tocsin/api/docket.ts'
import type { Reader } from '@tocsin/api/matters.ts'
import { type Actor, system } from '@tocsin/domain/actor.ts'
import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { mayReadOwn } from '@tocsin/domain/docket-access.ts'
import type { Entry, Matter, MatterId } from '@tocsin/domain/matter.ts'
import type { App } from '../app.ts'
import { listAttachments } from '../attachments/queries.ts'
import type { Tx } from '../database/database.ts'
import { requirePerson } from '../identity/step-up.ts'
import { readMatterReaders } from '../network/matter-readers.ts'
import { listParties } from '../network/parties.ts'
import { listOrganisationNames } from '../people/queries.ts'
import { listReportsOn } from '../reports/queries.ts'
import { listNotifications, listWarnings } from '../warnings/queries.ts'
import { nameOffices } from './ladder.ts'
import { getMatter, listLatestEntries, listRunningClocks, readStamps } from './queries.ts'

const ENTRIES_SHOWN = 50

/** Everything on a matter that the actor may read, in one answer. */
export async function readMatter(app: App, actor: Actor, id: MatterId): Promise<OpenedMatter> {
  const asOf = app.clock()
  const read = await app.db.as(actor, async (tx) => ({
    asOf,
    matter: await getMatter(tx, id),
    entries: await listLatestEntries(tx, id, { limit: ENTRIES_SHOWN }),
    stamps: await readStamps(tx, id),
    clocks: await listRunningClocks(tx, id),
    notifications: await listNotifications(tx, id),
    warnings: await listWarnings(tx, id),
    reports: await listReportsOn(tx, id),
    attachments: await listAttachments(tx, id),
  }))
  const { matter } = read
  const mentioned: OrganisationId[] = [matter.organisation, ...matter.audience, ...matter.excluded]
  const isOwn = mayReadOwn(actor, matter)
  const own = 'organisation' in actor ? actor.organisation : undefined
  // Whoever may read the matter may read who else does: the names, and nothing more of them.
  const seen = await app.db.as(system, async (tx) => ({
    names: await listOrganisationNames(tx, mentioned),
    audience: await audienceOf(tx, matter, { at: asOf, own }),
    steps: await nameOffices(tx, matter, isOwn),
  }))
  return {
    ...read,
    ...seen,
    names: Object.fromEntries(seen.names),
  }
}

/** Who reads the matter and who does not, by the rules that the node enforces. */
async function audienceOf(
  tx: Tx,
  matter: Matter,
  { at, own }: { readonly at: Instant; readonly own: OrganisationId | undefined },
): Promise<OpenedMatter['audience']> {
  const { parties, mayRead, notSent, isRosterClosed } = await readMatterReaders(tx, matter, at)
  const isOwner = own === matter.organisation
  const names = (wanted: (id: OrganisationId) => boolean) =>
    parties.filter(({ id }) => wanted(id)).map(({ name }) => name)
  const isExcluded = (id: OrganisationId) => matter.excluded.includes(id) && !mayRead(id)
  const isElsewhere = (id: OrganisationId) => notSent.some((left) => left.organisation === id)
  // Readers of a closed roster are told of its owner and themselves.
  const isShown = (id: OrganisationId) =>
    isOwner || !isRosterClosed || id === own || id === matter.organisation
  return {
    visibleTo: names((id) => mayRead(id) && isShown(id)),
    // Who else is on this node is nothing that sharing a matter gives away.
    notVisibleTo: isOwner ? names((id) => !mayRead(id) && !isExcluded(id) && !isElsewhere(id)) : [],
    excluded: names((id) => isExcluded(id) && !isElsewhere(id)),
    notSent: isOwner ? notSent : [],
  }
}

/** As the system: whom a matter is shared with or kept from is chosen among names, and only names. */
export async function listReaders(app: App, actor: Actor): Promise<Reader[]> {
  requirePerson(actor)
  const parties = await app.db.as(system, listParties)
  return parties
    .filter(({ standing }) => standing === 'here' || standing === 'pinned')
    .map(({ standing, ...party }) => ({ ...party, isElsewhere: standing !== 'here' }))
}

type Wanted = { readonly before?: number | undefined; readonly limit: number }

/** A part of the record: so many entries before the one of this number, the last of them last. */
export async function readEntries(
  app: App,
  actor: Actor,
  id: MatterId,
  wanted: Wanted,
): Promise<Entry[]> {
  return app.db.as(actor, async (tx) => {
    await getMatter(tx, id)
    return listLatestEntries(tx, id, wanted)
  })
}
