import type { DocketTimes } from '@tocsin/api/times.ts'
import type { Actor } from '@tocsin/domain/actor.ts'
import { Day, Instant, type OrganisationId } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { Level, WarningLevel } from '@tocsin/domain/level.ts'
import type { Entry, MatterId } from '@tocsin/domain/matter.ts'
import { ClockKind } from '@tocsin/domain/service-clock.ts'
import { type Stamps, stampsOf } from '@tocsin/domain/stamps.ts'
import { type ClockTimes, type SpanTimes, spans, type Times } from '@tocsin/domain/times.ts'
import { summariseWaits, type Wait, type WaitSummary } from '@tocsin/forecast/waits.ts'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { requirePerson } from '../identity/step-up.ts'
import { type ClockWait, listClockWaits } from './waits.ts'

type Wish = {
  readonly from?: Day | undefined
  readonly until?: Day | undefined
  readonly exercise: boolean
}

const DAY_MS = 86_400_000

const startOf = (day: Day): Instant => Instant.parse(`${day}T00:00:00.000Z`)
const dayOf = (at: Instant): Day => Day.parse(at.slice(0, 10))

/** How long things took on the organisation's own matters; exercises and the real never together. */
export async function readTimes(app: App, actor: Actor, wish: Wish): Promise<DocketTimes> {
  const { organisation } = requirePerson(actor)
  const asOf = app.clock()
  const until = wish.until ?? dayOf(asOf)
  const from = wish.from ?? dayOf(addMilliseconds(startOf(until), -364 * DAY_MS))
  const { exercise } = wish
  const period = { start: startOf(from), end: addMilliseconds(startOf(until), DAY_MS) }
  const asked = { ...period, organisation, exercise, watchedUntil: asOf }
  return app.db.as(actor, async (tx) => ({
    asOf,
    from,
    until,
    exercise,
    clocks: clockTimesOf(await listClockWaits(tx, asked)),
    spans: spanTimesOf(await listStamped(tx, asked), asOf),
  }))
}

const minutes = (seconds: number | undefined): number | null =>
  seconds === undefined ? null : Math.ceil(seconds / 60)

const EQUAL = 1e-9
/** Rounded down: only where all were in time it says so. */
const percent = (share: number | undefined): number | null =>
  share === undefined ? null : Math.floor(share * 100 + EQUAL)

type Watched = Wait & { readonly isOpen: boolean }

function timesOf(waits: readonly Watched[], { n, happened, median, p90 }: WaitSummary): Times {
  const waiting = waits.filter(({ isOpen }) => isOpen).length
  const ended = n - happened - waiting
  const [medianMinutes, p90Minutes] = [minutes(median), minutes(p90)]
  return { n, happened, waiting, ended, medianMinutes, p90Minutes }
}

/** By kind and level: the row of all, then each authority by name. */
function clockTimesOf(waits: readonly ClockWait[]): ClockTimes[] {
  const byClock = Map.groupBy(waits, ({ kind, level }) => `${kind} ${level}`)
  const named = new Map(waits.map(({ organisation, authority }) => [organisation, authority]))
  const rowOf = (clock: ClockKind, level: WarningLevel, all: readonly ClockWait[]) => {
    const summary = summariseWaits(all)
    const inTimePercent = percent(summary.inTime)
    return { clock, level, ...timesOf(all, summary), inTimePercent }
  }
  const authoritiesIn = (all: readonly ClockWait[]) =>
    [...Map.groupBy(all, ({ organisation }) => organisation)]
      .flatMap(([organisation, own]) => (organisation ? [{ organisation, own }] : []))
      .map(({ organisation, own }) => ({
        authority: { organisation, name: named.get(organisation) ?? '' },
        own,
      }))
      .sort((a, b) => compareText(a.authority.name, b.authority.name))
  return ClockKind.options.flatMap((clock) =>
    WarningLevel.options.flatMap(({ value: level }) => {
      const all = byClock.get(`${clock} ${level}`) ?? []
      if (all.length === 0) return []
      return [
        { ...rowOf(clock, level, all), authority: null },
        ...authoritiesIn(all).map(({ authority, own }) => ({
          ...rowOf(clock, level, own),
          authority,
        })),
      ]
    }),
  )
}

const compareText = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

type Stamped = {
  readonly level: Level
  readonly closedAt: Instant | null
  readonly stamps: Stamps
}

/** The steps of the matters that were opened in a period. */
async function listStamped(
  tx: Tx,
  wish: {
    readonly organisation: OrganisationId
    readonly exercise: boolean
    readonly start: Instant
    readonly end: Instant
  },
): Promise<Stamped[]> {
  type Line = Pick<Entry, 'matter' | 'kind' | 'at' | 'facts'> & {
    readonly matter: MatterId
    readonly level: Level
    readonly closedAt: Instant | null
  }
  const { rows } = await sql<Line>`
    select entry.matter, entry.kind, entry.at, entry.facts, matter.level,
      matter.closed_at as "closedAt"
    from matter join entry on entry.matter = matter.id
    where matter.organisation = ${wish.organisation} and matter.is_exercise = ${wish.exercise}
      and matter.opened_at >= ${wish.start} and matter.opened_at < ${wish.end}`.execute(tx)
  return [...Map.groupBy(rows, ({ matter }) => matter).values()].flatMap((lines) => {
    const [first] = lines
    // Stamps are read off the kind, time and facts of entries and off nothing else of them.
    const stamps = stampsOf(lines as readonly unknown[] as readonly Entry[])
    return first ? [{ level: first.level, closedAt: first.closedAt, stamps }] : []
  })
}

function spanTimesOf(stamped: readonly Stamped[], asOf: Instant): SpanTimes[] {
  const byLevel = Map.groupBy(stamped, ({ level }) => level)
  return spans.flatMap(([from, to]) =>
    Level.options.flatMap(({ value: level }) => {
      const waits = (byLevel.get(level) ?? []).flatMap(({ stamps, closedAt }): Watched[] => {
        const start = stamps[from]
        if (!start) return []
        const end = stamps[to] ?? closedAt ?? asOf
        // A step taken before the one before it was not waited for at all.
        const seconds = Math.max(0, (Date.parse(end) - Date.parse(start)) / 1000)
        const happened = stamps[to] !== undefined
        return [{ seconds, happened, allowed: null, isOpen: !happened && closedAt === null }]
      })
      if (waits.length === 0) return []
      return [{ from, to, level, ...timesOf(waits, summariseWaits(waits)) }]
    }),
  )
}
