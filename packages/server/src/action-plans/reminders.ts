import { type Action, type ActionPlan, isReminded } from '@tocsin/domain/action-plan.ts'
import { dayAt, planReminders } from '@tocsin/domain/action-reminders.ts'
import type { Matter } from '@tocsin/domain/matter.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { keepClock, readClockSettings, stopClocks } from '../docket/clocks.ts'
import { reviewLevel } from '../docket/review-clock.ts'

type Change = {
  readonly before: Pick<Action, 'status' | 'due'> | undefined
  readonly now: Pick<Action, 'id' | 'status'> & Pick<ActionPlan, 'due'>
}

/**
 * Keeps an action's clock as the action stands: it runs from the decision to the end, and a new day
 * plans its reminders anew. What is told by a clock is told by the node's round, as on any other.
 */
export async function followClock(
  app: App,
  tx: Tx,
  { id: matter, organisation, level }: Matter,
  { before, now: { id: action, status, due } }: Change,
): Promise<void> {
  const wasRunning = before !== undefined && isReminded(before)
  const runs = isReminded({ status })
  if (wasRunning && runs && before.due === due) return
  const start = app.clock()
  if (wasRunning) await stopClocks(tx, start, { matter, action, kinds: ['act'] })
  if (!runs || due === null) return
  const settings = await readClockSettings(tx, organisation)
  if (due < dayAt(settings, start)) throw new Problem('action.due-passed')
  const at = reviewLevel(level)
  const planned = planReminders(settings, { level: at, due, start })
  await keepClock(tx, { matter, action, kind: 'act', level: at, start }, planned)
}
