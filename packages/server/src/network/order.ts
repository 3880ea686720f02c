import type { Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import type { RecordHeader } from '@tocsin/records/record.ts'
import { type Selectable, sql } from 'kysely'
import type { Tx } from '../database/database.ts'
import type { ExchangeTables } from '../database/schema/exchange.ts'

/** A record's place in what its author told its audience. */
export type Place = { readonly header: RecordHeader; readonly digest: Sha256 }

/** What an author tells one audience has an order of its own. */
type Named = Pick<RecordHeader, 'org' | 'aud'>

type Head = {
  readonly seq: number
  readonly digest: Sha256 | null
  readonly known_seq: number
  readonly frozen_at: Instant | null
}
type Gap = Selectable<ExchangeTables['missing_record']>
type Beside = {
  readonly seq: number
  readonly digest: Sha256
  readonly previous: Sha256 | null
}

/** The end of an author's order in an audience; whoever has it, has it alone until they end. */
export async function lockHead(tx: Tx, named: Named): Promise<Head> {
  const [head] = await lockHeads(tx, [named])
  if (!head) throw new Error('no end of an order')
  return head
}

/** The same for many, always one after another in the same order, so that no two wait for each other. */
async function lockHeads(tx: Tx, all: readonly Named[]) {
  const [authors, audiences] = [all.map(({ org }) => org), all.map(({ aud }) => aud)]
  await sql`insert into record_head (organisation, audience_id, seq, known_seq)
    select distinct organisation, audience_id, 0, 0
    from unnest(${authors}::uuid[], ${audiences}::uuid[]) as named (organisation, audience_id)
    order by organisation, audience_id
    on conflict do nothing`.execute(tx)
  const { rows } = await sql<Head & { organisation: OrganisationId; audience_id: AudienceId }>`
    select organisation, audience_id, seq, digest, known_seq, frozen_at from record_head
    where (organisation, audience_id) in
      (select * from unnest(${authors}::uuid[], ${audiences}::uuid[]))
    order by organisation, audience_id for update of record_head`.execute(tx)
  return rows
}

export async function moveHead(tx: Tx, { org, aud }: Named, to: Partial<Head>): Promise<void> {
  await tx
    .updateTable('record_head')
    .set(to)
    .where('organisation', '=', org)
    .where('audience_id', '=', aud)
    .execute()
}

/**
 * An author's order in an audience as far as some places concern it: its end, the records in these
 * places and beside them, and the gaps that they fall into. It is this transaction's alone.
 */
export type Order = {
  head: Head
  gaps: readonly Gap[]
  readonly beside: Beside[]
  /** What the tables say until `keepOrders`. */
  readonly kept: { head: Head; gaps: readonly Gap[] }
}

type Orders = ReadonlyMap<string, Order>

const nameOf = ({ org, aud }: Named): string => `${org} ${aud}`

/** The one that a record stands in, of those that are held. */
export function orderOf(orders: Orders, header: Named): Order {
  const order = orders.get(nameOf(header))
  if (!order) throw new Error('an order that is not held')
  return order
}

/** Takes hold of the orders that these places are in, and reads what `takePlaceIn` asks for. */
export async function holdOrders(tx: Tx, places: readonly Place[]): Promise<Orders> {
  if (places.length === 0) return new Map()
  const heads = await lockHeads(
    tx,
    places.map(({ header }) => header),
  )
  const orders = new Map(
    heads.map(({ organisation: org, audience_id: aud, ...head }) => {
      const order: Order = { head, gaps: [], beside: [], kept: { head, gaps: [] } }
      return [nameOf({ org, aud }), order]
    }),
  )
  for (const { organisation: org, audience_id: aud, ...one } of await listBeside(tx, places)) {
    orderOf(orders, { org, aud }).beside.push(one)
  }
  const known = places.filter(({ header }) => header.aseq <= orderOf(orders, header).head.known_seq)
  for (const gap of await listGaps(tx, known)) {
    const order = orderOf(orders, { org: gap.organisation, aud: gap.audience_id })
    order.gaps = order.kept.gaps = [...order.gaps, gap]
  }
  return orders
}

async function listBeside(tx: Tx, places: readonly Place[]) {
  const { authors, audiences, seqs } = columnsOf(places)
  // Each by itself, so that no plan ever reads the whole of an order, or of all.
  const { rows } = await sql<Beside & { organisation: OrganisationId; audience_id: AudienceId }>`
    select place.organisation, place.audience_id, place.seq, digest, previous
    from (select distinct organisation, audience_id, seq + step as seq
      from unnest(${authors}::uuid[], ${audiences}::uuid[], ${seqs}::int[])
        as place (organisation, audience_id, seq), generate_series(-1, 1) as step) as place
    cross join lateral (select digest, previous from network_record
      where organisation = place.organisation and audience_id = place.audience_id
        and seq = place.seq offset 0) as record`.execute(tx)
  return rows
}

async function listGaps(tx: Tx, places: readonly Place[]): Promise<readonly Gap[]> {
  if (places.length === 0) return []
  const { authors, audiences, seqs } = columnsOf(places)
  const { rows } = await sql<Gap>`select distinct gap.* from missing_record as gap
    join unnest(${authors}::uuid[], ${audiences}::uuid[], ${seqs}::int[])
      as place (organisation, audience_id, seq) on gap.organisation = place.organisation
      and gap.audience_id = place.audience_id and from_seq <= seq and to_seq >= seq`.execute(tx)
  return rows
}

const columnsOf = (places: readonly Place[]) => ({
  authors: places.map(({ header }) => header.org),
  audiences: places.map(({ header }) => header.aud),
  seqs: places.map(({ header }) => header.aseq),
})

type How = {
  readonly at: Instant
  /**
   * Whether this node came to the audience after its beginning: what it sees first of an author is
   * then where that author's order begins for it.
   */
  readonly joinedLate: boolean
}
export type Taken = 'next' | 'waiting' | 'frozen' | 'fork'

/**
 * Takes a record's place in its author's order: next, before something that is missing, or in a
 * place that another record claims. A gap is noted, and closed by what comes to fill it. What changes
 * is written by `keepOrders`.
 */
export function takePlaceIn(order: Order, place: Place, { at, joinedLate }: How): Taken {
  const { header, digest } = place
  const { aseq, aprev } = header
  if (order.head.known_seq === 0 && joinedLate) {
    order.head = { ...order.head, seq: aseq - 1, digest: aprev, known_seq: aseq - 1 }
  }
  const { head } = order
  const isContrary = head.frozen_at === null && isContradicted(order, place)
  order.beside.push({ seq: aseq, digest, previous: aprev })
  if (head.frozen_at) return 'frozen'
  if (isContrary) {
    order.head = { ...head, frozen_at: at }
    return 'fork'
  }
  if (aseq <= head.known_seq) order.gaps = order.gaps.flatMap((gap) => withoutPlace(gap, place))
  else {
    order.head = { ...head, known_seq: aseq }
    if (aseq > head.known_seq + 1) {
      order.gaps = [...order.gaps, gapBefore(place, head.known_seq + 1, at)]
    }
  }
  if (aseq !== head.seq + 1) return 'waiting'
  order.head = { ...order.head, seq: aseq, digest }
  return 'next'
}

/** Whether something that is here stands right after a place: it may have waited for it. */
export const isFollowed = ({ beside }: Order, { aseq }: RecordHeader): boolean =>
  beside.some(({ seq }) => seq === aseq + 1)

/** Whether what its author signed names another record in this place, or before or after it. */
function isContradicted({ head, beside }: Order, { header, digest }: Place): boolean {
  const { aseq, aprev } = header
  if (aseq === head.seq + 1 && aprev !== head.digest) return true
  return beside.some((one) => {
    if (one.seq === aseq - 1) return one.digest !== aprev
    if (one.seq === aseq + 1) return one.previous !== digest
    return one.seq === aseq && one.digest !== digest
  })
}

const gapBefore = ({ header }: Place, from: number, at: Instant): Gap => ({
  organisation: header.org,
  audience_id: header.aud,
  from_seq: from,
  to_seq: header.aseq - 1,
  digest: header.aprev as Sha256,
  noted_at: at,
  attempts: 0,
  next_at: at,
})

/** Nothing, or one or two smaller gaps are left of the gap that a record falls into. */
function withoutPlace(gap: Gap, { header: { aseq, aprev } }: Place): readonly Gap[] {
  if (gap.from_seq > aseq || gap.to_seq < aseq) return [gap]
  return [
    { ...gap, to_seq: aseq - 1, digest: aprev as Sha256 },
    { ...gap, from_seq: aseq + 1 },
  ].filter(({ from_seq, to_seq }) => from_seq <= to_seq)
}

/** Writes what changed in orders that were held. */
export async function keepOrders(tx: Tx, orders: Orders): Promise<void> {
  const all = [...orders.values()]
  const closed = all.flatMap(({ gaps, kept }) => kept.gaps.filter((gap) => !gaps.includes(gap)))
  const noted = all.flatMap(({ gaps, kept }) => gaps.filter((gap) => !kept.gaps.includes(gap)))
  for (const { organisation, audience_id, from_seq } of closed) {
    await tx
      .deleteFrom('missing_record')
      .where('organisation', '=', organisation)
      .where('audience_id', '=', audience_id)
      .where('from_seq', '=', from_seq)
      .execute()
  }
  for (const gap of noted) await tx.insertInto('missing_record').values(gap).execute()
  for (const [name, { head, kept }] of orders) {
    if (head === kept.head) continue
    const [org, aud] = name.split(' ') as [OrganisationId, AudienceId]
    await moveHead(tx, { org, aud }, head)
  }
}

/** The same for one place alone. */
export async function takePlace(tx: Tx, place: Place, how: How): Promise<Taken> {
  const orders = await holdOrders(tx, [place])
  const taken = takePlaceIn(orderOf(orders, place.header), place, how)
  await keepOrders(tx, orders)
  return taken
}
