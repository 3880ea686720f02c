import { Marking } from '@tocsin/domain/audience.ts'
import { Day, Instant } from '@tocsin/domain/brand.ts'
import { Level } from '@tocsin/domain/level.ts'
import { MatterId } from '@tocsin/domain/matter.ts'
import {
  Ground,
  ItemAnswer,
  ItemState,
  Organ,
  OrganItem,
  OrganItemId,
} from '@tocsin/domain/organ-agenda.ts'
import { Line } from '@tocsin/domain/people.ts'
import { Paragraphs } from '@tocsin/domain/text.ts'
import { OrganId, RuleText, RuleVersion, TriggerRuleId } from '@tocsin/domain/trigger-rule.ts'
import { z } from 'zod'
import { Outcome } from './people.ts'
import type { Route } from './route.ts'

/** An organ with the names of who speaks for it. */
export const NamedOrgan = Organ.extend({ organisationName: Line, officeName: Line })
export type NamedOrgan = Readonly<z.infer<typeof NamedOrgan>>

/** What the organ said to an item, and who said it. */
export const GivenAnswer = z.object({
  id: z.uuid(),
  outcome: z.enum(['decided', 'declined', 'deferred']),
  text: z.string(),
  lateReasons: z.string().nullable(),
  until: Day.nullable(),
  by: Line.nullable(),
  office: Line.nullable(),
  at: Instant,
})
export type GivenAnswer = Readonly<z.infer<typeof GivenAnswer>>

/** An item with its matter, why it is there, and what was answered so far, the first first. */
export const AgendaLine = OrganItem.extend({
  organName: Line,
  state: ItemState,
  title: Line,
  year: z.int(),
  number: z.int(),
  level: Level,
  marking: Marking,
  isExercise: z.boolean(),
  grounds: z.array(Ground),
  answers: z.array(GivenAnswer),
})
export type AgendaLine = Readonly<z.infer<typeof AgendaLine>>

const one = z.object({ organ: OrganId })

export const listOrgans = {
  method: 'GET',
  path: '/api/organs',
  summary: 'List the organs that keep an agenda here, with what waits on each that one may see',
  response: z.object({
    asOf: Instant,
    organs: z.array(
      NamedOrgan.extend({ open: z.int(), overdue: z.int(), deferred: z.int(), rules: z.int() }),
    ),
  }),
} as const satisfies Route

export const setUpOrgan = {
  method: 'PUT',
  path: '/api/organs/:organ',
  summary:
    'Set up an organ with its first rules, or change its name, its body or the office that is told',
  params: one,
  body: Organ.pick({ name: true, body: true, office: true }),
  response: Organ,
} as const satisfies Route

export const readAgenda = {
  method: 'GET',
  path: '/api/organs/:organ/agenda',
  summary: 'Read the agenda of an organ: what is overdue first, as far as one may read the matters',
  params: one,
  query: z.object({
    show: z.enum(['standing', 'answered']).default('standing'),
    exercise: z.stringbool().default(false),
  }),
  response: z.object({
    asOf: Instant,
    /** Where the organ's office is. */
    today: Day,
    organ: NamedOrgan,
    items: z.array(AgendaLine).max(200),
  }),
} as const satisfies Route

/** A rule as it is now, with every version before, the newest first. */
export const KeptRule = z.object({
  rule: TriggerRuleId,
  versions: z
    .array(RuleVersion.extend({ by: Line.nullable(), proposedBy: Line.nullable() }))
    .min(1),
})
export type KeptRule = Readonly<z.infer<typeof KeptRule>>

export const readRules = {
  method: 'GET',
  path: '/api/organs/:organ/rules',
  summary: 'Read when an organ must take a matter up, and every change to that with its reasons',
  params: one,
  response: z.object({ organ: NamedOrgan, rules: z.array(KeptRule) }),
} as const satisfies Route

export const setRule = {
  method: 'POST',
  path: '/api/organs/:organ/rules/:rule',
  summary: 'Propose a rule or another version of one; a second person approves it',
  params: one.extend({ rule: TriggerRuleId }),
  body: RuleText.extend({
    /** The version that was read; 0 for a new rule. */
    read: z.int().min(0),
    reasons: Paragraphs,
  }),
  response: Outcome,
} as const satisfies Route

export const answerItem = {
  method: 'POST',
  path: '/api/agenda-items/:item/answers/:answer',
  summary: 'Decide on an item of the agenda, decline with reasons, or defer it to a date',
  params: z.object({ item: OrganItemId, answer: z.uuidv7() }),
  body: ItemAnswer,
  response: z.object({}),
} as const satisfies Route

export const listAgendasOf = {
  method: 'GET',
  path: '/api/matters/:matter/agendas',
  summary: 'List the agendas that a matter stands on or stood on, why, and what was answered',
  params: z.object({ matter: MatterId }),
  response: z.object({ asOf: Instant, items: z.array(AgendaLine) }),
} as const satisfies Route
