import type { Marking } from '@tocsin/domain/audience.ts'
import type { Day, Instant, OrganisationId, PersonId } from '@tocsin/domain/brand.ts'
import type { Locale } from '@tocsin/domain/locale.ts'
import { holdersOn, type PostId } from '@tocsin/domain/people.ts'
import type { OrganId } from '@tocsin/domain/trigger-rule.ts'
import type { WarningState } from '@tocsin/domain/warning.ts'
import { z } from 'zod'
import type { Tx } from '../database/database.ts'
import { listParticipants } from '../exercises/queries.ts'
import { holdingOf } from '../people/queries.ts'
import type { Claimed } from './claims.ts'
import type { Step } from './recipients.ts'

/** What a notice may be written from, as it stands at this moment. */
export type NoticeFacts = {
  readonly matter: {
    readonly excluded: readonly OrganisationId[]
    readonly is_exercise: boolean
    readonly marking: Marking
    readonly sender: string
  }
  readonly reader: {
    readonly organisation: OrganisationId
    readonly locale: Locale
    readonly ended_at: Instant | null
    readonly address: string | null
    /** The posts that the reader holds today. */
    readonly posts: ReadonlySet<PostId>
  }
  readonly warning:
    | {
        /** The post that was warned; a rung may tell another one of its silence. */
        readonly post: PostId
        readonly office: string
        readonly acknowledge_by: Instant
        readonly acknowledged_at: Instant | null
        readonly answer_by: Instant | null
        readonly answered_at: Instant | null
        readonly draft: unknown
        readonly state: WarningState
        readonly number: number
        readonly year: number
      }
    | undefined
  readonly aim: Aimed | undefined
  /** Who takes part, where the matter is a replay; undefined where it is not. */
  readonly players: readonly PersonId[] | undefined
}

/** Reads what these rows are written from: one query a table, however many there are. */
export async function readNoticeFacts(
  tx: Tx,
  rows: readonly Claimed[],
  now: Instant,
): Promise<(row: Claimed) => NoticeFacts> {
  const matters = await tx
    .selectFrom('matter')
    .innerJoin('organisation as sender', 'sender.id', 'matter.organisation')
    .select(['matter.id', 'excluded', 'is_exercise', 'marking', 'sender.name as sender'])
    .where(
      'matter.id',
      'in',
      all(rows, ({ matter }) => matter),
    )
    .execute()
  const persons = all(rows, ({ person }) => person)
  const readers = await tx
    .selectFrom('person')
    .select(['id', 'organisation', 'locale', 'ended_at'])
    .where('id', 'in', persons)
    .execute()
  const contacts = await tx
    .selectFrom('contact')
    .select(['person', 'channel', 'address'])
    .where('person', 'in', persons)
    .execute()
  const held = await tx
    .selectFrom('holding')
    .selectAll('holding')
    .where('person', 'in', persons)
    .execute()
  const warnings = await tx
    .selectFrom('notification')
    .innerJoin('warning', 'warning.id', 'notification.warning')
    .select(['notification.id', 'post', 'office', 'draft', 'warning.state'])
    .select(['acknowledge_by', 'acknowledged_at', 'answer_by', 'answered_at'])
    .select(['warning.number', 'warning.year'])
    .where(
      'notification.id',
      'in',
      all(rows, ({ notification }) => notification),
    )
    .execute()
  const aims = await readAims(tx, rows)
  const playersOf = await listParticipants(
    tx,
    all(rows, ({ matter }) => matter),
  )
  const [matterOf, readerOf, warningOf] = [byId(matters), byId(readers), byId(warnings)]
  const addresses = new Map(contacts.map((one) => [`${one.person} ${one.channel}`, one.address]))
  const holdings = Map.groupBy(held.map(holdingOf), ({ person }) => person)
  const day = now.slice(0, 10) as Day
  return (row) => {
    const matter = matterOf.get(row.matter)
    const reader = readerOf.get(row.person)
    if (!matter || !reader) throw new Error('a notice without its matter or its reader')
    const address = addresses.get(`${row.person} ${row.channel}`) ?? null
    const posts = holdersOn(holdings.get(row.person) ?? [], day).map(({ post }) => post)
    return {
      matter,
      reader: { ...reader, address, posts: new Set(posts) },
      warning: row.notification ? warningOf.get(row.notification) : undefined,
      aim: aims.get(row.id),
      players: playersOf.get(row.matter),
    }
  }
}

/** The different values that rows have; never an empty list, which SQL does not know. */
function all<T extends string>(rows: readonly Claimed[], of: (row: Claimed) => T | null): T[] {
  const found = [...new Set(rows.map(of))]
  return found.length > 0 ? (found as T[]) : [null as never]
}

const byId = <Row extends { readonly id: string }>(rows: readonly Row[]) =>
  new Map<string, Row>(rows.map((row) => [row.id, row]))

/** The post a notice is for, the one that was warned or that a rung told, and which of its holders. */
export type Aimed = {
  readonly post: PostId
  readonly step: Step
  /** Where it is about an action: the days left to its day; none once that has passed. */
  readonly action?: { readonly daysLeft: number | null }
  /** Where it is about an item of an agenda: of which organ, and whether its time has passed. */
  readonly agenda?: { readonly organ: OrganId; readonly isOver: boolean }
}

const isRung = (step: string): boolean => z.uuid().safeParse(step).success

/** Which post each of these rows is for, by the row's id; none for what has no post any more. */
export async function readAims(
  tx: Tx,
  rows: readonly Claimed[],
): Promise<ReadonlyMap<string, Aimed>> {
  const rungs = await tx
    .selectFrom('clock_step')
    .innerJoin('clock', 'clock.id', 'clock_step.clock')
    .leftJoin('agenda_item', 'agenda_item.id', 'clock.agenda_item')
    .select(['clock_step.id', 'told_post', 'tell', 'reason', 'days_left', 'clock.action'])
    .select(['percent', 'agenda_item.organ'])
    .where(
      'clock_step.id',
      'in',
      all(rows, ({ step }) => (isRung(step) ? step : null)),
    )
    .execute()
  const warned = await tx
    .selectFrom('notification')
    .select(['id', 'post'])
    .where(
      'id',
      'in',
      all(rows, ({ notification }) => notification),
    )
    .execute()
  const [rungOf, warnedOf] = [byId(rungs), byId(warned)]
  const aimOf = ({ step, notification }: Claimed): Aimed | undefined => {
    const rung = rungOf.get(step)
    if (rung?.told_post) {
      // In the bypass office it is whoever speaks for it.
      const isDeputy = rung.tell === 'deputy' && rung.reason !== 'bypassed'
      const action = rung.action !== null && { action: { daysLeft: rung.days_left } }
      const { organ } = rung
      const agenda = organ !== null && { agenda: { organ, isOver: rung.percent >= 100 } }
      return { post: rung.told_post, step: isDeputy ? 'deputy' : 'first', ...action, ...agenda }
    }
    const post = notification ? warnedOf.get(notification)?.post : undefined
    return post && { post, step: 'first' }
  }
  return new Map(
    rows.flatMap((row) => {
      const aim = aimOf(row)
      return aim ? [[row.id, aim] as const] : []
    }),
  )
}
