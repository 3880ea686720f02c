import { z } from 'zod'
import type { CostBand } from './action-catalogue/card.ts'
import { findCard } from './action-catalogue/catalogue.ts'
import { AttachmentId } from './attachment.ts'
import { Day, Instant, OrganisationId } from './brand.ts'
import { MatterId } from './matter.ts'
import { Effect } from './matter-acts.ts'
import { NotificationId } from './notification.ts'
import { Line, PostId } from './people.ts'
import { Paragraphs } from './text.ts'
import { WarningId } from './warning.ts'

/*
 * What is done on a matter: cards of the catalogue, or acts in one's own words, put to work by
 * somebody, by a day, with an expected effect. What may follow on what is decided here alone.
 */

export const ActionId = z.uuidv7().brand<'ActionId'>()
export type ActionId = z.infer<typeof ActionId>

/** How far an action has come; the last two are its ends. */
export const ActionStatus = z.enum(['contemplated', 'decided', 'in-execution', 'done', 'stopped'])
export type ActionStatus = z.infer<typeof ActionStatus>

/** A risk factor of the United Nations Framework of Analysis, by its number. */
export const RISK_FACTORS = 14
const RiskFactor = z.int().min(1).max(RISK_FACTORS)

/** The commitments of the founding conclusions, by their letter. */
export const commitments = [...'abcdefghijklmno'] as const
const Commitment = z.string().regex(/^[a-o]$/)

/** A resolution of the Security Council as it is cited: `S/RES/1973 (2011)`. */
const CouncilSymbol = z
  .string()
  .trim()
  .transform((said) => said.toUpperCase().replace(/\s*\((\d{4})\)$/, ' ($1)'))
  .pipe(z.string().regex(/^S\/RES\/[1-9]\d{0,3} \((?:19(?:4[6-9]|[5-9]\d)|20\d\d)\)$/))

/** The decision of the Security Council that an action rests on, and the paragraph that says so. */
export const CouncilReference = z.object({ symbol: CouncilSymbol, paragraph: Line })
export type CouncilReference = Readonly<z.infer<typeof CouncilReference>>

/** On what it was decided: a decision, an authority's answer to a warning, or a document that is cited. */
export const ActionBasis = z.object({
  kind: z.enum(['decision', 'answer', 'reference']),
  text: Line,
  /** The answer itself, where it was given here. */
  notification: NotificationId.nullable(),
})
export type ActionBasis = Readonly<z.infer<typeof ActionBasis>>

const costs = ['low', 'medium', 'high'] as const satisfies readonly CostBand[]

/** What is planned. Dates, office and basis may still be open while it is only contemplated. */
export const ActionPlan = z.object({
  /** A card of the action catalogue; none for an act in one's own words. */
  card: z
    .string()
    .regex(/^[A-Z]\d{2}$/)
    .refine((code) => findCard(code) !== undefined)
    .nullable(),
  title: Line,
  /** Who leads, in words: an organisation, an office, a person by their function. */
  lead: Line,
  /** The office that answers for it and is reminded. */
  office: PostId.nullable(),
  start: Day.nullable(),
  due: Day.nullable(),
  cost: z.enum(costs).nullable(),
  expectedEffect: Paragraphs,
  howWeWillKnow: Paragraphs,
  riskFactors: z.array(RiskFactor).max(RISK_FACTORS),
  commitments: z.array(Commitment).max(commitments.length),
  /** A regional organisation carries it out, for peace and security. */
  isRegional: z.boolean(),
  /** It uses force, or threatens to. */
  usesForce: z.boolean(),
  basis: ActionBasis.nullable(),
  authorisation: CouncilReference.nullable(),
  /** The warning that offered it as an option. */
  warning: WarningId.nullable(),
})
export type ActionPlan = Readonly<z.infer<typeof ActionPlan>>

export const Action = ActionPlan.extend({
  id: ActionId,
  matter: MatterId,
  status: ActionStatus,
  /** What was done, or why it was stopped; none before it ended. */
  ending: Paragraphs.nullable(),
  plannedAt: Instant,
  /** When it came to where it stands. */
  movedAt: Instant,
  startedAt: Instant.nullable(),
})
export type Action = Readonly<z.infer<typeof Action>>

/** What was done, on what evidence, and what comes next. Never a share of the whole: nobody can know it. */
export const Progress = z.object({
  id: z.uuidv7(),
  what: Paragraphs,
  next: Paragraphs.nullable(),
  /** Files on the matter. */
  evidence: z.array(AttachmentId).max(40),
})
export type Progress = Readonly<z.infer<typeof Progress>>

/** What was seen to follow, whether that was what had been expected, and what was learned. */
export const OutcomeReview = Effect.extend({ id: z.uuidv7(), learned: Paragraphs.nullable() })
export type OutcomeReview = Readonly<z.infer<typeof OutcomeReview>>

/** Where an action may go from where it stands; nothing goes back, and what ended stays ended. */
const ways: Readonly<Record<ActionStatus, readonly ActionStatus[]>> = {
  contemplated: ['decided', 'stopped'],
  decided: ['in-execution', 'stopped'],
  'in-execution': ['done', 'stopped'],
  done: [],
  stopped: [],
}

export const nextStatuses = (from: ActionStatus): readonly ActionStatus[] => ways[from]
export const mayMove = (from: ActionStatus, to: ActionStatus): boolean => ways[from].includes(to)
export const isOver = (status: ActionStatus): boolean => ways[status].length === 0

/** The steps by which something that is already so far is put on record: none is left out. */
export function stepsTo(status: ActionStatus): readonly ActionStatus[] {
  const steps: ActionStatus[] = []
  for (let at = status; at !== 'contemplated'; ) {
    steps.unshift(at)
    const before = ActionStatus.options.find((one) => one !== 'stopped' && mayMove(one, at))
    if (before === undefined || at === 'stopped') return steps
    at = before
  }
  return steps
}

type Kind = Pick<ActionPlan, 'card' | 'isRegional' | 'usesForce'>

/**
 * Whether it may be decided only on a decision of the Security Council: enforcement by a regional body
 * (Charter, article 53), what rests on article 42, and any other use of force. What the card says
 * cannot be talked away.
 */
export function needsAuthorisation({ card, usesForce }: Kind): boolean {
  const known = card === null ? undefined : findCard(card)
  return usesForce || known?.needsAuthorisation === true || known?.article === '42'
}

/** Whether it is a regional activity for peace and security (article 54): by its card, or as people say. */
export function isRegionalActivity({ card, isRegional }: Kind): boolean {
  return isRegional || (card !== null && (findCard(card)?.regional ?? null) !== null)
}

/** What an action lacks to come to a status, by the name of the field. */
export type ActionLack = 'authorisation' | 'basis' | 'office' | 'due' | 'text'

type Asked = Pick<ActionPlan, 'card' | 'isRegional' | 'usesForce'> &
  Pick<ActionPlan, 'authorisation' | 'basis' | 'office' | 'due'>

/**
 * What keeps it from being so far. Decided or in execution it has a basis, a day and an office that is
 * reminded; what ended says what was done, or why it was stopped. Only stopping needs no authorisation.
 */
export function lackingFor(
  action: Asked,
  to: ActionStatus,
  text: string | null,
): readonly ActionLack[] {
  const isEnd = to === 'done' || to === 'stopped'
  const isTaken = to !== 'contemplated' && to !== 'stopped'
  const wanted: readonly (readonly [ActionLack, boolean])[] = [
    ['authorisation', isTaken && needsAuthorisation(action) && action.authorisation === null],
    ['basis', isTaken && action.basis === null],
    ['office', isTaken && !isEnd && action.office === null],
    ['due', isTaken && !isEnd && action.due === null],
    ['text', isEnd && text === null],
  ]
  return wanted.filter(([, isLacking]) => isLacking).map(([lack]) => lack)
}

/** Whether somebody is reminded of it. */
export const isReminded = ({ status }: Pick<Action, 'status'>): boolean =>
  status === 'decided' || status === 'in-execution'

/** Whether its day has passed and it has not ended; `today` is the day where its office is. */
export const isOverdue = (
  { status, due }: Pick<Action, 'status' | 'due'>,
  today: Day | string,
): boolean => isReminded({ status }) && due !== null && due < today

/** An action with the matter it stands on, for the overview of all. */
export const PlannedAction = Action.extend({
  year: z.int(),
  number: z.int(),
  about: Line,
  isExercise: z.boolean(),
  organisation: OrganisationId,
  /** The title of the office that answers for it, and its organisation. */
  officeName: Line.nullable(),
  isOverdue: z.boolean(),
})
export type PlannedAction = Readonly<z.infer<typeof PlannedAction>>
