import { isInAudience, isMoreClosed, type Marking } from '@tocsin/domain/audience.ts'
import type { OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import { readersEver, type Tombstone, type WithdrawalId } from '@tocsin/domain/withdrawal.ts'
import { newObjectExtension } from '@tocsin/records/stix/extension.ts'
import { identityRef, nameObject } from '@tocsin/records/stix/shared-object.ts'
import { markingRef } from '@tocsin/records/stix/tlp.ts'
import type { WithdrawalObject } from '@tocsin/records/stix/withdrawal.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { effectiveAt, listAudienceVersions } from './audience-reading.ts'
import { waitsSince } from './catching-up.ts'
import { directAudience, makeDirectAudience } from './direct-audience.ts'
import { publishRecord } from './publish.ts'
import type { Version } from './versions.ts'

/** A record that tells of a withdrawal, where, and to whom. */
export type Told = {
  readonly record: Sha256
  readonly audience: AudienceId
  readonly readers: readonly OrganisationId[]
}

type Withdrawal = {
  readonly id: WithdrawalId
  readonly tombstone: Tombstone
  readonly versions: readonly Version[]
}

/**
 * Tells a withdrawal to each audience that was told the object, and one by one to everybody who could
 * read a version once and is in none of them any more.
 */
export async function tellWithdrawal(
  app: App,
  tx: Tx,
  withdrawal: Withdrawal,
): Promise<readonly Told[]> {
  const { tombstone, versions } = withdrawal
  // What takes back waits for nothing.
  if (await waitsSince(tx, tombstone.organisation)) return retellWithdrawal(app, tx, withdrawal)
  const told: Told[] = []
  for (const audience of new Set(versions.map(({ audienceId }) => audienceId))) {
    const current = effectiveAt(await listAudienceVersions(tx, audience), app.clock())
    if (!current || !isInAudience(current, tombstone.organisation)) continue
    if (current.expires_at && current.expires_at <= app.clock()) continue
    const members = [current.organisation, ...current.audience]
    const readers = members.filter((who) => isInAudience(current, who))
    const marking = narrower(versions, current.ceiling)
    const record = await say(app, tx, { ...withdrawal, audience, marking })
    told.push({ record, audience, readers })
  }
  const reached = told.flatMap(({ readers }) => readers)
  return [...told, ...(await tellEach(app, tx, withdrawal, reached, directAudience))]
}

/**
 * Tells it after a restore, each reader for itself and in an audience that is new: what was
 * told in the others since the backup was made is not known here any more.
 */
export const retellWithdrawal = (app: App, tx: Tx, withdrawal: Withdrawal) =>
  tellEach(app, tx, withdrawal, [], makeDirectAudience)

async function tellEach(
  app: App,
  tx: Tx,
  withdrawal: Withdrawal,
  reached: readonly OrganisationId[],
  audienceFor: typeof directAudience,
): Promise<readonly Told[]> {
  const { organisation: from } = withdrawal.tombstone
  const left = readersEver(withdrawal.versions).filter(
    (who) => who !== from && !reached.includes(who),
  )
  const told: Told[] = []
  for (const to of left) {
    const audience = await audienceFor(app, tx, { from, to })
    const record = await say(app, tx, { ...withdrawal, audience, marking: 'TLP:RED' })
    told.push({ record, audience, readers: [to] })
  }
  return told
}

type Saying = Withdrawal & {
  readonly audience: AudienceId
  readonly marking: Marking
}

/** Each audience is told in an object of its own: none learns of the others from it. */
async function say(app: App, tx: Tx, { audience, marking, ...told }: Saying) {
  const { id, tombstone, versions } = told
  const named = versions.filter(({ audienceId }) => audienceId === audience)
  return publishRecord(app, tx, {
    organisation: tombstone.organisation,
    audience,
    object: withdrawalObject({ id, audience, tombstone, versions: named, marking }),
    urgency: 'withdrawal',
  })
}

/** As closed as what it takes back, and never more than its audience may be told. */
function narrower(versions: readonly Version[], ceiling: Marking): Marking {
  const closest = versions
    .map(({ marking }) => marking)
    .reduce((one, other) => (isMoreClosed(other, one) ? other : one))
  return isMoreClosed(closest, ceiling) ? ceiling : closest
}

function withdrawalObject({
  id,
  audience,
  tombstone,
  versions,
  marking,
}: Saying): WithdrawalObject {
  return {
    type: 'withdrawal',
    spec_version: '2.1',
    id: nameObject('withdrawal', id, audience),
    created: tombstone.withdrawnAt,
    modified: tombstone.withdrawnAt,
    created_by_ref: identityRef(tombstone.organisation),
    extensions: newObjectExtension,
    object_marking_refs: [markingRef(marking)],
    target_ref: tombstone.object,
    class: tombstone.class,
    versions: versions.map(({ digest, audienceId, epoch, seq, previous }) => ({
      ...{ digest, audience: audienceId, epoch, seq, previous },
    })),
  }
}
