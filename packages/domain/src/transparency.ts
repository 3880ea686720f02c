import { z } from 'zod'
import { type Actor, mayOperateNode } from './actor.ts'
import { mayUseDocket } from './docket-access.ts'

/* What is found out about transparency logs, and who sees and decides it. */

export const FindingId = z.uuidv7().brand<'FindingId'>()
export type FindingId = z.infer<typeof FindingId>

/** Two signed statements of a log that cannot both be true: it is frozen until a person decides. */
export const Contradiction = z.enum(['split-view', 'fork', 'rollback'])
export type Contradiction = z.infer<typeof Contradiction>

/** What was changed in a log of this node behind its back. */
export const Alteration = z.enum(['altered', 'deleted', 'inserted'])
export type Alteration = z.infer<typeof Alteration>

/**
 * `missing` and `late` are about a record whose author has not put it into its own log in time; `restored`
 * says that a log took the place of one that ended, as its organisation's directory says.
 */
export const FindingKind = z.enum([
  ...Contradiction.options,
  ...Alteration.options,
  'restored',
  'missing',
  'late',
])
export type FindingKind = z.infer<typeof FindingKind>

/** To leave the log frozen for good, or to trust what it says from now on and begin anew. */
export const LogDecision = z.enum(['stays-frozen', 'follow-anew'])
export type LogDecision = z.infer<typeof LogDecision>

/** Which logs are watched, and what was found: whoever works with records, and whoever runs the node. */
export const mayReadLogs = (actor: Actor): boolean => mayOperateNode(actor) || mayUseDocket(actor)
