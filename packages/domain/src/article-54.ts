import { z } from 'zod'
import {
  type Action,
  ActionId,
  type ActionStatus,
  isOver,
  isRegionalActivity,
} from './action-plan.ts'
import { Day, Instant } from './brand.ts'
import { Locale } from './locale.ts'
import { MatterId } from './matter.ts'
import { Line } from './people.ts'
import { Paragraphs } from './text.ts'

/*
 * The Security Council is kept fully informed of activities undertaken or in contemplation by regional
 * bodies for peace and security (Charter, article 54). The note is a draft until a person signs it.
 */

export const NoteId = z.uuidv7().brand<'NoteId'>()
export type NoteId = z.infer<typeof NoteId>

/** Whether an activity is only thought of, or undertaken. */
export const ActivityStage = z.enum(['contemplation', 'undertaken'])
export type ActivityStage = z.infer<typeof ActivityStage>

/** An activity as it stood when the Council was told of it. */
export const ToldActivity = z.object({ action: ActionId, stage: ActivityStage })
export type ToldActivity = Readonly<z.infer<typeof ToldActivity>>

/** What people write into a note: in one language, in paragraphs that are cited by their number. */
export const NoteText = z.object({ locale: Locale, paragraphs: z.array(Paragraphs).min(1).max(40) })
export type NoteText = Readonly<z.infer<typeof NoteText>>

/** That a signed note was sent: on which day, how, and who signed it. */
export const NoteSending = z.object({ sentOn: Day, how: Line, signedBy: Line })
export type NoteSending = Readonly<z.infer<typeof NoteSending>>

export const Article54Note = z.object({
  id: NoteId,
  matter: MatterId,
  madeAt: Instant,
  /** What a person wrote; none while it stands as it was generated. */
  text: NoteText.nullable(),
  sending: NoteSending.extend({ recordedAt: Instant }).nullable(),
})
export type Article54Note = Readonly<z.infer<typeof Article54Note>>

const stages: Readonly<Record<ActionStatus, ActivityStage | undefined>> = {
  contemplated: 'contemplation',
  decided: 'contemplation',
  'in-execution': 'undertaken',
  done: 'undertaken',
  // What was stopped may have been undertaken: then the Council has been told, or is told so.
  stopped: undefined,
}

type Planned = Pick<Action, 'id' | 'status' | 'card' | 'isRegional' | 'usesForce' | 'startedAt'>

/** As what the Council is told of an action; undefined for one that is none of its business. */
export function stageOf(action: Planned): ActivityStage | undefined {
  if (!isRegionalActivity(action)) return undefined
  const hasBegun = isOver(action.status) && action.startedAt !== null
  return hasBegun ? 'undertaken' : stages[action.status]
}

/** The activities of which the Council has not been told as they stand now. */
export function untold(
  actions: readonly Planned[],
  told: readonly ToldActivity[],
): readonly ToldActivity[] {
  return actions.flatMap((action) => {
    const stage = stageOf(action)
    const isTold = told.some((one) => one.action === action.id && one.stage === stage)
    return stage === undefined || isTold ? [] : [{ action: action.id, stage }]
  })
}
