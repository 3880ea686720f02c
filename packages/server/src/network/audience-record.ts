import { type Audience, isInAudience } from '@tocsin/domain/audience.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { AudienceObject, audienceVersion } from '@tocsin/records/audience-object.ts'
import type { RecordHeader } from '@tocsin/records/record.ts'
import type { Tx } from '../database/database.ts'
import { type AudienceRow, listAudienceVersions } from './audience-reading.ts'
import { moveHead } from './order.ts'
import { listOwn } from './own-organisations.ts'
import type { Receiver } from './receivers.ts'

/** Makes the version of an audience known here that its owner published. */
export const receiveAudience: Receiver = async (app, tx, header, object) => {
  const version = audienceVersion(AudienceObject.parse(object))
  if (!isItsOwn(header, version)) throw new Problem('audience.not-the-author')
  const known = await tx
    .selectFrom('audience')
    .select('organisation')
    .where('id', '=', version.id)
    .executeTakeFirst()
  if (known && known.organisation !== header.org) throw new Problem('audience.not-the-author')
  await tx
    .insertInto('audience')
    .values({
      id: version.id,
      version: version.version,
      organisation: version.organisation,
      name: version.name,
      audience: version.audience,
      excluded: version.excluded,
      ceiling: version.ceiling,
      reshare: version.reshare,
      effective_at: version.effectiveAt,
      expires_at: version.expiresAt,
      made_at: app.clock(),
    })
    // What a version says never changes: the first that came is the one that counts.
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await beginAnew(tx, header, await listAudienceVersions(tx, version.id), version.version)
}

/**
 * Whoever was out and is let in again begins anew with the version that says so: what its owner told
 * the others meanwhile was never theirs, and nobody would give it to them.
 */
async function beginAnew(
  tx: Tx,
  { org, aud, aseq }: RecordHeader,
  versions: readonly AudienceRow[],
  count: number,
): Promise<void> {
  const own = await listOwn(tx)
  const isOurs = (one: Audience) => own.some((who) => isInAudience(one, who))
  const version = versions.find((one) => one.version === count)
  const before = versions.find((one) => one.version < count)
  if (!version || !before || isOurs(before) || !isOurs(version)) return
  const record = await tx
    .selectFrom('network_record')
    .innerJoin('record_head', (join) =>
      join
        .onRef('record_head.organisation', '=', 'network_record.organisation')
        .onRef('record_head.audience_id', '=', 'network_record.audience_id'),
    )
    .select('network_record.digest')
    .where('network_record.organisation', '=', org)
    .where('network_record.audience_id', '=', aud)
    .where('network_record.seq', '=', aseq)
    .where('record_head.seq', '<', aseq)
    .where('frozen_at', 'is', null)
    .executeTakeFirst()
  if (!record) return
  await moveHead(tx, { org, aud }, { seq: aseq, digest: record.digest })
  await tx
    .deleteFrom('missing_record')
    .where('organisation', '=', org)
    .where('audience_id', '=', aud)
    .where('to_seq', '<', aseq)
    .execute()
}

/** Whether it is told by its owner, in the audience that it is. */
export const isItsOwn = (
  { org, aud }: RecordHeader,
  version: { readonly id: string; readonly organisation: string },
): boolean => version.id === aud && version.organisation === org
