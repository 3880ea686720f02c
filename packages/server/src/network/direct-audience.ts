import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { AudienceId, AudienceVersion } from '@tocsin/domain/network.ts'
import { audienceObject } from '@tocsin/records/audience-object.ts'
import { markingRef } from '@tocsin/records/stix/tlp.ts'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { publishRecord } from './publish.ts'

type Between = { readonly from: OrganisationId; readonly to: OrganisationId }

/** How such an audience is called: nobody chose it, and nobody names it in another. */
export const DIRECT = 'Direct'

/**
 * An organisation's audience of exactly one reader, made when it is first needed: for what must reach
 * somebody who shares no audience with it any more, and for answers that are for one alone.
 */
export async function directAudience(app: App, tx: Tx, between: Between): Promise<AudienceId> {
  const { from, to } = between
  const there = await tx
    .selectFrom('audience')
    .select('id')
    .where('organisation', '=', from)
    .where(sql<boolean>`audience = array[${to}]::uuid[]`)
    .where('name', '=', DIRECT)
    .executeTakeFirst()
  return there?.id ?? makeDirectAudience(app, tx, between)
}

/** A new one, in which nothing was ever said. */
export async function makeDirectAudience(
  app: App,
  tx: Tx,
  { from, to }: Between,
): Promise<AudienceId> {
  const at: Instant = app.clock()
  const version: AudienceVersion = {
    id: newId<AudienceId>(),
    version: 1,
    organisation: from,
    name: DIRECT,
    audience: [to],
    excluded: [],
    ceiling: 'TLP:RED',
    reshare: 'never',
    effectiveAt: at,
    expiresAt: null,
  }
  const { effectiveAt, expiresAt, ...row } = version
  await tx
    .insertInto('audience')
    .values({
      ...{ ...row, effective_at: effectiveAt, expires_at: expiresAt, made_at: at },
      // Nothing was shared with it before.
      applied_at: at,
    })
    .execute()
  const told = { created: at, modified: at, marking: markingRef('TLP:RED') }
  await publishRecord(app, tx, {
    organisation: from,
    audience: version.id,
    object: audienceObject(version, told),
  })
  return version.id
}
