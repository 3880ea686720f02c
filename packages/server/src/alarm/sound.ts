import { system } from '@tocsin/domain/actor.ts'
import type { Instant, PersonId } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import { catalogues } from '@tocsin/i18n/catalogues.ts'
import { translator } from '@tocsin/i18n/translate.ts'
import { type Selectable, sql } from 'kysely'
import type { Channel } from '../channels/channel.ts'
import type { Database, Tx } from '../database/database.ts'
import type { Schema } from '../database/schema.ts'
import { listAlarmed, listSilences, type Silence } from './silence.ts'

type Outage = Selectable<Schema['outage']>
type Person = Awaited<ReturnType<typeof listAlarmed>>[number]

export type Watch = {
  readonly db: Database
  /** Straight to the mail server: neither the outbox nor the scheduler is asked. */
  readonly mail: Channel | undefined
  readonly silenceMs: number
  /** Before this nothing is expected: a node that starts after a pause is not an outage. */
  readonly startedMs: number
}

/** Looks once: sounds the alarm where nothing was heard for too long, and says when it is over. */
export async function look(watch: Watch): Promise<readonly Outage['id'][]> {
  const { db, silenceMs, startedMs } = watch
  const silences = await db.as(system, listSilences)
  const begun: Outage['id'][] = []
  for (const silence of silences) {
    const isSilent = silence.ms > silenceMs && Date.now() - startedMs > silenceMs
    const isHeard = silence.ms <= silenceMs
    if (isSilent && (await noteOutage(db, silence))) begun.push(silence.heartbeat)
    if (isHeard) await noteEnd(db, silence)
  }
  // Begun in an earlier look, perhaps by another process: told until all have been.
  const open = await db.as(system, (tx) =>
    tx.selectFrom('outage').select('id').where(isUnfinished).execute(),
  )
  for (const { id } of open) await tell(watch, id)
  return begun
}

/** Still going on, or over while not everybody who had the alarm has had word of that. */
const isUnfinished = sql<boolean>`ended_at is null or not relieved @> alarmed`

/** One row for one silence, whoever notices it first; answers whether this was it. */
async function noteOutage(db: Database, { heartbeat, since }: Silence): Promise<boolean> {
  return db.as(system, async (tx) => {
    const { now } = await readNow(tx)
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('outage')
      .values({
        id: newId<string>(),
        heartbeat,
        silent_since: since ?? now,
        noticed_at: now,
        ended_at: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    return numInsertedOrUpdatedRows === 1n
  })
}

async function noteEnd(db: Database, { heartbeat }: Silence): Promise<void> {
  await db.as(system, (tx) =>
    tx
      .updateTable('outage')
      .set({ ended_at: sql<Instant>`clock_timestamp()` })
      .where('heartbeat', '=', heartbeat)
      .where('ended_at', 'is', null)
      .execute(),
  )
}

async function readNow(tx: Tx): Promise<{ readonly now: Instant }> {
  const { rows } = await sql<{ now: Instant }>`select clock_timestamp() as now`.execute(tx)
  return rows[0] as { now: Instant }
}

/**
 * Tells whoever has not been told, and writes down who has. The row is held meanwhile: of several
 * processes one tells, and another goes on where that one dies.
 */
async function tell({ db, mail }: Watch, id: Outage['id']): Promise<void> {
  if (!mail) return
  await db.as(system, async (tx) => {
    const outage = await tx
      .selectFrom('outage')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (!outage) return
    const all = await listAlarmed(tx)
    const { alarmed, relieved, ended_at } = outage
    const isOver = ended_at !== null
    const waiting = isOver
      ? all.filter((one) => alarmed.includes(one.id) && !relieved.includes(one.id))
      : all.filter((one) => !alarmed.includes(one.id))
    const told = await Promise.all(waiting.map((person) => send(mail, outage, person)))
    const gone = isOver ? alarmed.filter((one) => !all.some(({ id: known }) => known === one)) : []
    const done = [...told.flat(), ...gone]
    if (done.length === 0) return
    const set = isOver ? { relieved: [...relieved, ...done] } : { alarmed: [...alarmed, ...done] }
    await tx.updateTable('outage').set(set).where('id', '=', id).execute()
  })
}

/** Says nothing of any matter; answers the person once the mail server has taken or refused it. */
async function send(mail: Channel, outage: Outage, person: Person): Promise<readonly PersonId[]> {
  const t = translator(person.locale, catalogues[person.locale])
  const { ended_at, silent_since, heartbeat } = outage
  const words = ended_at
    ? { subject: t('alarm.subject-over'), lines: [t('alarm.over', { at: inUtc(ended_at) })] }
    : {
        subject: t('alarm.subject'),
        lines: [t(`alarm.${heartbeat}`, { at: inUtc(silent_since) }), t('alarm.do')],
      }
  const outcome = await mail.send({
    id: `alarm.${outage.id}.${ended_at ? 'over' : 'begun'}.${person.id}`,
    to: person.address,
    subject: words.subject,
    text: words.lines.join('\n\n'),
    brief: words.subject,
    symbol: words.subject,
    link: '',
    locale: person.locale,
    again: false,
  })
  return outcome.state === 'deferred' ? [] : [person.id]
}

/** Isolated, so that a line from right to left keeps the order of year, month and day. */
const inUtc = (at: Instant): string => `\u2066${at.slice(0, 10)} ${at.slice(11, 16)} UTC\u2069`
