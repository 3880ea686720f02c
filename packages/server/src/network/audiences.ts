import type { CountryCode, Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import {
  composeAudience,
  type Party,
  plainTerms,
  SharingTerms,
  type SharingVersion,
} from '@tocsin/domain/sharing.ts'
import { audienceObject } from '@tocsin/records/audience-object.ts'
import { identityObject } from '@tocsin/records/stix/shared-object.ts'
import { markingRef } from '@tocsin/records/stix/tlp.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { listParties, listStopped, partyOf } from './parties.ts'
import { publishRecord } from './publish.ts'

/*
 * The audiences that organisations of this node own, version by version. What a version said is never
 * changed; what comes of it is decided by packages/domain/src/sharing.ts alone.
 */

/** The versions of an audience with what its owner said of them, the newest first. */
export async function listVersions(tx: Tx, id: AudienceId): Promise<readonly SharingVersion[]> {
  const rows = await tx
    .selectFrom('audience')
    .leftJoin('audience_terms', (join) =>
      join
        .onRef('audience_terms.id', '=', 'audience.id')
        .onRef('audience_terms.version', '=', 'audience.version'),
    )
    .select(['audience.id', 'audience.version', 'audience.organisation', 'name', 'audience'])
    .select(['excluded', 'ceiling', 'reshare', 'effective_at', 'expires_at', 'terms'])
    .where('audience.id', '=', id)
    .orderBy('audience.version', 'desc')
    .execute()
  return rows.map(({ terms, effective_at, expires_at, ...row }) => ({
    ...plainTerms,
    members: row.audience,
    // An audience of somebody else is known by what it came to.
    ...(terms === null ? {} : SharingTerms.parse(terms)),
    ...row,
    effectiveAt: effective_at,
    expiresAt: expires_at,
  }))
}

/** The version that counts at that instant, and one that waits to. */
export function versionsAt(versions: readonly SharingVersion[], at: Instant) {
  const current = versions.find(({ effectiveAt }) => effectiveAt <= at)
  const [newest] = versions
  return { current, pending: newest && newest !== current ? newest : undefined }
}

/** Every audience that an organisation may name as a group: its own, and those it is in. */
async function readGroups(
  tx: Tx,
  { groups, at }: { readonly groups: readonly AudienceId[]; readonly at: Instant },
): Promise<(id: AudienceId) => SharingVersion | undefined> {
  const found = new Map<AudienceId, SharingVersion>()
  const wanted = [...groups]
  for (let id = wanted.pop(); id !== undefined; id = wanted.pop()) {
    if (found.has(id)) continue
    const { current } = versionsAt(await listVersions(tx, id), at)
    if (!current) continue
    found.set(id, current)
    wanted.push(...current.groups)
  }
  return (id) => found.get(id)
}

type Draft = {
  readonly id: AudienceId
  readonly owner: OrganisationId
  readonly terms: SharingTerms
  /** The State that what it is for is about. */
  readonly country: CountryCode | null
}

/** What comes of the terms at this moment. A Problem says what about them cannot be. */
export async function composeVersion(
  app: App,
  tx: Tx,
  { id, owner, terms, country }: Draft,
  next: { readonly version: number; readonly effectiveAt: Instant },
): Promise<SharingVersion> {
  const at = app.clock()
  const parties = await listParties(tx)
  const composed = composeAudience(terms, {
    at,
    id,
    owner: partyOf(parties, owner),
    parties,
    country,
    find: await readGroups(tx, { groups: terms.groups, at }),
    stopped: await listStopped(tx, owner),
  })
  if ('fault' in composed) throw new Problem(`sharing.${composed.fault}`)
  return { ...terms, ...composed, ...next, id, organisation: owner }
}

/** Keeps a version and tells it to whoever is in the audience and whoever comes or goes by it. */
export async function publishVersion(app: App, tx: Tx, version: SharingVersion): Promise<void> {
  const at = app.clock()
  const { id, version: count, organisation, name, audience, excluded, ceiling } = version
  const { reshare, effectiveAt, expiresAt } = version
  const isFirst = count === 1
  await tx
    .insertInto('audience')
    .values({
      ...{ id, version: count, organisation, name, audience, excluded, ceiling, reshare },
      effective_at: effectiveAt,
      expires_at: expiresAt,
      made_at: at,
      // Nothing was shared with it before.
      applied_at: isFirst ? at : null,
    })
    .execute()
  const terms = JSON.stringify(SharingTerms.parse(version))
  await tx
    .insertInto('audience_terms')
    .values({ id, version: count, organisation, terms })
    .execute()
  const created = isFirst ? at : await firstMadeAt(tx, id)
  const told = { created, modified: at, marking: markingRef(ceiling) }
  const object = audienceObject(version, told)
  await publishRecord(app, tx, { organisation, audience: id, object })
  if (!isFirst) return
  const owner = await tx
    .selectFrom('organisation')
    .select(['name', 'made_at'])
    .where('id', '=', organisation)
    .executeTakeFirstOrThrow()
  // The same in every audience, so that whoever reads any of them reads it.
  const identity = identityObject({
    organisation,
    name: owner.name,
    marking: ceiling,
    created: owner.made_at,
  })
  await publishRecord(app, tx, { organisation, audience: id, object: identity })
}

async function firstMadeAt(tx: Tx, id: AudienceId): Promise<Instant> {
  const row = await tx
    .selectFrom('audience')
    .select('made_at')
    .where('id', '=', id)
    .where('version', '=', 1)
    .executeTakeFirstOrThrow()
  return row.made_at
}

/** Whether anybody of these is a member whose node is elsewhere and trusted. */
export const isSentElsewhere = (
  parties: readonly Party[],
  audience: readonly OrganisationId[],
): boolean => parties.some(({ id, standing }) => standing === 'pinned' && audience.includes(id))
