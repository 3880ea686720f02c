import { z } from 'zod'
import type { Actor } from './actor.ts'
import { hasRole } from './actor.ts'
import { Day, Instant, OrganisationId } from './brand.ts'
import { addMilliseconds } from './clock.ts'
import { mayUseDocket } from './docket-access.ts'
import { MatterId } from './matter.ts'
import { Line, PostId } from './people.ts'
import type { ClockPlan } from './service-clock.ts'
import { Paragraphs } from './text.ts'
import { addDays } from './trigger-date.ts'
import { OrganId, RuleText, RuleVersionId, TriggerRuleId } from './trigger-rule.ts'

/*
 * The agenda of an organ: matters that its rules put there, until the organ decides, declines with
 * reasons, or defers to a date. Nothing leaves it by itself but with the matter.
 */

export const Organ = z.object({
  id: OrganId,
  /** Who keeps its agenda and speaks for it on this node: its secretariat. */
  organisation: OrganisationId,
  name: Line,
  /** The regional body it is an organ of, by the catalogue's code; none for another organ. */
  body: z.string().max(20).nullable(),
  /** The office that is told what was put on the agenda. */
  office: PostId,
  madeAt: Instant,
})
export type Organ = Readonly<z.infer<typeof Organ>>

export const OrganItemId = z.uuidv7().brand<'OrganItemId'>()
export type OrganItemId = z.infer<typeof OrganItemId>

/** Why a matter is on an agenda: the rule as it read then, and what met it. */
export const Ground = RuleText.pick({ condition: true }).extend({
  rule: TriggerRuleId,
  version: RuleVersionId,
  arisesAt: Instant,
  /** The authority, the action or the consultation that it is about, where there is one. */
  about: z.string().nullable(),
})
export type Ground = Readonly<z.infer<typeof Ground>>

/** Days that an organ may put a matter off at once: as seldom as a matter is looked at anyway. */
export const DEFERRAL_DAYS = 90

/** What the organ says to an item; `lateReasons` where reasons were asked for. */
export const ItemAnswer = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('decided'), text: Paragraphs, lateReasons: Paragraphs.nullable() }),
  z.object({
    outcome: z.literal('declined'),
    text: Paragraphs,
    lateReasons: Paragraphs.nullable(),
  }),
  z.object({
    outcome: z.literal('deferred'),
    text: Paragraphs,
    lateReasons: Paragraphs.nullable(),
    until: Day,
  }),
])
export type ItemAnswer = Readonly<z.infer<typeof ItemAnswer>>

/** How an item stands: `matter-closed` where it went with its matter. */
export const ItemState = z.enum([
  'open',
  'overdue',
  'deferred',
  'decided',
  'declined',
  'matter-closed',
])
export type ItemState = z.infer<typeof ItemState>

export const OrganItem = z.object({
  id: OrganItemId,
  organ: OrganId,
  matter: MatterId,
  tabledAt: Instant,
  /** Until when the organ is to answer; of a deferred item: until when it was. */
  dueAt: Instant,
  deferredUntil: Day.nullable(),
  /** Since when the organ is asked why there is no decision. */
  reasonsAskedAt: Instant.nullable(),
  outcome: z.enum(['decided', 'declined']).nullable(),
})
export type OrganItem = Readonly<z.infer<typeof OrganItem>>

type Standing = Pick<OrganItem, 'outcome' | 'deferredUntil' | 'dueAt'>

export function stateOf(
  { outcome, deferredUntil, dueAt }: Standing,
  { now, closedAt }: { readonly now: Instant; readonly closedAt: Instant | null },
): ItemState {
  if (outcome) return outcome
  if (closedAt !== null) return 'matter-closed'
  if (deferredUntil !== null) return 'deferred'
  return dueAt <= now ? 'overdue' : 'open'
}

/** Whether the organ still owes an answer. */
export const isOwed = (state: ItemState): boolean => state === 'open' || state === 'overdue'

/** Why an item cannot be answered so: it was, or the field that does not fit. */
export type AnswerFault = 'answered' | 'lateReasons' | 'until'

/** `today` is the day where the organ's office is. */
export function answerFault(
  item: Pick<OrganItem, 'outcome' | 'reasonsAskedAt'>,
  answer: ItemAnswer,
  today: Day,
): AnswerFault | undefined {
  if (item.outcome !== null) return 'answered'
  if (item.reasonsAskedAt !== null && answer.lateReasons === null) return 'lateReasons'
  if (answer.outcome !== 'deferred') return undefined
  const isInReach = answer.until > today && answer.until <= addDays(today, DEFERRAL_DAYS)
  return isInReach ? undefined : 'until'
}

const HOUR_MS = 3_600_000

/** In percent of the time: told at once, reminded half way, asked for reasons, then the deputy too. */
const rungs = [
  { percent: 1, tell: 'addressee', at: 0 },
  { percent: 50, tell: 'addressee', at: 0.5 },
  { percent: 100, tell: 'addressee', at: 1 },
  { percent: 150, tell: 'deputy', at: 1.5 },
] as const

/** The time an organ has from that moment on, and when its office is told. */
export function planItemClock(start: Instant, hours: number): ClockPlan {
  const after = (share: number) => addMilliseconds(start, Math.round(share * hours * HOUR_MS))
  const steps = rungs.map(({ percent, tell, at }) => ({ percent, tell, dueAt: after(at) }))
  return { dueAt: after(1), steps }
}

type OfOrganisation = { readonly organisation: OrganisationId }

/** Which organs there are and what obliges them is no secret among those who work on matters. */
export const mayReadOrgans = (actor: Actor): boolean => mayUseDocket(actor)

/** Setting up an organ, its rules, and its answers: an officer of the organisation that speaks for it. */
export const maySpeakForOrgan = (actor: Actor, { organisation }: OfOrganisation): boolean =>
  actor.kind === 'system' ||
  (actor.kind === 'person' && hasRole(actor, 'focal-point') && actor.organisation === organisation)

/** Proposing another rule, which an officer approves. */
export const mayProposeRule = (actor: Actor, { organisation }: OfOrganisation): boolean =>
  maySpeakForOrgan(actor, { organisation }) ||
  (actor.kind === 'person' && hasRole(actor, 'analyst') && actor.organisation === organisation)
