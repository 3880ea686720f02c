import type { Output } from '@tocsin/api/route.ts'
import type { getShared, SharedFilters, SharedLine } from '@tocsin/api/shared.ts'
import { SharedType } from '@tocsin/api/shared.ts'
import { type Actor, system } from '@tocsin/domain/actor.ts'
import type { CountryCode, Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { idOfName } from '@tocsin/domain/id.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import { ReshareRule } from '@tocsin/domain/network.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { Redactable } from '@tocsin/domain/redaction.ts'
import { markingFrom } from '@tocsin/domain/sharing.ts'
import { RecordedObject } from '@tocsin/records/record.ts'
import { extensionId } from '@tocsin/records/stix/extension.ts'
import { sql } from 'kysely'
import Papa from 'papaparse'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { requirePerson } from '../identity/step-up.ts'
import { listOrganisationNames } from '../people/queries.ts'

/* What other organisations share with ours: one question, asked by list, count, search and files. */

type Content = Readonly<Record<string, unknown>>

/** What an object of ours says, in the words of STIX, wherever its type keeps it. */
export const content = sql<Content>`coalesce(object -> 'content',
  object -> 'extensions' -> ${sql.lit(extensionId)} -> 'content')`

/** Row-level security decides what is seen; what one's own organisation told others is not listed. */
function matching(tx: Tx, own: OrganisationId, wanted: SharedFilters) {
  const { type, organisation, country, text, exercise } = wanted
  let found = tx
    .selectFrom('shared_object')
    .where('organisation', '<>', own)
    .where('type', 'in', type ? [type] : [...SharedType.options])
    .where(sql<boolean>`coalesce((${content} ->> 'is_exercise')::boolean, false) = ${exercise}`)
  if (organisation) found = found.where('organisation', '=', organisation)
  if (country) found = found.where(sql<boolean>`${content} ->> 'country' = ${country}`)
  if (!text) return found
  // What people type is looked for as it stands, also where it holds a wildcard.
  const like = `%${text.replace(/[\\%_]/g, '\\$&')}%`
  return found.where(
    sql<boolean>`concat_ws(' ', object ->> 'name', object ->> 'description',
      ${content} ->> 'place') ilike ${like}`,
  )
}

const columns = (tx: Tx, own: OrganisationId, wanted: SharedFilters) =>
  matching(tx, own, wanted)
    .select(['id', 'type', 'organisation', 'marking', 'created', 'modified', 'kept_at'])
    .select([
      sql<string | null>`object ->> 'name'`.as('title'),
      sql<CountryCode | null>`${content} ->> 'country'`.as('country'),
      sql<number | null>`coalesce(${content} -> 'level', ${content} -> 'said' -> 'level')::int`.as(
        'level',
      ),
      sql<boolean>`coalesce((${content} ->> 'is_exercise')::boolean, false)`.as('isExercise'),
      sql<boolean>`coalesce((${content} ->> 'asks_who_read')::boolean, false)`.as('asksWhoRead'),
    ])
    .orderBy('kept_at', 'desc')
    .orderBy('id', 'desc')

type Row = Awaited<ReturnType<ReturnType<typeof columns>['execute']>>[number]

const lineOf = (names: ReadonlyMap<OrganisationId, string>, row: Row): SharedLine => ({
  id: row.id,
  type: SharedType.parse(row.type),
  organisation: row.organisation,
  author: names.get(row.organisation) ?? row.organisation,
  title: row.title ?? '',
  country: row.country,
  level: row.level,
  marking: markingFrom(row.marking),
  isExercise: row.isExercise,
  created: row.created,
  modified: row.modified,
  keptAt: row.kept_at,
  asksWhoRead: row.asksWhoRead,
})

/** Whoever may read something may read whose it is. */
async function withNames(app: App, rows: readonly Row[]): Promise<SharedLine[]> {
  const authors = [...new Set(rows.map(({ organisation }) => organisation))]
  const names = await app.db.as(system, (tx) => listOrganisationNames(tx, authors))
  return rows.map((row) => lineOf(names, row))
}

type Page = SharedFilters & { readonly limit: number; readonly offset: number }

export async function listShared(app: App, actor: Actor, wanted: Page) {
  const { organisation } = requirePerson(actor)
  const { limit, offset } = wanted
  const { total, rows } = await app.db.as(actor, async (tx) => {
    const { total } = await matching(tx, organisation, wanted)
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    const page = columns(tx, organisation, wanted).limit(limit).offset(offset)
    return { total, rows: await page.execute() }
  })
  return { asOf: app.clock(), total, shared: await withNames(app, rows) }
}

const header = ['id', 'type', 'author', 'title', 'country', 'level', 'marking', 'exercise']

/** The list as a table to keep: every line of it. */
export async function exportShared(app: App, actor: Actor, wanted: SharedFilters): Promise<string> {
  const { organisation } = requirePerson(actor)
  const rows = await app.db.as(actor, (tx) => columns(tx, organisation, wanted).execute())
  const lines = (await withNames(app, rows)).map((line) => [
    ...[line.id, line.type, line.author, line.title, line.country ?? '', line.level ?? ''],
    ...[line.marking, String(line.isExercise), line.created, line.modified, line.keptAt],
  ])
  // Titles are others' words: a spreadsheet must not take one for a formula.
  const table = [[...header, 'created', 'modified', 'kept'], ...lines]
  return `${Papa.unparse(table, { escapeFormulae: true })}\r\n`
}

/** The objects themselves, as their authors made them. */
export async function exportSharedObjects(app: App, actor: Actor, wanted: SharedFilters) {
  const { organisation } = requirePerson(actor)
  const rows = await app.db.as(actor, (tx) =>
    matching(tx, organisation, wanted).select(['id', 'object']).orderBy('id').execute(),
  )
  const name = rows.map(({ id }) => id).join(' ')
  return {
    type: 'bundle' as const,
    id: `bundle--${idOfName(`bundle/${app.clock()}/${name}`)}`,
    objects: rows.map(({ object }) => object as Record<string, never>),
  }
}

/** Something another organisation shared, with what is needed to answer it. */
export type SharedThing = {
  readonly id: string
  readonly digest: Sha256
  readonly audience: AudienceId
  readonly organisation: OrganisationId
  readonly object: RecordedObject
  readonly content: Content
  readonly line: Row
}

/** The thing, if the actor may see it and it is not of their own organisation. */
export async function requireShared(tx: Tx, actor: Actor, id: string): Promise<SharedThing> {
  const { organisation } = requirePerson(actor)
  const everything = { type: undefined, organisation: undefined, country: undefined }
  for (const exercise of [false, true]) {
    const row = await columns(tx, organisation, { ...everything, exercise })
      .select(['digest', 'audience_id', 'object', content.as('content')])
      .where('id', '=', id)
      .executeTakeFirst()
    if (!row) continue
    return {
      id,
      digest: row.digest,
      audience: row.audience_id,
      organisation: row.organisation,
      object: RecordedObject.parse(row.object),
      content: row.content ?? {},
      line: row,
    }
  }
  throw new Problem('sharing.not-found')
}

export async function readShared(
  app: App,
  actor: Actor,
  id: string,
): Promise<Output<typeof getShared>> {
  const { organisation } = requirePerson(actor)
  const { thing, receipts, takenUp } = await app.db.as(actor, async (tx) => ({
    thing: await requireShared(tx, actor, id),
    receipts: await listReceipts(tx, id),
    takenUp: await findTakenUp(tx, organisation, id),
  }))
  const [line] = await withNames(app, [thing.line])
  if (!line) throw new Problem('sharing.not-found')
  const said = thing.content
  const own = receipts.filter((one) => one.organisation === organisation)
  const acknowledged = own.find((one) => one.content['kind'] === 'acknowledgement')
  return {
    ...line,
    content: said as Record<string, never>,
    redacted: Redactable.array().catch([]).parse(said['redacted']),
    reshare: ReshareRule.nullable().catch(null).parse(said['reshare']),
    isAuthorWithheld: said['is_author_withheld'] === true,
    hasBeenRead: own.some((one) => one.content['kind'] === 'read'),
    acknowledgedAt: (acknowledged?.content['given_at'] as Instant | undefined) ?? null,
    takenUp,
    receipts: receipts.map((one) => one.content as Record<string, never>),
  }
}

const listReceipts = (tx: Tx, about: string) =>
  tx
    .selectFrom('shared_object')
    .select(['organisation', content.as('content')])
    .where('type', '=', 'receipt')
    .where(sql<boolean>`${content} ->> 'about' = ${about}`)
    .orderBy('created')
    .execute()

async function findTakenUp(
  tx: Tx,
  organisation: OrganisationId,
  object: string,
): Promise<MatterId | null> {
  const row = await tx
    .selectFrom('taken_up')
    .select('matter')
    .where('organisation', '=', organisation)
    .where('object_id', '=', object)
    .executeTakeFirst()
  return row?.matter ?? null
}
