import {
  Action,
  ActionBasis,
  ActionId,
  ActionPlan,
  ActionStatus,
  CouncilReference,
  OutcomeReview,
  PlannedAction,
  Progress,
} from '@tocsin/domain/action-plan.ts'
import { Article54Note, NoteId, NoteSending, NoteText } from '@tocsin/domain/article-54.ts'
import { Attachment } from '@tocsin/domain/attachment.ts'
import { Day, Instant } from '@tocsin/domain/brand.ts'
import { Locale } from '@tocsin/domain/locale.ts'
import { Matter, MatterId } from '@tocsin/domain/matter.ts'
import { NotificationId } from '@tocsin/domain/notification.ts'
import { Line, PostId } from '@tocsin/domain/people.ts'
import { Paragraphs } from '@tocsin/domain/text.ts'
import { WarningId } from '@tocsin/domain/warning.ts'
import { z } from 'zod'
import { mediaTypes } from './documents.ts'
import { Bytes, type Route } from './route.ts'

/** An option that a sent warning offered and that nobody has planned yet. */
export const OfferedOption = z.object({
  warning: WarningId,
  /** The symbol's parts. */
  year: z.int(),
  number: z.int(),
  code: z.string(),
  expectedEffect: z.string(),
  howWeWillKnow: z.string(),
  /** Of the Security Council, as the warning cites it. */
  authorisation: CouncilReference.nullable(),
  /** Who decided on the warning; none while nobody has. */
  decided: z
    .object({ notification: NotificationId, authority: Line, office: Line, post: PostId })
    .nullable(),
  /** The first office that was warned. */
  authority: Line,
})
export type OfferedOption = Readonly<z.infer<typeof OfferedOption>>

/** What was done about an action: reported by whom, and when. */
export const ReportedProgress = Progress.extend({
  action: ActionId,
  by: Line.nullable(),
  at: Instant,
})
export type ReportedProgress = Readonly<z.infer<typeof ReportedProgress>>

export const WrittenReview = OutcomeReview.extend({
  action: ActionId,
  by: Line.nullable(),
  at: Instant,
})
export type WrittenReview = Readonly<z.infer<typeof WrittenReview>>

/** Everything that is planned and done on a matter. */
export const MatterPlan = z.object({
  asOf: Instant,
  /** Today where the organisation works: what is overdue is so by this day. */
  today: Day,
  matter: Matter,
  /** The first to be due first; what has no day, and what has ended, after them. */
  actions: z.array(PlannedAction),
  progress: z.array(ReportedProgress),
  reviews: z.array(WrittenReview),
  /** The newest first; a draft is shown to its own organisation alone. */
  notes: z.array(Article54Note),
  offered: z.array(OfferedOption),
  files: z.array(Attachment),
})
export type MatterPlan = Readonly<z.infer<typeof MatterPlan>>

const onMatter = z.object({ matter: MatterId })
const one = z.object({ action: ActionId })

export const getPlan = {
  method: 'GET',
  path: '/api/matters/:matter/plan',
  summary:
    'Read what is planned and done on a matter, and the notes that the Security Council is due',
  params: onMatter,
  response: MatterPlan,
} as const satisfies Route

export const planAction = {
  method: 'PUT',
  path: '/api/matters/:matter/actions/:action',
  summary:
    'Plan an action, or put on record how far one has come; the same request twice plans one',
  params: one.extend({ matter: MatterId }),
  body: ActionPlan.extend({
    status: ActionStatus.exclude(['stopped']).default('contemplated'),
    /** What was done, where it is done already. */
    text: Paragraphs.nullable().default(null),
  }),
  response: Action,
} as const satisfies Route

export const moveAction = {
  method: 'POST',
  path: '/api/actions/:action/moves',
  summary: 'Decide an action, begin it, or end it; what is left out stays as it was',
  params: one,
  body: z.object({
    to: ActionStatus.exclude(['contemplated']),
    /** What is being done, what was done, or why it is stopped. */
    text: Paragraphs.nullable().default(null),
    basis: ActionBasis.optional(),
    authorisation: CouncilReference.optional(),
    office: PostId.optional(),
    start: Day.optional(),
    due: Day.optional(),
  }),
  response: Action,
} as const satisfies Route

export const rescheduleAction = {
  method: 'POST',
  path: '/api/actions/:action/schedule',
  summary: 'Change who leads an action, which office answers for it, or its days, with reasons',
  params: one,
  body: ActionPlan.pick({ lead: true, office: true, start: true, due: true }).extend({
    reasons: Paragraphs,
  }),
  response: Action,
} as const satisfies Route

export const reportProgress = {
  method: 'POST',
  path: '/api/actions/:action/progress',
  summary: 'Report what was done about an action, on what evidence, and what comes next',
  params: one,
  body: Progress,
  response: z.object({}),
} as const satisfies Route

export const reviewOutcome = {
  method: 'POST',
  path: '/api/actions/:action/reviews',
  summary: 'Say what followed from an action, and what was learned; also on a closed matter',
  params: one,
  body: OutcomeReview,
  response: z.object({}),
} as const satisfies Route

const overview = z.object({
  status: z.enum(['open', 'all', ...ActionStatus.options]).default('open'),
  due: z.enum(['any', 'overdue', 'days-7', 'days-30']).default('any'),
  /** Found in who leads or in the office that answers for it. */
  lead: z
    .string()
    .trim()
    .max(200)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u)
    .optional(),
  exercise: z.stringbool().default(false),
})

export const listPlans = {
  method: 'GET',
  path: '/api/plans',
  summary:
    'List the actions on all matters that one may see: overdue ones first, then by their day',
  query: overview.extend({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  }),
  response: z.object({
    asOf: Instant,
    today: Day,
    total: z.int(),
    overdue: z.int(),
    actions: z.array(PlannedAction),
  }),
} as const satisfies Route

export const exportPlans = {
  method: 'GET',
  path: '/api/plans/export',
  summary: 'Save the same actions as a table',
  query: overview,
  produces: 'text/csv',
  response: z.string(),
} as const satisfies Route

const note = z.object({ note: NoteId })

export const readNote = {
  method: 'GET',
  path: '/api/article-54-notes/:note',
  summary: 'Read the text of a note to the Security Council: as people wrote it, or as generated',
  params: note,
  query: z.object({ locale: Locale.default('en') }),
  response: z.object({ note: Article54Note, text: NoteText }),
} as const satisfies Route

export const saveNote = {
  method: 'PUT',
  path: '/api/article-54-notes/:note',
  summary: 'Write the text of a note that has not been sent',
  params: note,
  body: NoteText,
  response: Article54Note,
} as const satisfies Route

export const recordNoteSent = {
  method: 'POST',
  path: '/api/article-54-notes/:note/sending',
  summary: 'Put on record that a signed note was sent to the Security Council, when and how',
  params: note,
  body: NoteSending,
  response: Article54Note,
} as const satisfies Route

export const getNoteDocument = {
  method: 'GET',
  path: '/api/article-54-notes/:note/document',
  summary: 'Read a note to the Security Council as a document for signature',
  params: note,
  query: z.object({ format: z.enum(['pdf', 'docx']).default('pdf'), locale: Locale.default('en') }),
  sends: [mediaTypes.pdf, mediaTypes.docx],
  response: Bytes,
} as const satisfies Route
