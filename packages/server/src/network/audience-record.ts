import { system } from '@tocsin/domain/actor.ts'
import { type Audience, isInAudience } from '@tocsin/domain/audience.ts'
import type { AudienceVersion } from '@tocsin/domain/network.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { AudienceObject, audienceVersion } from '@tocsin/records/audience-object.ts'
import type { RecordHeader } from '@tocsin/records/record.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { listAudienceVersions } from './audience-reading.ts'
import { bringNextIntoEffect } from './effect.ts'
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
  if (await isLetInAgain(tx, version)) await beginAnew(app, tx, header)
}

/** Whether it lets this node in again that the version before it had taken out. */
async function isLetInAgain(tx: Tx, version: AudienceVersion): Promise<boolean> {
  const versions = await listAudienceVersions(tx, version.id)
  const before = versions.find((one) => one.version < version.version)
  if (!before) return false
  const own = await listOwn(tx)
  const isIn = (one: Audience) => own.some((who) => isInAudience(one, who))
  return isIn(version) && !isIn(before)
}

/**
 * What was said in between is for others: it is not missing here and never asked for. The order of whoever
 * lets in goes on with this record, that of everybody else with the next one that they say.
 */
async function beginAnew(app: App, tx: Tx, header: RecordHeader): Promise<void> {
  const { org, aud, aseq } = header
  await tx.deleteFrom('missing_record').where('audience_id', '=', aud).execute()
  await tx
    .updateTable('record_head')
    .set({ seq: 0, digest: null, known_seq: 0 })
    .where('audience_id', '=', aud)
    .where('organisation', 'in', (members) => members.selectFrom('member').select('organisation'))
    .where('organisation', '<>', org)
    .where('frozen_at', 'is', null)
    .execute()
  const { digest } = await tx
    .selectFrom('network_record')
    .select('digest')
    .where('organisation', '=', org)
    .where('audience_id', '=', aud)
    .where('seq', '=', aseq)
    .where('object_type', '=', 'audience')
    .executeTakeFirstOrThrow()
  await moveHead(tx, header, { seq: aseq, digest })
  await recordAudit(tx, {
    ...{ at: app.clock(), actor: system, organisation: null, act: 'network.let-in-again' },
    subject: aud,
    details: { by: org, seq: aseq },
  })
  await bringNextIntoEffect(app, tx, header)
}

/** Whether it is told by its owner, in the audience that it is. */
export const isItsOwn = (
  { org, aud }: RecordHeader,
  version: { readonly id: string; readonly organisation: string },
): boolean => version.id === aud && version.organisation === org
