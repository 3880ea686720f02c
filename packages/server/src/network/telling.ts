import { isMoreClosed, type Marking } from '@tocsin/domain/audience.ts'
import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import type { Redactable } from '@tocsin/domain/redaction.ts'
import { isOver, type SharingVersion } from '@tocsin/domain/sharing.ts'
import { canonicalJson, type Json } from '@tocsin/records/canonical.ts'
import type { RecordedObject } from '@tocsin/records/record.ts'
import { modifiedAfter } from '@tocsin/records/stix/shared-object.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { listVersions, versionsAt } from './audiences.ts'
import { listParties, partyOf } from './parties.ts'
import { publishRecord } from './publish.ts'

/** One audience that a thing of ours is shared with. */
export type Sharing = {
  readonly audience: AudienceId
  readonly redacted: readonly Redactable[]
  readonly asksWhoRead: boolean
}

/** What is said of everything that is told to one audience. */
export type Told = {
  readonly organisation: OrganisationId
  readonly organisationName: string
  readonly audience: AudienceId
  readonly redacted: Redactable[]
  readonly asksWhoRead: boolean
  readonly reshare: SharingVersion['reshare']
  readonly delegates: OrganisationId[]
  readonly isAuthorWithheld: boolean
}

/** An object as it would be told at an instant: which version it becomes shows when it is told. */
export type Telling = {
  readonly marking: Marking
  readonly make: (modified: Instant) => RecordedObject
}

/** Tells an audience what it has not been told yet; nothing where it may not be told at all. */
export async function shareThing(
  app: App,
  tx: Tx,
  {
    audience,
    organisation,
    redacted,
    asksWhoRead,
  }: Sharing & { readonly organisation: OrganisationId },
  tell: (told: Told) => Promise<readonly Telling[]>,
): Promise<void> {
  const at = app.clock()
  const { current } = versionsAt(await listVersions(tx, audience), at)
  if (!current || isOver(current, at)) return
  const { reshare, delegates, isAuthorWithheld } = current
  const { name: organisationName } = partyOf(await listParties(tx), organisation)
  const told = {
    ...{ organisation, organisationName, audience, asksWhoRead, reshare, isAuthorWithheld },
    redacted: [...redacted],
    delegates: [...delegates],
  }
  for (const { marking, make } of await tell(told)) {
    // Over the ceiling it stays here; whoever asks why is told by the same rule.
    if (isMoreClosed(marking, current.ceiling)) continue
    const object = await newVersion(tx, make, at)
    if (object) await publishRecord(app, tx, { organisation, audience, object })
  }
}

/** The next version of an object; undefined where the last one said the same. */
async function newVersion(
  tx: Tx,
  make: Telling['make'],
  at: Instant,
): Promise<RecordedObject | undefined> {
  const object = make(at)
  const before = await tx
    .selectFrom('shared_object')
    .select(['object', 'modified'])
    .where('id', '=', object.id)
    .executeTakeFirst()
  if (!before) return object
  const same = make(before.modified)
  if (canonicalJson(same as Json) === canonicalJson(before.object as Json)) return undefined
  return make(modifiedAfter(at, before.modified))
}
