import type { OpenedMatter } from '@tocsin/api/docket.ts'
import { type Actor, system } from '@tocsin/domain/actor.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { App } from '../app.ts'
import { listOrganisationNames } from '../people/queries.ts'
import { listReportsOn } from '../reports/queries.ts'
import { listNotifications, listWarnings } from '../warnings/queries.ts'
import { getMatter, listEntries, listLadder, listRunningClocks } from './queries.ts'

/** Everything on a matter that the actor may read, in one answer. */
export async function readMatter(app: App, actor: Actor, id: MatterId): Promise<OpenedMatter> {
  const asOf = app.clock()
  const read = await app.db.as(actor, async (tx) => ({
    asOf,
    matter: await getMatter(tx, id),
    entries: await listEntries(tx, id),
    clocks: await listRunningClocks(tx, id),
    steps: await listLadder(tx, id),
    notifications: await listNotifications(tx, id),
    warnings: await listWarnings(tx, id),
    reports: await listReportsOn(tx, id),
  }))
  const { organisation, audience, excluded } = read.matter
  const mentioned: OrganisationId[] = [organisation, ...audience, ...excluded]
  // Whoever may read the matter may read who else does: the names, and nothing more of them.
  const names = await app.db.as(system, (tx) => listOrganisationNames(tx, mentioned))
  return { ...read, names: Object.fromEntries(names) }
}
