import type { ObjectQuery } from '@tocsin/api/taxii.ts'
import type { Instant, Sha256 } from '@tocsin/domain/brand.ts'
import { Signed } from '@tocsin/records/jws.ts'
import { RecordedObject } from '@tocsin/records/record.ts'
import { type RawBuilder, sql } from 'kysely'
import type { App } from '../app.ts'
import { isNode, markingsUpTo, type Reader, type Shelf } from './collections.ts'
import { microsecondsOf, numberAdded } from './sequence.ts'

/** One thing on a shelf: to members' nodes a signed record, to programs the object it tells of. */
export type Item = {
  readonly id: string
  readonly version: Instant
  readonly added: number
} & ({ readonly record: Signed; readonly digest: Sha256 } | { readonly object: RecordedObject })

export type Page = { readonly items: readonly Item[]; readonly more: boolean }

/** How many at once at most, and how much. */
const PAGE = 500
const PAGE_BYTES = 3 * 1_048_576

type Row = {
  readonly id: string
  readonly modified: Instant
  readonly added_us: number
  readonly what: unknown
  readonly digest: Sha256
  readonly position: number
}

/**
 * Reads on from where the reader was, the earliest added first. Row-level security decides what is
 * there for this reader; the shelf and the filters only narrow it.
 */
export async function readPage(
  app: App,
  reader: Reader,
  shelf: Shelf,
  query: ObjectQuery,
): Promise<Page> {
  await numberAdded(app)
  const limit = Math.min(query.limit ?? PAGE, PAGE)
  const source = isNode(reader) ? records : objects
  const where = [...startOf(query), ...source.shelf(shelf, reader), ...matching(query, source)]
  const { rows } = await app.db.as(reader.actor, (tx) =>
    sql<Row>`select * from (
        select *, row_number() over (order by added_us) as position,
          sum(pg_column_size(what)) over (order by added_us) as total
        from (select ${source.columns} from ${source.table}
          where ${sql.join(where, sql` and `)} order by added_us limit ${limit + 1}) as page
      ) as measured
      where position = 1 or total <= ${PAGE_BYTES} order by added_us`.execute(tx),
  )
  const items = rows.slice(0, limit)
  const more = rows.length > limit || (await isCutShort(app, reader, source.table, where, rows))
  return { items: items.map(itemOf(reader)), more }
}

/** Whether the page ended for its size and not for want of rows. */
async function isCutShort(
  app: App,
  { actor }: Reader,
  table: RawBuilder<unknown>,
  where: readonly RawBuilder<unknown>[],
  rows: readonly Row[],
): Promise<boolean> {
  const last = rows.at(-1)
  if (!last) return false
  const { rows: further } = await app.db.as(actor, (tx) =>
    sql`select 1 from ${table} where ${sql.join(where, sql` and `)}
      and added_us > ${last.added_us} limit 1`.execute(tx),
  )
  return further.length > 0
}

const itemOf =
  (reader: Reader) =>
  ({ id, modified, added_us, what, digest }: Row): Item => {
    const item = { id, version: modified, added: added_us }
    return isNode(reader)
      ? { ...item, record: Signed.parse(what), digest }
      : { ...item, object: RecordedObject.parse(what) }
  }

function startOf({ next, added_after }: ObjectQuery): readonly RawBuilder<unknown>[] {
  if (next) return [sql`added_us > ${Number(next)}`]
  return [sql`added_us > ${added_after ? microsecondsOf(added_after) : 0}`]
}

const ALERTS = ['atrocity-alert', 'withdrawal', 'receipt']

const records = {
  table: sql`network_record`,
  columns: sql`object_id as id, modified, added_us, statement as what, digest`,
  type: sql.ref('object_type'),
  id: sql.ref('object_id'),
  shelf: (shelf: Shelf, _reader: Reader) => [
    // Of what was withdrawn or refused nothing is left to give; what waits proves itself to others too.
    sql`statement is not null`,
    ...(shelf === 'public' ? [sql`marking = 'TLP:CLEAR'`] : []),
    ...(shelf === 'alerts' ? [sql`object_type = any (${ALERTS})`] : []),
    ...(isFixed(shelf) ? [] : [sql`audience_id = ${shelf}`]),
    // A node reads on in what was written here, and only what it was not handed before.
    ...(shelf === 'everything'
      ? [
          sql`received_from is null`,
          sql`not exists (select 1 from record_queue where record_queue.digest = network_record.digest
            and member = claim_organisation() and taken_at is not null)`,
        ]
      : []),
  ],
  newest: sql`exists (select 1 from shared_object where shared_object.digest = network_record.digest)`,
  place: true,
}

const objects = {
  table: sql`shared_object`,
  columns: sql`id, modified, added_us, object as what, digest`,
  type: sql.ref('type'),
  id: sql.ref('id'),
  shelf: (shelf: Shelf, { ceiling }: Reader) => [
    sql`marking = any (${markingsUpTo(ceiling)})`,
    ...(shelf === 'public' ? [sql`marking = 'TLP:CLEAR'`] : []),
    ...(shelf === 'alerts' ? [sql`type = any (${ALERTS})`] : []),
    ...(isFixed(shelf) ? [] : [sql`audience_id = ${shelf}`]),
  ],
  // Nothing but the newest version is kept in clear.
  newest: sql`true`,
  place: false,
}

const isFixed = (shelf: Shelf): boolean => ['everything', 'public', 'alerts'].includes(shelf)

function matching(
  query: ObjectQuery,
  source: typeof records | typeof objects,
): readonly RawBuilder<unknown>[] {
  const list = (name: 'match[id]' | 'match[type]' | 'match[version]' | 'match[spec_version]') =>
    query[name]?.split(',')
  const [ids, types, specs] = [list('match[id]'), list('match[type]'), list('match[spec_version]')]
  return [
    ...(ids ? [sql`${source.id} = any (${ids})`] : []),
    ...(types ? [sql`${source.type} = any (${types})`] : []),
    ...(specs && !specs.includes('2.1') ? [sql`false`] : []),
    ...versionsOf(list('match[version]') ?? ['last'], source.newest),
    ...placesOf(query['match[x_place]'], source.place),
  ]
}

/** All that are asked for, together; the newest where nothing is said. */
function versionsOf(
  wanted: readonly string[],
  newest: RawBuilder<unknown>,
): readonly RawBuilder<unknown>[] {
  // The first is the only one where one version is kept, and else among all of them.
  if (wanted.includes('all') || wanted.includes('first')) return []
  const instants = wanted.filter((one) => !Number.isNaN(Date.parse(one)))
  const parts = [
    ...(wanted.includes('last') ? [newest] : []),
    ...(instants.length > 0 ? [sql`modified = any (${instants}::timestamptz[])`] : []),
  ]
  return [parts.length > 0 ? sql`(${sql.join(parts, sql` or `)})` : sql`false`]
}

/** A gap in what an author told its audience. */
function placesOf(place: string | undefined, isKept: boolean): readonly RawBuilder<unknown>[] {
  if (place === undefined) return []
  if (!isKept) return [sql`false`]
  const [, author, from, to] = /^(.{36}):(\d+)-(\d+)$/.exec(place) ?? []
  return [sql`organisation = ${author}`, sql`seq >= ${from}`, sql`seq <= ${to}`]
}
