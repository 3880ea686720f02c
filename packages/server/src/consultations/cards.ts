import type { Card } from '@tocsin/api/consultations.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import type { Consultation } from '@tocsin/domain/consultation.ts'
import { sql } from 'kysely'
import type { Tx } from '../database/database.ts'
import { content } from '../network/shared.ts'
import { audienceOf } from './store.ts'

/** On the page of a room at once. */
const SHOWN = 12
const MOST = 500

/** A card, and when this node came to hold it as it stands. */
export type KeptCard = Card & { readonly keptAt: Instant }

type Row = KeptCard & { readonly thing: string | null }

/**
 * What of the matter lies before the room, as it stands now: the matter itself, its warnings, reports and files, as
 * far as the reader may read them. What was told to two of their audiences is one card.
 */
export async function listCards(
  tx: Tx,
  { id, matter, organisation }: Consultation,
): Promise<{ total: number; newest: KeptCard[] }> {
  const rows = await tx
    .selectFrom('shared_object')
    .select(['id', 'type', 'modified as at', 'kept_at as keptAt'])
    .select([
      sql<string>`coalesce(object ->> 'name', '')`.as('title'),
      sql<number | null>`coalesce(${content} -> 'level', ${content} -> 'said' -> 'level')::int`.as(
        'level',
      ),
      sql<string | null>`${content} ->> 'state'`.as('state'),
      sql<string | null>`coalesce(${content} ->> 'attachment', ${content} ->> 'warning',
        ${content} ->> 'report', ${content} ->> 'matter')`.as('thing'),
    ])
    .where('audience_id', 'in', [audienceOf(id), matter as string as typeof id as never])
    .where('organisation', '=', organisation)
    .where('type', 'in', ['grouping', 'atrocity-alert', 'report', 'attachment'])
    .orderBy('modified', 'desc')
    .limit(MOST)
    .execute()
  const cards = new Map<string, KeptCard>()
  for (const { thing, ...card } of rows as unknown as Row[]) {
    const key = `${card.type}/${thing ?? card.id}`
    if (!cards.has(key)) cards.set(key, card)
  }
  const all = [...cards.values()]
  return { total: all.length, newest: all.slice(0, SHOWN) }
}
