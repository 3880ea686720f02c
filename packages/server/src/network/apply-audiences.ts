import { system } from '@tocsin/domain/actor.ts'
import { isInAudience } from '@tocsin/domain/audience.ts'
import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import type { SharingVersion } from '@tocsin/domain/sharing.ts'
import { RecordedObject } from '@tocsin/records/record.ts'
import { modifiedAfter } from '@tocsin/records/stix/shared-object.ts'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { listVersions } from './audiences.ts'
import { publishRecord } from './publish.ts'

/*
 * Audiences change with time alone: a widened one takes effect, another runs out. On every node that
 * holds what was shared with one, its readers are then those of the new version.
 */

/** Brings into effect what is due, each audience in a transaction of its own. */
export async function applyAudiences(app: App): Promise<void> {
  const now = app.clock()
  const due = await app.db.as(system, (tx) =>
    tx
      .selectFrom('audience')
      .select(['id', 'version'])
      .where('effective_at', '<=', now)
      .where('applied_at', 'is', null)
      .orderBy('id')
      .orderBy('version')
      .execute(),
  )
  for (const { id, version } of due) {
    await app.db.as(system, (tx) => applyVersion(app, tx, id, version))
  }
  await endAudiences(app, now)
}

/** As the system: what others told the same audience changes its readers too. */
export async function applyVersion(app: App, tx: Tx, id: AudienceId, count: number): Promise<void> {
  // Whoever marks it first applies it; another process finds nothing to do.
  const marked = await tx
    .updateTable('audience')
    .set({ applied_at: app.clock() })
    .where('id', '=', id)
    .where('version', '=', count)
    .where('applied_at', 'is', null)
    .executeTakeFirst()
  if (marked.numUpdatedRows === 0n) return
  const versions = await listVersions(tx, id)
  const version = versions.find((one) => one.version === count)
  const before = versions.find((one) => one.version < count)
  const isPassed = versions.some((one) => one.version > count && one.effectiveAt <= app.clock())
  if (!version || isPassed) return
  const { audience, excluded } = version
  await setReaders(tx, id, { audience, excluded })
  await tx
    .updateTable('matter')
    .set({ audience, excluded })
    .where('id', '=', id as string as MatterId)
    .where('organisation', '=', version.organisation)
    .execute()
  const left = (before?.audience ?? []).filter((one) => !isInAudience(version, one))
  await keepBack(tx, id, left)
  const comes = audience.filter((one) => !before || !isInAudience(before, one))
  if (comes.length > 0) await tellAnew(app, tx, version)
}

type Readers = Pick<SharingVersion, 'audience' | 'excluded'>

const setReaders = (tx: Tx, id: AudienceId, readers: Readers) =>
  tx.updateTable('shared_object').set(readers).where('audience_id', '=', id).execute()

/** What has not left yet for whoever is out, does not leave; what they have they are known to have. */
async function keepBack(tx: Tx, id: AudienceId, left: readonly OrganisationId[]): Promise<void> {
  for (const member of left) {
    await sql`with held as (
        delete from record_queue using network_record
        where record_queue.digest = network_record.digest and member = ${member}
          and audience_id = ${id} and object_type <> 'audience'
        returning record_queue.digest)
      update network_record set audience = array_remove(audience, ${member})
      from held where network_record.digest = held.digest`.execute(tx)
  }
}

/** Whoever comes is told what stands, and not what stood before they came. */
async function tellAnew(app: App, tx: Tx, version: SharingVersion): Promise<void> {
  const { id, organisation } = version
  const own = await tx
    .selectFrom('member')
    .select('organisation')
    .where('organisation', '=', organisation)
    .executeTakeFirst()
  // Its owner's node tells; on the others it is only read by whoever lives there.
  if (own) return
  const rows = await tx
    .selectFrom('shared_object')
    .select(['object', 'modified', 'type'])
    .where('audience_id', '=', id)
    .where('organisation', '=', organisation)
    .where('type', 'not in', ['audience', 'identity', 'receipt'])
    .orderBy('created')
    .execute()
  for (const row of rows) {
    const object = RecordedObject.parse(row.object)
    const modified = modifiedAfter(app.clock(), row.modified)
    await publishRecord(app, tx, { organisation, audience: id, object: { ...object, modified } })
  }
}

/** Once an audience has run out, nobody but its owner reads what was shared with it. */
async function endAudiences(app: App, now: Instant): Promise<void> {
  await app.db.as(system, async (tx) => {
    const { rows } = await sql<{ id: AudienceId }>`
      update audience set ended_at = ${now} from (
        select distinct on (id) id, version, expires_at, ended_at from audience
        where effective_at <= ${now} order by id, version desc) as current
      where audience.id = current.id and audience.version = current.version
        and current.expires_at <= ${now} and current.ended_at is null
      returning audience.id`.execute(tx)
    for (const { id } of rows) await setReaders(tx, id, { audience: [], excluded: [] })
  })
}
