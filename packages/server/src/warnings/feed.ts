import { createHash } from 'node:crypto'
import * as api from '@tocsin/api/cap.ts'
import type { Sha256 } from '@tocsin/domain/brand.ts'
import { WarningDraft } from '@tocsin/domain/warning.ts'
import { type Announced, writeFeed } from '@tocsin/records/cap/feed.ts'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import { markingsUpTo, type Reader } from '../network/collections.ts'

/** The newest are told. */
const ENTRIES = 100

/**
 * The warnings that stand, as the reader may see them, in a feed that says where each is read as CAP;
 * of one that was cancelled the cancellation, of one that was replaced nothing but what replaced it.
 */
export async function readWarningFeed(
  app: App,
  reader: Reader,
): Promise<{ readonly xml: string; readonly etag: string }> {
  const { origin } = app.node
  const announced = await listAnnounced(app, reader)
  const name = `Tocsin, ${new URL(origin).hostname}`
  const xml = writeFeed({ name, address: origin + api.getWarningFeed.path }, announced)
  return { xml, etag: `"${createHash('sha256').update(xml).digest('base64url')}"` }
}

async function listAnnounced(app: App, { actor, ceiling }: Reader): Promise<readonly Announced[]> {
  const rows = await app.db.as(actor, (tx) =>
    tx
      .selectFrom('warning')
      .innerJoin('matter', 'matter.id', 'warning.matter')
      .innerJoinLateral(
        (eb) =>
          eb
            .selectFrom('entry')
            .select(['digest', 'at', 'kind'])
            .select(sql<string>`author ->> 'organisationName'`.as('author'))
            .whereRef('entry.matter', '=', 'warning.matter')
            .where('kind', 'in', ['warning.sent', 'warning.updated', 'warning.cancelled'])
            .where(sql<boolean>`facts ->> 'warning' = warning.id::text`)
            .orderBy('seq', 'desc')
            .limit(1)
            .as('said'),
        (join) => join.onTrue(),
      )
      .select(['warning.id', 'draft', 'marking', 'digest', 'at', 'kind', 'author'])
      .where('state', 'in', ['sent', 'expired', 'cancelled'])
      // Drills are never among real warnings.
      .where('matter.is_exercise', '=', false)
      .where('marking', 'in', [...markingsUpTo(ceiling)])
      .orderBy('at', 'desc')
      .orderBy('digest')
      .limit(ENTRIES)
      .execute(),
  )
  return rows.map(({ id, draft, marking, digest, at, kind, author }) => {
    const { subject, level, locale } = WarningDraft.parse(draft)
    const address = app.node.origin + api.getWarningAsCap.path.replace(':warning', id)
    return {
      ...{ digest: digest as Sha256, at, kind: kind as Announced['kind'], author, marking },
      ...{ title: subject, level, locale, address },
    }
  })
}
