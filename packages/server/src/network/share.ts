import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { EntryKind, Matter, MatterId } from '@tocsin/domain/matter.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import { plainTerms, type SharedKind } from '@tocsin/domain/sharing.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { getMatter } from '../docket/queries.ts'
import { composeVersion, isSentElsewhere, publishVersion } from './audiences.ts'
import { waitsSince } from './catching-up.ts'
import { listParties, partyOf } from './parties.ts'
import { type MatterPart, matterParts } from './share-matter.ts'
import { type Sharing, shareThing } from './telling.ts'

/*
 * What is shared leaves in the transaction of the fact itself. It is told as it stands: whatever
 * differs from what an audience was told last is told anew, and nothing else.
 */

/** What an entry of a matter's record changes of what others are told of it. */
const changedBy: Readonly<Partial<Record<EntryKind, readonly MatterPart[]>>> = {
  'report.attached': ['matter'],
  'warning.cancelled': ['warnings'],
  'warning.expired': ['warnings'],
  'notification.acknowledged': ['matter', 'receipts'],
  'notification.answered': ['matter', 'receipts'],
  'matter.consulted': ['matter'],
  'matter.decided': ['matter'],
  'matter.acted': ['matter'],
  'matter.closed': ['matter'],
  'attachment.added': ['attachments'],
}

/** Tells what an entry has changed; what sets a new review is told when that is known. */
export async function shareEntry(
  app: App,
  tx: Tx,
  { matter, kind }: { readonly matter: MatterId; readonly kind: EntryKind },
): Promise<void> {
  const parts = changedBy[kind]
  if (parts) await shareMatterState(app, tx, matter, parts)
}

/** Tells the audiences of a matter where it stands, as far as they have not been told. */
export async function shareMatterState(
  app: App,
  tx: Tx,
  id: MatterId,
  parts: readonly MatterPart[] = ['matter', 'warnings', 'receipts', 'attachments'],
): Promise<void> {
  const matter = await getMatter(tx, id)
  // Told once what was said before a restore is known again (caught-up.ts).
  if (await waitsSince(tx, matter.organisation)) return
  const sharings = await listSharings(tx, { organisation: matter.organisation, item: id })
  const begun = sharings.length > 0 ? sharings : await beginSharing(app, tx, matter)
  for (const sharing of begun) {
    await shareThing(app, tx, { ...sharing, organisation: matter.organisation }, (told) =>
      matterParts(app, tx, { matter, told, parts }),
    )
  }
}

type Item = { readonly organisation: OrganisationId; readonly item: string }

export async function listSharings(tx: Tx, { organisation, item }: Item): Promise<Sharing[]> {
  const rows = await tx
    .selectFrom('sharing')
    .select(['audience_id', 'redacted', 'asks_who_read'])
    .where('organisation', '=', organisation)
    .where('item', '=', item)
    .orderBy('made_at')
    .execute()
  return rows.map(({ audience_id: audience, redacted, asks_who_read: asksWhoRead }) => ({
    audience,
    redacted,
    asksWhoRead,
  }))
}

export async function keepSharing(
  app: App,
  tx: Tx,
  { organisation, item }: Item,
  { kind, audience, redacted, asksWhoRead }: Sharing & { readonly kind: SharedKind },
): Promise<void> {
  const said = { redacted: [...redacted], asks_who_read: asksWhoRead }
  await tx
    .insertInto('sharing')
    .values({
      id: newId<string>(),
      organisation,
      kind,
      item,
      audience_id: audience,
      ...said,
      made_at: app.clock(),
    })
    .onConflict((conflict) =>
      conflict.columns(['organisation', 'item', 'audience_id']).doUpdateSet(said),
    )
    .execute()
}

/** The matter's own audience, once one of those who may read it lives on another node. */
async function beginSharing(app: App, tx: Tx, matter: Matter): Promise<readonly Sharing[]> {
  const { organisation, audience: members, excluded, country } = matter
  if (members.length === 0) return []
  const parties = await listParties(tx)
  if (!isSentElsewhere(parties, members)) return []
  const id = matter.id as string as AudienceId
  const name = symbolOf('M', matter)
  const known = members.filter((one) => partyOf(parties, one).standing !== 'unknown')
  const kept = excluded.filter((one) => partyOf(parties, one).standing !== 'unknown')
  const terms = { ...plainTerms, name, members: known, excluded: kept }
  const next = { version: 1, effectiveAt: app.clock() }
  const version = await composeVersion(app, tx, { id, owner: organisation, terms, country }, next)
    // Nobody but those it must be kept from was named: then it stays here.
    .catch((error: unknown) => unlessEmpty(error))
  if (!version) return []
  await publishVersion(app, tx, version)
  const sharing = { audience: id, redacted: [], asksWhoRead: false }
  await keepSharing(app, tx, { organisation, item: matter.id }, { ...sharing, kind: 'matter' })
  return [sharing]
}

function unlessEmpty(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'sharing.empty') return undefined
  throw error
}
