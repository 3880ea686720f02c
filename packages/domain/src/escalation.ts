import { z } from 'zod'
import type { Instant, OrganisationId } from './brand.ts'
import type { PostId } from './people.ts'
import type { RungOffice } from './service-clock.ts'

/*
 * What becomes of the rungs of a running clock, as pure functions: the node asks them in the
 * transaction that holds the matter, and 10,000 histories in escalation.test.ts hold them to the rule.
 */

/** A rung of a clock that was started: planned once, done once. */
export type LadderRung = {
  readonly id: string
  readonly tell: RungOffice
  readonly percent: number
  readonly dueAt: Instant
  readonly doneAt: Instant | null
}

export type Ladder<Rung extends LadderRung> = {
  /** When whoever was waited for answered, or was not waited for any more. */
  readonly stoppedAt: Instant | null
  readonly rungs: readonly Rung[]
}

/** Lower rungs first; two of one height in the order of their names, so that everybody agrees. */
const isBelow = (a: LadderRung, b: LadderRung): boolean =>
  a.percent === b.percent ? a.id < b.id : a.percent < b.percent

function lowestOpen<Rung extends LadderRung>(rungs: readonly Rung[]): Rung | undefined {
  const open = rungs.filter(({ doneAt }) => doneAt === null)
  return open.reduce<Rung | undefined>(
    (low, one) => (low && isBelow(low, one) ? low : one),
    undefined,
  )
}

/**
 * The rung whose turn it is at this moment: the lowest that was not done yet, once its time has come;
 * none once the clock has stopped. Asked again after each, it answers all that are due, in order.
 */
export function dueRung<Rung extends LadderRung>(
  { stoppedAt, rungs }: Ladder<Rung>,
  now: Instant,
): Rung | undefined {
  if (stoppedAt !== null) return undefined
  const next = lowestOpen(rungs)
  return next && next.dueAt <= now ? next : undefined
}

/** The rung that must not wait for its turn, because nobody stood on the one before it. */
export function nextAfterSkip<Rung extends LadderRung>(
  { rungs }: Ladder<Rung>,
  skipped: Rung,
  now: Instant,
): Rung | undefined {
  const next = lowestOpen(rungs.filter(({ id }) => id !== skipped.id))
  return next && next.dueAt > now ? next : undefined
}

/** The node looks every few seconds: what is told later than this was missed, and is said to be late. */
const LATE_MS = 60_000

/** Whether a rung was told later than its time: the scheduler was not there. */
export const isLate = (dueAt: Instant, doneAt: Instant): boolean =>
  Date.parse(doneAt) - Date.parse(dueAt) > LATE_MS

type Office = { readonly post: PostId; readonly organisation: OrganisationId }

/** Why a rung told nobody; the next rung is told at once instead. */
export const SkipReason = z.enum(['no-office', 'no-deputy', 'no-holder', 'accused'])
export type SkipReason = z.infer<typeof SkipReason>

/** Whom a rung tells now, or in words why nobody. */
export type RungTarget =
  | { readonly post: PostId; readonly deputy: boolean; readonly isBypassed: boolean }
  | { readonly skipped: SkipReason }

/**
 * Whom a rung tells. Nothing goes to an office of an organisation that is excluded from the matter:
 * the organisation's bypass office is told in its place, where there is one that is not excluded
 * itself.
 */
export function targetOf(
  tell: RungOffice,
  known: {
    readonly addressee: Office | undefined
    readonly hasDeputy: boolean
    readonly offices: Readonly<Partial<Record<RungOffice | 'bypass', Office>>>
    readonly excluded: readonly OrganisationId[]
  },
): RungTarget {
  const { addressee, hasDeputy, offices, excluded } = known
  const isOwn = tell === 'addressee' || tell === 'deputy'
  const office = isOwn ? addressee : offices[tell]
  if (!office) return { skipped: 'no-office' }
  if (excluded.includes(office.organisation)) {
    const { bypass } = offices
    const isOpen = bypass && !excluded.includes(bypass.organisation)
    return isOpen ? { post: bypass.post, deputy: false, isBypassed: true } : { skipped: 'accused' }
  }
  if (tell === 'deputy' && !hasDeputy) return { skipped: 'no-deputy' }
  return { post: office.post, deputy: tell === 'deputy', isBypassed: false }
}
