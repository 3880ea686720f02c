import { system } from '@tocsin/domain/actor.ts'
import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import {
  dueRung,
  isLate,
  nextAfterSkip,
  type RungTarget,
  type SkipReason,
  targetOf,
} from '@tocsin/domain/escalation.ts'
import type { Matter } from '@tocsin/domain/matter.ts'
import type { PostId } from '@tocsin/domain/people.ts'
import type { ClockId, ClockSettings, RungOffice } from '@tocsin/domain/service-clock.ts'
import { type Selectable, sql } from 'kysely'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import type { Schema } from '../database/schema.ts'
import { readClockSettings } from '../docket/clocks.ts'
import { getMatter } from '../docket/queries.ts'
import { appendEntry } from '../docket/record.ts'
import { findParticipants } from '../exercises/queries.ts'
import { queueNotices } from './outbox.ts'
import { recipientsOf } from './recipients.ts'

type ClockRow = Selectable<Schema['clock']>
type StepRow = Selectable<Schema['clock_step']>
type Rung = Awaited<ReturnType<typeof listRungs>>[number]

/**
 * Tells every rung whose time has come, the longest due first. Each is done in a transaction of its
 * own that holds the matter: none is told early, none twice, none out of order, and none is lost when
 * the process ends half way. A rung that cannot be told holds up no other clock; once all others are
 * told, what went wrong is thrown.
 */
export async function runDueSteps(app: App): Promise<void> {
  const passed = new Set<ClockId>()
  const errors: unknown[] = []
  for (let isDone = false; !isDone; ) {
    let clock: ClockId | undefined
    try {
      isDone = await app.db.as(system, async (tx) => {
        const due = await takeDueClock(app, tx, [...passed])
        clock = due?.id
        // Another process was faster: it is looked at again in the next round.
        if (due && !(await lookAt(app, tx, due))) passed.add(due.id)
        return due === undefined
      })
    } catch (error) {
      if (clock === undefined) throw error
      passed.add(clock)
      errors.push(error)
    }
  }
  for (const error of errors) throw error
}

/** A running clock with a rung that is due; its matter is held until the transaction ends. */
async function takeDueClock(
  app: App,
  tx: Tx,
  passed: readonly ClockId[],
): Promise<ClockRow | undefined> {
  const { rows } = await sql<{ clock: ClockId }>`
    select clock_step.clock from clock_step
    join clock on clock.id = clock_step.clock and clock.stopped_at is null
    join matter on matter.id = clock_step.matter
    where clock_step.done_at is null and clock_step.due_at <= ${app.clock()}
      and not clock_step.clock = any (${[...passed]}::uuid[])
      and not exists (select from exercise
        where exercise.matter = clock_step.matter and exercise.paused_at is not null)
    order by clock_step.due_at, clock_step.percent, clock_step.id limit 1
    for update of matter skip locked`.execute(tx)
  const [found] = rows
  if (!found) return undefined
  // Read anew now that the matter is held: another process may have told it just before.
  return tx.selectFrom('clock').selectAll().where('id', '=', found.clock).executeTakeFirstOrThrow()
}

const listRungs = async (tx: Tx, clock: ClockId) =>
  (await tx.selectFrom('clock_step').selectAll().where('clock', '=', clock).execute()).map(
    (row) => ({ ...row, dueAt: row.due_at, doneAt: row.done_at }),
  )

/** Does the one rung of the clock whose turn it is; answers whether there was one. */
async function lookAt(app: App, tx: Tx, clock: ClockRow): Promise<boolean> {
  const now = app.clock()
  const ladder = { stoppedAt: clock.stopped_at, rungs: await listRungs(tx, clock.id) }
  const rung = dueRung(ladder, now)
  if (!rung) return false
  const isSkipped = await tell(app, tx, clock, rung)
  // Nobody stands on this rung: the next one must not wait for its turn. A reminder is none of the
  // ladder: that nobody could be reminded makes nothing overdue. Nor is an organ's time a ladder of
  // offices: all of its rungs tell one, each at its time.
  const isLadder = rung.days_left === null && clock.agenda_item === null
  const next = isSkipped && isLadder ? nextAfterSkip(ladder, rung, now) : undefined
  if (next) {
    await tx.updateTable('clock_step').set({ due_at: now }).where('id', '=', next.id).execute()
  }
  return true
}

/** Tells whoever stands on the rung now, and puts on record who or why nobody; answers whether nobody. */
async function tell(app: App, tx: Tx, clock: ClockRow, rung: Rung): Promise<boolean> {
  const now = app.clock()
  const matter = await getMatter(tx, rung.matter)
  const isReplay = (await findParticipants(tx, matter.id)) !== undefined
  const { target, about } = await aim(app, tx, clock, rung, matter)
  const isTardy = isLate(rung.due_at, now)
  const facts = {
    ...{ clock: clock.kind, tell: rung.tell, percent: rung.percent, about, rung: rung.id },
    ...subjectOf(clock),
    ...(rung.days_left !== null && { daysLeft: rung.days_left }),
    ...(isTardy && { due: rung.due_at, told: now }),
  }
  const on = { matter: matter.id, actor: system }
  const persons = 'post' in target ? await notify(app, tx, clock, rung, matter, target) : 0
  // Where an exercise tells nobody, the rung counts as told: it is the time that is practised.
  if ('post' in target && (persons > 0 || isReplay)) {
    const { post, isBypassed } = target
    const reason = isBypassed ? 'bypassed' : null
    const missed = isTardy && !isReplay
    await finish(tx, rung, now, { outcome: 'told', told_post: post, reason, missed })
    const said = { ...facts, office: await officeName(tx, post), persons }
    const why = isBypassed ? { bypassed: 'accused' } : {}
    await appendEntry(app, tx, { ...on, kind: 'clock.escalated', facts: { ...said, ...why } })
    return false
  }
  const reason: SkipReason = 'skipped' in target ? target.skipped : 'no-holder'
  // That nobody deputises is how the office is made; that nobody was there to be told was missed.
  const missed = !isReplay && (isTardy || reason !== 'no-deputy')
  await finish(tx, rung, now, { outcome: 'skipped', reason, missed })
  await appendEntry(app, tx, { ...on, kind: 'clock.skipped', facts: { ...facts, reason } })
  return true
}

type Aimed = Extract<RungTarget, { readonly post: PostId }>

/** Queues the notices of a rung; answers how many persons are told. */
const notify = (
  app: App,
  tx: Tx,
  { notification }: ClockRow,
  { id: name }: Rung,
  { id: matter, excluded }: Matter,
  { post, deputy }: Aimed,
): Promise<number> => {
  const step = deputy ? 'deputy' : 'first'
  return queueNotices(app, tx, { matter, notification, post, step, name, excluded })
}

/** The action or the item of an agenda that a clock is of, as an entry names it. */
const subjectOf = ({ action, agenda_item }: ClockRow) => ({
  ...(action && { action }),
  ...(agenda_item && { agendaItem: agenda_item }),
})

/** Whom the rung tells, and whose silence it is about. */
async function aim(app: App, tx: Tx, clock: ClockRow, rung: Rung, matter: Matter) {
  const { excluded } = matter
  const addressee = await addresseeOf(tx, clock)
  const asked = { at: app.clock(), step: 'deputy', excluded } as const
  const deputies = addressee ? await recipientsOf(tx, [addressee.post], asked) : []
  const settings = await readClockSettings(tx, matter.organisation)
  const offices = await officesOf(tx, settings)
  const hasDeputy = deputies.length > 0
  const target = targetOf(rung.tell, { addressee, hasDeputy, offices, excluded })
  return { target, about: addressee?.about ?? '' }
}

/** Who is waited for: the office that was warned, the organ's, or the one that answers for an action. */
async function addresseeOf(tx: Tx, { notification, action, agenda_item }: ClockRow) {
  if (notification) {
    return tx
      .selectFrom('notification')
      .select(['post', 'organisation', 'authority as about'])
      .where('id', '=', notification)
      .executeTakeFirstOrThrow()
  }
  if (agenda_item) {
    return tx
      .selectFrom('agenda_item')
      .innerJoin('organ', 'organ.id', 'agenda_item.organ')
      .select(['organ.office as post', 'organ.organisation', 'organ.name as about'])
      .where('agenda_item.id', '=', agenda_item)
      .executeTakeFirstOrThrow()
  }
  return action
    ? tx
        .selectFrom('action')
        .innerJoin('post', 'post.id', 'action.office')
        .select(['post.id as post', 'post.organisation', 'action.title as about'])
        .where('action.id', '=', action)
        .executeTakeFirst()
    : undefined
}

async function finish(
  tx: Tx,
  { id }: Rung,
  done_at: Instant,
  what: Pick<StepRow, 'outcome' | 'reason' | 'missed'> & { readonly told_post?: PostId },
): Promise<void> {
  await tx
    .updateTable('clock_step')
    .set({ done_at, ...what })
    .where('id', '=', id)
    .execute()
}

async function officesOf(tx: Tx, { offices }: ClockSettings) {
  const found: Partial<
    Record<RungOffice | 'bypass', { post: PostId; organisation: OrganisationId }>
  > = {}
  for (const [office, post] of Object.entries(offices)) {
    if (!post) continue
    const row = await tx
      .selectFrom('post')
      .select('organisation')
      .where('id', '=', post)
      .where('abolished_at', 'is', null)
      .executeTakeFirst()
    if (row) found[office as RungOffice | 'bypass'] = { post, organisation: row.organisation }
  }
  return found
}

async function officeName(tx: Tx, post: PostId): Promise<string> {
  const { title, name } = await tx
    .selectFrom('post')
    .innerJoin('organisation', 'organisation.id', 'post.organisation')
    .select(['post.title', 'organisation.name'])
    .where('post.id', '=', post)
    .executeTakeFirstOrThrow()
  return `${title}, ${name}`
}
