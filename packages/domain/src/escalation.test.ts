import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Day, Instant, OrganisationId } from './brand.ts'
import { planClock } from './clock-plan.ts'
import { dueRung, isLate, type LadderRung, nextAfterSkip, targetOf } from './escalation.ts'
import { newId } from './id.ts'
import type { PostId } from './people.ts'
import { planByMinutes } from './reference-clock.ts'
import { ClockKind, ClockSettings, defaultClockSettings, RungOffice } from './service-clock.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const at = (ms: number) => new Date(ms).toISOString() as Instant

/** Summer time both ways, offsets of three quarters of an hour, a change of half an hour, a day left out. */
const zones = [
  'UTC',
  'Europe/Brussels',
  'America/New_York',
  'Asia/Kathmandu',
  'Africa/Casablanca',
  'Australia/Lord_Howe',
  'Pacific/Apia',
]
/** When the zones change their clocks, and years in which they all do. */
const turns = ['2011-12-30', '2024-03-10', '2024-03-31', '2024-04-07', '2024-10-27', '2025-02-23']

const instant = fc.oneof(
  fc.integer({ min: 0, max: 3 * 366 * 24 }).map((h) => Date.parse('2023-06-01') + h * HOUR),
  fc
    .tuple(fc.constantFrom(...turns), fc.integer({ min: -96 * 60, max: 48 * 60 }))
    .map(([day, minutes]) => Date.parse(day) + minutes * MINUTE),
)
const start = fc
  .tuple(instant, fc.integer({ min: 0, max: HOUR - 1 }))
  .map(([ms, more]) => at(ms + more))

const pad = (n: number) => String(n).padStart(2, '0')
const timeOfDay = (min: number, max: number) =>
  fc.integer({ min, max }).map((minutes) => `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`)
const calendar = fc
  .record({
    timeZone: fc.constantFrom(...zones),
    weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 2 }),
    // Early enough to meet the hours at which clocks are changed.
    from: timeOfDay(0, 11 * 60),
    until: timeOfDay(14 * 60, 23 * 60 + 59),
    daysOff: fc.uniqueArray(fc.tuple(fc.constantFrom(...turns), fc.integer({ min: -6, max: 12 })), {
      maxLength: 4,
    }),
  })
  .map(({ daysOff, ...rest }) => ({
    ...rest,
    holidays: daysOff.map(
      ([day, more]) => at(Date.parse(day) + more * 24 * HOUR).slice(0, 10) as Day,
    ),
  }))

const rung = fc.record({
  clock: fc.constantFrom(...ClockKind.options),
  percent: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.constantFrom(25, 50, 100, 100, 150)),
  tell: fc.constantFrom(...RungOffice.options),
})
const rule = (isWorking: fc.Arbitrary<boolean>) =>
  fc.record({
    hours: fc.record(
      Object.fromEntries(
        ClockKind.options.map((kind) => [
          kind,
          fc.option(fc.integer({ min: 1, max: 30 }), { freq: 5 }),
        ]),
      ),
    ),
    inWorkingTime: isWorking,
    rungs: fc.array(rung, { minLength: 4, maxLength: 12, size: 'max' }),
  })
const never = fc.constant(false)
const settings = fc
  .record({
    calendar,
    levels: fc.record({
      1: rule(fc.boolean()),
      2: rule(fc.boolean()),
      3: rule(fc.boolean()),
      4: rule(never),
      5: rule(never),
    }),
  })
  .map((set) => ClockSettings.parse({ ...set, offices: defaultClockSettings.offices }))

/** Shares of the time that a clock runs, so that wakes fall between its rungs. */
const moment = fc.integer({ min: 0, max: 120 }).map((percent) => percent / 100)
/** A warning at some instant starts a clock of each kind; what stops them comes when it comes. */
const history = fc.record({
  set: settings,
  level: fc.constantFrom<1 | 2 | 3 | 4 | 5>(1, 2, 3, 4, 5),
  start,
  /** An acknowledgement, an answer, an action, a cancelled warning, a review; or never. */
  stops: fc.array(fc.option(moment, { freq: 2 }), { minLength: 6, maxLength: 6 }),
  /** When the scheduler wakes; twice at the same moment where two processes do. */
  wakes: fc.array(fc.tuple(moment, fc.boolean()), { minLength: 1, maxLength: 12, size: 'max' }),
  /** Whether somebody stands on the rung when its turn comes, by the number of the rung. */
  stands: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
})

type Told = { readonly id: string; readonly at: Instant; readonly isTold: boolean }
type Event = { readonly at: Instant; readonly isStop: boolean }

const idOf = (index: number) => String(index).padStart(3, '0')

/** The mechanism as the node runs it, over rows in memory. */
function climb(
  rows: readonly LadderRung[],
  events: readonly Event[],
  stands: readonly boolean[],
): readonly Told[] {
  const rungs = rows.map((row) => ({ ...row }))
  let stoppedAt: Instant | null = null
  const told: Told[] = []
  for (const event of events) {
    if (event.isStop) stoppedAt = event.at
    for (;;) {
      const due = dueRung({ stoppedAt, rungs }, event.at)
      if (!due) break
      const isTold = stands[Number(due.id)] ?? false
      due.doneAt = event.at
      told.push({ id: due.id, at: event.at, isTold })
      const forward = isTold ? undefined : nextAfterSkip({ stoppedAt, rungs }, due, event.at)
      if (forward) forward.dueAt = event.at
    }
  }
  return told
}

/** What must come of it, said otherwise: one pointer up the planned rungs. */
function expected(
  planned: readonly { readonly id: string; readonly ms: number }[],
  events: readonly Event[],
  stands: readonly boolean[],
): readonly Told[] {
  const told: Told[] = []
  let mayPass = false
  for (const event of events) {
    if (event.isStop) return told
    for (let next = planned[told.length]; next; next = planned[told.length]) {
      if (next.ms > Date.parse(event.at) && !mayPass) break
      const isTold = stands[Number(next.id)] ?? false
      told.push({ id: next.id, at: event.at, isTold })
      mayPass = !isTold
    }
  }
  return told
}

/** One clock of a history, held to the reference; answers what was told. */
function follow(
  {
    set,
    level,
    start: from,
    wakes,
    stands,
  }: typeof history extends fc.Arbitrary<infer H> ? H : never,
  kind: ClockKind,
  stop: number | null,
) {
  const plan = planClock(set, { kind, level, start: from })
  const reference = planByMinutes(set, { kind, level, start: from })
  expect(plan?.dueAt).toEqual(reference && at(reference.dueMs))
  if (!plan || !reference) return []
  expect(plan.steps.map(({ dueAt }) => dueAt)).toEqual(reference.steps.map(({ ms }) => at(ms)))
  const last = Math.max(reference.dueMs, ...reference.steps.map(({ ms }) => ms))
  const when = (share: number) =>
    at(Date.parse(from) + Math.round(share * (last - Date.parse(from))))
  const events: Event[] = wakes
    .flatMap(([share, isTwice]) => Array<number>(isTwice ? 2 : 1).fill(share))
    .map((share) => ({ at: when(share), isStop: false }))
  if (stop !== null) events.push({ at: when(stop), isStop: true })
  events.sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
  const rows = plan.steps.map((step, index) => ({ ...step, id: idOf(index), doneAt: null }))
  const done = climb(rows, events, stands)
  const planned = reference.steps.map(({ ms }, index) => ({ id: idOf(index), ms }))
  expect(done).toEqual(expected(planned, events, stands))
  // Said once more, each on its own: none twice, in order, none early, none after the clock stopped.
  expect(new Set(done.map(({ id }) => id)).size).toBe(done.length)
  expect(done.map(({ id }) => id)).toEqual(planned.slice(0, done.length).map(({ id }) => id))
  const stopped = events.find(({ isStop }) => isStop)?.at
  return done.map((one, index) => {
    const due = at(planned[Number(one.id)]?.ms ?? 0)
    expect(one.at >= due || done[index - 1]?.isTold === false).toBe(true)
    if (stopped) expect(one.at <= stopped).toBe(true)
    return { ...one, isLate: isLate(due, one.at) }
  })
}

describe('10,000 histories of clocks', () => {
  test('miss no rung, tell none early, none twice, none after the clock stopped, all in order', () => {
    const count = { told: 0, late: 0, skipped: 0, inWorkingTime: 0 }
    fc.assert(
      fc.property(history, (drawn) => {
        ClockKind.options.forEach((kind, index) => {
          const done = follow(drawn, kind, drawn.stops[index] ?? null)
          const isWorking = drawn.set.levels[drawn.level].inWorkingTime
          if (isWorking && done.length > 0) count.inWorkingTime += 1
          count.told += done.filter(({ isTold }) => isTold).length
          count.skipped += done.filter(({ isTold }) => !isTold).length
          count.late += done.filter((one) => one.isLate).length
        })
      }),
      { numRuns: 10_000 },
    )
    process.stdout.write(`10,000 histories of clocks: ${JSON.stringify(count)}\n`)
    expect(Math.min(...Object.values(count))).toBeGreaterThan(1000)
  })
})

describe('whom a rung tells', () => {
  const organisations = [1, 2, 3, 4].map(() => newId<OrganisationId>())
  const office = fc
    .constantFrom(...organisations)
    .map((organisation) => ({ post: newId<PostId>(), organisation }))
  const known = fc.record({
    addressee: fc.option(office, { nil: undefined }),
    hasDeputy: fc.boolean(),
    offices: fc.record(
      { 'minister-office': office, 'regional-desk': office, 'un-desk': office, bypass: office },
      { requiredKeys: [] },
    ),
    excluded: fc.subarray(organisations),
  })
  const tell = fc.constantFrom(...RungOffice.options)

  test('is never an office of an organisation that is excluded', () => {
    fc.assert(
      fc.property(tell, known, (rungOffice, facts) => {
        const target = targetOf(rungOffice, facts)
        const all = [facts.addressee, ...Object.values(facts.offices)]
        if ('skipped' in target) return
        const told = all.find((one) => one?.post === target.post)
        expect(told).toBeDefined()
        expect(facts.excluded).not.toContain(told?.organisation)
      }),
      { numRuns: 5000 },
    )
  })

  test('is the bypass office exactly where the route leads to the accused and it is not accused itself', () => {
    fc.assert(
      fc.property(tell, known, (rungOffice, facts) => {
        const { addressee, offices, excluded } = facts
        const isOwn = rungOffice === 'addressee' || rungOffice === 'deputy'
        const own = isOwn ? addressee : offices[rungOffice]
        const isAccused = own !== undefined && excluded.includes(own.organisation)
        const bypass = offices.bypass
        const isOpen = bypass !== undefined && !excluded.includes(bypass.organisation)
        const target = targetOf(rungOffice, facts)
        if (!isAccused) expect('isBypassed' in target && target.isBypassed).toBe(false)
        else if (isOpen)
          expect(target).toEqual({ post: bypass.post, deputy: false, isBypassed: true })
        else expect(target).toEqual({ skipped: 'accused' })
      }),
      { numRuns: 5000 },
    )
  })
})
