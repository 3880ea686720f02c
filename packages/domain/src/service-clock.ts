import { z } from 'zod'
import { Instant } from './brand.ts'
import { PostId } from './people.ts'
import { WorkingCalendar } from './working-calendar.ts'

/**
 * What is waited for: receipt, a decision or reasons, that what was decided is done, a consultation,
 * the organ's agenda, a review.
 */
export const ClockKind = z.enum(['acknowledge', 'decide', 'act', 'consult', 'agenda', 'review'])
export type ClockKind = z.infer<typeof ClockKind>

export const ClockId = z.uuidv7().brand<'ClockId'>()
export type ClockId = z.infer<typeof ClockId>

/** Whom a rung of the ladder tells: the addressee again, or the next who must know. */
export const RungOffice = z.enum([
  'addressee',
  'deputy',
  'minister-office',
  'regional-desk',
  'un-desk',
])
export type RungOffice = z.infer<typeof RungOffice>

/** One rung: told when so many percent of the clock's time have passed; 100 is when it runs out. */
export const Rung = z.object({
  clock: ClockKind,
  percent: z.int().min(1).max(1000),
  tell: RungOffice,
})
export type Rung = Readonly<z.infer<typeof Rung>>

/** Hours each kind of clock allows; none where that level does not start such a clock. */
const AllowedHours = z.record(ClockKind, z.int().min(1).max(8784).nullable())

const LevelRule = z.object({
  hours: AllowedHours,
  /** Whether only the office's working hours count. Never so from level 4 on. */
  inWorkingTime: z.boolean(),
  rungs: z.array(Rung).max(20),
})
export type LevelRule = Readonly<z.infer<typeof LevelRule>>

const LevelRules = z.object({
  1: LevelRule,
  2: LevelRule,
  3: LevelRule,
  4: LevelRule.refine(({ inWorkingTime }) => !inWorkingTime, { path: ['inWorkingTime'] }),
  5: LevelRule.refine(({ inWorkingTime }) => !inWorkingTime, { path: ['inWorkingTime'] }),
})

/** What an organisation sets for its own clocks. */
export const ClockSettings = z.object({
  calendar: WorkingCalendar,
  levels: LevelRules,
  /** The posts behind the rungs that name an office; none means that the rung finds nobody. */
  offices: z.object({
    'minister-office': PostId.nullable(),
    'regional-desk': PostId.nullable(),
    'un-desk': PostId.nullable(),
    /** Told instead of an office that belongs to the accused; none means that nobody is. */
    bypass: PostId.nullable().default(null),
  }),
})
export type ClockSettings = Readonly<z.infer<typeof ClockSettings>>

const DAY = 24

const hours = (
  acknowledge: number,
  decide: number | null,
  act: number | null,
  consult: number | null,
  agenda: number | null,
  review: number,
) => ({ acknowledge, decide, act, consult, agenda, review })

const ladder: readonly Rung[] = [
  { clock: 'acknowledge', percent: 25, tell: 'deputy' },
  { clock: 'acknowledge', percent: 100, tell: 'minister-office' },
  { clock: 'acknowledge', percent: 150, tell: 'regional-desk' },
  { clock: 'acknowledge', percent: 200, tell: 'un-desk' },
  // Received is not answered: whoever acknowledged is reminded before others are told.
  { clock: 'decide', percent: 50, tell: 'addressee' },
  { clock: 'decide', percent: 100, tell: 'minister-office' },
  { clock: 'decide', percent: 125, tell: 'regional-desk' },
  // Decided is not done.
  { clock: 'act', percent: 50, tell: 'addressee' },
  { clock: 'act', percent: 100, tell: 'regional-desk' },
  { clock: 'review', percent: 100, tell: 'regional-desk' },
]
const quietLadder: readonly Rung[] = [
  { clock: 'acknowledge', percent: 50, tell: 'addressee' },
  { clock: 'acknowledge', percent: 100, tell: 'deputy' },
  { clock: 'decide', percent: 100, tell: 'minister-office' },
]

/** The clocks of the founding practice (product.md), in Coordinated Universal Time, five-day week. */
export const defaultClockSettings: ClockSettings = {
  calendar: {
    timeZone: 'UTC',
    weekdays: [1, 2, 3, 4, 5],
    from: '08:00',
    until: '18:00',
    holidays: [],
  },
  levels: {
    1: {
      hours: hours(7 * DAY, null, null, null, null, 90 * DAY),
      inWorkingTime: false,
      rungs: [...quietLadder],
    },
    2: {
      hours: hours(3 * DAY, 21 * DAY, null, null, null, 30 * DAY),
      inWorkingTime: false,
      rungs: [...quietLadder],
    },
    3: {
      hours: hours(DAY, 7 * DAY, 7 * DAY, 2 * DAY, 7 * DAY, 7 * DAY),
      inWorkingTime: false,
      rungs: [...ladder],
    },
    4: { hours: hours(6, 48, 48, 12, 48, 48), inWorkingTime: false, rungs: [...ladder] },
    5: { hours: hours(1, 12, 12, 3, 24, 24), inWorkingTime: false, rungs: [...ladder] },
  },
  offices: { 'minister-office': null, 'regional-desk': null, 'un-desk': null, bypass: null },
}

export const StepPlan = z.object({
  tell: RungOffice,
  percent: z.int(),
  dueAt: Instant,
  /** Days before the day by which an action is to be done; none for what is told of a silence. */
  daysLeft: z.int().optional(),
})
export type StepPlan = Readonly<z.infer<typeof StepPlan>>
export type ClockPlan = { readonly dueAt: Instant; readonly steps: readonly StepPlan[] }
