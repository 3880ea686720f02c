import { type Actor, system } from '@tocsin/domain/actor.ts'
import { isInAudience } from '@tocsin/domain/audience.ts'
import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { type Matter, MatterId } from '@tocsin/domain/matter.ts'
import { type AudienceId, Urgency } from '@tocsin/domain/network.ts'
import { isOver, isWidening, type SharingVersion } from '@tocsin/domain/sharing.ts'
import { RecordedObject } from '@tocsin/records/record.ts'
import { modifiedAfter } from '@tocsin/records/stix/shared-object.ts'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { getMatter } from '../docket/queries.ts'
import { appendEntry } from '../docket/record.ts'
import { listVersions, publishVersion, versionsAt } from './audiences.ts'
import { unlessCatchingUp } from './catching-up.ts'
import { momentAfter } from './parties.ts'
import { publishRecord } from './publish.ts'
import { shareMatterState } from './share.ts'
import { leavesFilesOut } from './share-attachments.ts'

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
    await app.db.as(system, (tx) => applyVersion(app, tx, id, version)).catch(unlessCatchingUp)
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
  const earlier = versions.filter((one) => one.version < count)
  // What held until now; a version that only waited never did.
  const before = earlier.find(({ effectiveAt }) => effectiveAt <= app.clock())
  const isPassed = versions.some((one) => one.version > count && one.effectiveAt <= app.clock())
  if (!version || isPassed) return
  const { audience, excluded } = version
  await setReaders(tx, version, { audience, excluded })
  await tx
    .updateTable('matter')
    .set({ audience, excluded })
    .where('id', '=', id as string as MatterId)
    .where('organisation', '=', version.organisation)
    .execute()
  const ever = new Set(earlier.flatMap((one) => one.audience))
  const left = [...ever].filter((one) => !isInAudience(version, one))
  await keepBack(tx, id, left)
  // Whoever leaves a group leaves every audience of ours that it is in; whoever joins one does not.
  for (const outer of await listContaining(tx, id)) await takeOut(app, tx, system, outer, left)
  const wasOver = before !== undefined && isOver(before, app.clock())
  const comes = audience.filter((one) => wasOver || !before || !isInAudience(before, one))
  if (comes.length > 0) await tellAnew(app, tx, version, comes)
}

/** Our audiences that hold this one as a group; only of ours is it known what they are made of. */
async function listContaining(tx: Tx, group: AudienceId): Promise<AudienceId[]> {
  const rows = await tx
    .selectFrom('audience_terms')
    .select('id')
    .distinct()
    .where(sql<boolean>`terms -> 'groups' ? ${group}`)
    .where('id', '<>', group)
    .execute()
  return rows.map(({ id }) => id)
}

/**
 * Takes organisations out of an audience of ours at once, and out of what waits to take effect. They
 * are told that they are out, and nothing more. Answers how many were in it. Runs as the system.
 */
export async function takeOut(
  app: App,
  tx: Tx,
  actor: Actor,
  id: AudienceId,
  without: readonly OrganisationId[],
): Promise<number> {
  const at = app.clock()
  const versions = await listVersions(tx, id)
  const [newest] = versions
  const { current = newest } = versionsAt(versions, at)
  if (!current || !newest) return 0
  const out = without.filter(
    (one) =>
      one !== current.organisation &&
      [current, newest].some((version) => isInAudience(version, one)),
  )
  if (out.length === 0) return 0
  const version = {
    ...current,
    version: newest.version + 1,
    excluded: [...new Set([...current.excluded, ...out])],
    audience: current.audience.filter((one) => !out.includes(one)),
    members: current.members.filter((one) => !out.includes(one)),
    // They still see this one version; by the next instant they see nothing.
    effectiveAt: momentAfter(at),
  }
  for (const matter of await holdAtOnce(app, tx, actor, version, 'narrowed')) {
    await tx
      .updateTable('matter')
      .set({ excluded: [...new Set([...matter.excluded, ...out])] })
      .where('id', '=', matter.id)
      .execute()
  }
  return out.length
}

/**
 * Calls back a version that waits: the one that holds goes on, and whoever was announced is told so.
 * False where none waits. Runs as the system.
 */
export async function callBack(app: App, tx: Tx, actor: Actor, id: AudienceId): Promise<boolean> {
  const at = app.clock()
  const { current, pending } = versionsAt(await listVersions(tx, id), at)
  if (!current || !pending || !isWidening(current, pending)) return false
  const version = { ...current, version: pending.version + 1, effectiveAt: momentAfter(at) }
  await holdAtOnce(app, tx, actor, version, 'called-back')
  return true
}

/** Lets a version that protects take effect, and says so on record; answers the matters shared by it. */
async function holdAtOnce(
  app: App,
  tx: Tx,
  actor: Actor,
  held: SharingVersion,
  purpose: 'narrowed' | 'called-back',
): Promise<readonly Matter[]> {
  const { id: audience, organisation, version } = held
  await publishVersion(app, tx, held)
  await applyVersion(app, tx, audience, version)
  const deed = { at: app.clock(), actor, organisation, subject: audience, details: { version } }
  await recordAudit(tx, { ...deed, act: `sharing.${purpose}` })
  const matters = await listMattersOf(tx, audience)
  for (const { id: matter } of matters) {
    const facts = { purpose, audience, version }
    await appendEntry(app, tx, { matter, kind: 'matter.shared', actor, facts })
  }
  return matters
}

/** The matters that are shared with an audience. */
async function listMattersOf(tx: Tx, id: AudienceId): Promise<Matter[]> {
  const rows = await tx
    .selectFrom('sharing')
    .select('item')
    .where('audience_id', '=', id)
    .where('kind', '=', 'matter')
    .execute()
  return Promise.all(rows.map(({ item }) => getMatter(tx, MatterId.parse(item))))
}

type Readers = Pick<SharingVersion, 'audience' | 'excluded'>

/** Said to those who were there at that time: whoever comes reads on from then. */
const saidOnce = [
  ...['contribution', 'translation'],
  ...['question', 'question-end', 'amendment', 'position', 'decision', 'proof'],
  ...['officers', 'ballot', 'sequence', 'complaint', 'rehome', 'tally'],
]

/** The owner of an audience reads what others told it, whoever else does. */
async function setReaders(
  tx: Tx,
  { id, organisation }: Pick<SharingVersion, 'id' | 'organisation'>,
  { audience, excluded }: Readers,
): Promise<void> {
  const readers = [...audience, organisation]
  await sql`update shared_object set excluded = ${excluded}, audience = case
      when type = any (${saidOnce})
        then array(select who from unnest(audience) as who where who = any (${readers}::uuid[]))
      when organisation = ${organisation} then ${audience}::uuid[] else ${readers}::uuid[] end
    where audience_id = ${id}`.execute(tx)
}

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
async function tellAnew(
  app: App,
  tx: Tx,
  version: SharingVersion,
  comes: readonly OrganisationId[],
): Promise<void> {
  const { id, organisation } = version
  const own = await tx
    .selectFrom('member')
    .select('organisation')
    .where('organisation', '=', organisation)
    .executeTakeFirst()
  // Its owner's node tells; on the others it is only read by whoever lives there.
  if (own) return
  for (const member of comes) await handOver(app, tx, version, member)
  // Files that were told before they were left out go to nobody new.
  const untold = (await leavesFilesOut(tx, version)) ? ['attachment'] : []
  const rows = await tx
    .selectFrom('shared_object')
    .select(['object', 'modified', 'type'])
    .where('audience_id', '=', id)
    .where('organisation', '=', organisation)
    .where('type', 'not in', ['audience', 'identity', 'receipt', ...saidOnce, ...untold])
    .orderBy('created')
    .execute()
  for (const row of rows) {
    const object = RecordedObject.parse(row.object)
    const modified = modifiedAfter(app.clock(), row.modified)
    await publishRecord(app, tx, { organisation, audience: id, object: { ...object, modified } })
  }
  // What changed while nobody could be told.
  for (const matter of await listMattersOf(tx, id)) await shareMatterState(app, tx, matter.id)
}

/**
 * Whoever comes has seen the version that names them, so what was said after it is theirs too: else
 * they would miss a part of its author's order for ever.
 */
async function handOver(
  app: App,
  tx: Tx,
  { id, organisation }: SharingVersion,
  member: OrganisationId,
): Promise<void> {
  const at = app.clock()
  await sql`with named as (
      select max(seq) as seq from network_record where audience_id = ${id}
        and organisation = ${organisation} and object_type = 'audience' and ${member} = any (audience)),
    handed as (
      update network_record set audience = array_append(audience, ${member}::uuid),
        excluded = array_remove(excluded, ${member}::uuid)
      from named where audience_id = ${id} and organisation = ${organisation}
        and network_record.seq > named.seq and not ${member} = any (audience)
      returning digest, object_type)
    insert into record_queue (member, digest, organisation, urgency, next_at, made_at)
    select member.organisation, digest, ${organisation},
      ${Urgency.options.indexOf('audience')}, ${at}, ${at}
    from handed join member on member.organisation = ${member} and member.state = 'pinned'
    on conflict do nothing`.execute(tx)
}

/** Once an audience has run out, nobody but its owner reads what was shared with it. */
async function endAudiences(app: App, now: Instant): Promise<void> {
  await app.db.as(system, async (tx) => {
    const { rows } = await sql<Pick<SharingVersion, 'id' | 'organisation'>>`
      update audience set ended_at = ${now}
      where expires_at <= ${now} and effective_at <= ${now} and ended_at is null
        and not exists (select from audience as later where later.id = audience.id
          and later.version > audience.version and later.effective_at <= ${now})
      returning id, organisation`.execute(tx)
    for (const one of rows) await setReaders(tx, one, { audience: [], excluded: [] })
  })
}
