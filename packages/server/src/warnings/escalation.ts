import { system } from '@tocsin/domain/actor.ts'
import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { PostId } from '@tocsin/domain/people.ts'
import { type ClockSettings, type RungOffice, targetOf } from '@tocsin/domain/service-clock.ts'
import type { Selectable } from 'kysely'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import type { Schema } from '../database/schema.ts'
import { readClockSettings } from '../docket/clocks.ts'
import { getMatter } from '../docket/queries.ts'
import { appendEntry } from '../docket/record.ts'
import { queueNotices } from './outbox.ts'
import { recipientsOf } from './recipients.ts'

type StepRow = Selectable<Schema['clock_step']>

/**
 * Tells every rung whose time has come, the longest due first; answers how many were looked at. Each
 * rung is done in a transaction of its own that holds its row: none is told early, none twice, and
 * none is lost when the process ends half way.
 */
export async function runDueSteps(app: App): Promise<number> {
  for (let done = 0; ; done += 1) {
    const isDone = await app.db.as(system, async (tx) => {
      const step = await tx
        .selectFrom('clock_step')
        .selectAll()
        .where('done_at', 'is', null)
        .where('due_at', '<=', app.clock())
        .orderBy('due_at')
        .orderBy('percent')
        .limit(1)
        .forUpdate()
        .skipLocked()
        .executeTakeFirst()
      if (step) await takeStep(app, tx, step)
      return step === undefined
    })
    if (isDone) return done
  }
}

async function takeStep(app: App, tx: Tx, step: StepRow): Promise<void> {
  const clock = await tx
    .selectFrom('clock')
    .selectAll()
    .where('id', '=', step.clock)
    .executeTakeFirstOrThrow()
  const now = app.clock()
  if (clock.stopped_at !== null) {
    await finish(tx, step, now, { outcome: 'not-needed' })
    return
  }
  const matter = await getMatter(tx, step.matter)
  const told = clock.notification
    ? await tx
        .selectFrom('notification')
        .select(['id', 'post', 'organisation', 'authority', 'office'])
        .where('id', '=', clock.notification)
        .executeTakeFirstOrThrow()
    : undefined
  const { excluded } = matter
  const settings = await readClockSettings(tx, matter.organisation)
  const deputies = told
    ? await recipientsOf(tx, [told.post], { at: now, step: 'deputy', excluded })
    : []
  const target = targetOf(step.tell, {
    addressee: told,
    hasDeputy: deputies.length > 0,
    offices: await officesOf(tx, settings),
    excluded,
  })
  const about = {
    clock: clock.kind,
    tell: step.tell,
    percent: step.percent,
    about: told?.authority ?? '',
  }
  const of = { matter: step.matter as MatterId, notification: clock.notification }
  const count =
    'post' in target
      ? await queueNotices(app, tx, {
          ...of,
          post: target.post,
          step: target.deputy ? 'deputy' : 'first',
          name: step.id,
          excluded,
        })
      : 0
  if ('post' in target && count > 0) {
    await finish(tx, step, now, { outcome: 'told', told_post: target.post })
    const facts = { ...about, office: await officeName(tx, target.post), persons: count }
    await appendEntry(app, tx, {
      matter: step.matter,
      kind: 'clock.escalated',
      actor: system,
      facts,
    })
    return
  }
  const reason = 'skipped' in target ? target.skipped : 'no-holder'
  await finish(tx, step, now, { outcome: 'skipped', reason })
  // Nobody stands on this rung: the next one must not wait for its turn.
  await bringForward(tx, step, now)
  const facts = { ...about, reason }
  await appendEntry(app, tx, { matter: step.matter, kind: 'clock.skipped', actor: system, facts })
}

async function finish(
  tx: Tx,
  { id }: StepRow,
  done_at: Instant,
  what: { outcome: NonNullable<StepRow['outcome']>; reason?: string; told_post?: PostId },
): Promise<void> {
  await tx
    .updateTable('clock_step')
    .set({ done_at, ...what })
    .where('id', '=', id)
    .execute()
}

async function bringForward(tx: Tx, { clock, percent }: StepRow, now: Instant): Promise<void> {
  const next = await tx
    .selectFrom('clock_step')
    .select(['id', 'due_at'])
    .where('clock', '=', clock)
    .where('done_at', 'is', null)
    .where('percent', '>', percent)
    .orderBy('percent')
    .limit(1)
    .executeTakeFirst()
  if (!next || next.due_at <= now) return
  await tx.updateTable('clock_step').set({ due_at: now }).where('id', '=', next.id).execute()
}

async function officesOf(tx: Tx, { offices }: ClockSettings) {
  const named = Object.entries(offices).flatMap(([office, post]) =>
    post ? [{ office, post }] : [],
  )
  const found: Partial<Record<RungOffice, { post: PostId; organisation: OrganisationId }>> = {}
  for (const { office, post } of named) {
    const row = await tx
      .selectFrom('post')
      .select('organisation')
      .where('id', '=', post)
      .where('abolished_at', 'is', null)
      .executeTakeFirst()
    if (row) found[office as RungOffice] = { post, organisation: row.organisation }
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
