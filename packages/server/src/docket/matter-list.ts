import type { MatterLine } from '@tocsin/api/matters.ts'
import { type Actor, system } from '@tocsin/domain/actor.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import type { Level } from '@tocsin/domain/level.ts'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { listOrganisationNames } from '../people/queries.ts'
import { matterOf } from './queries.ts'

type Wanted = {
  readonly state: 'open' | 'closed' | 'all'
  readonly level?: Level | undefined
  readonly text?: string | undefined
  readonly exercise: boolean
  readonly limit: number
  readonly offset: number
}

type Listed = {
  readonly asOf: Instant
  readonly total: number
  readonly matters: MatterLine[]
}

/** The matters that the actor may see; drills are never among real ones. */
export async function listMatters(app: App, actor: Actor, wanted: Wanted): Promise<Listed> {
  const { rows, total } = await app.db.as(actor, async (tx) => {
    const found = matching(tx, wanted)
    const { total } = await found
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    const rows = await found
      .selectAll()
      .orderBy('opened_at', 'desc')
      .orderBy('id', 'desc')
      .limit(wanted.limit)
      .offset(wanted.offset)
      .execute()
    return { rows, total }
  })
  const owners = [...new Set(rows.map(({ organisation }) => organisation))]
  // Whoever may read a matter may read whose it is.
  const names = await app.db.as(system, (tx) => listOrganisationNames(tx, owners))
  const matters = rows.map((row) => ({
    ...matterOf(row),
    owner: names.get(row.organisation) ?? '',
    dueAt: row.due_at,
    dueKind: row.due_kind,
  }))
  return { asOf: app.clock(), total, matters }
}

function matching(tx: Tx, { state, level, text, exercise }: Wanted) {
  let found = tx.selectFrom('matter').where('is_exercise', '=', exercise)
  if (state !== 'all') found = found.where('closed_at', state === 'open' ? 'is' : 'is not', null)
  if (level !== undefined) found = found.where('level', '=', level)
  if (!text) return found
  const [, year, number] = /^(?:EX-)?M-(\d{4})\/(\d{1,9})$/i.exec(text) ?? []
  if (year && number) {
    return found.where('year', '=', Number(year)).where('number', '=', Number(number))
  }
  // What people type is looked for as it stands, also where it holds a wildcard.
  const like = `%${text.replace(/[\\%_]/g, '\\$&')}%`
  return found.where(sql<boolean>`concat_ws(' ', title, place, summary) ilike ${like}`)
}
