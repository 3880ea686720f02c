import type { ActionId, ActionPlan, ActionStatus } from '@tocsin/domain/action-plan.ts'
import type { Day } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { newId } from '@tocsin/domain/id.ts'
import { plan } from '../action-plans/commands.ts'
import { DAY_MS, type Scene } from './stage.ts'

/** What an action says beside who leads it; what is left out is not said. */
type Doing = Pick<ActionPlan, 'title' | 'lead' | 'expectedEffect' | 'howWeWillKnow'> &
  Partial<Pick<ActionPlan, 'card' | 'cost' | 'riskFactors' | 'commitments' | 'basis'>> & {
    /** The office that answers for it, and in how many days it is to be done. */
    readonly answersFor?: string
    readonly days?: number
  }

/** An action that is planned, or that has come so far. */
export const plans = (
  hoursAgo: number,
  by: string,
  matter: string,
  status: Exclude<ActionStatus, 'stopped'>,
  { answersFor, days, text = null, ...said }: Doing & { readonly text?: string | null },
): Scene => ({
  hoursAgo,
  play: async (stage) => {
    const due = days && (addMilliseconds(stage.at(hoursAgo), days * DAY_MS).slice(0, 10) as Day)
    const on = { matter: stage.matter(matter), action: newId<ActionId>() }
    await plan(stage.app, stage.as(by), on, {
      card: null,
      start: null,
      cost: null,
      riskFactors: [],
      commitments: [],
      basis: null,
      isRegional: false,
      usesForce: false,
      authorisation: null,
      warning: null,
      office: answersFor ? stage.office(answersFor) : null,
      due: due || null,
      status,
      text,
      ...said,
    })
  },
})

/** Something that an authority had decided and has done. */
export const acted = (
  hoursAgo: number,
  by: string,
  matter: string,
  lead: string,
  said: Pick<Doing, 'title' | 'expectedEffect' | 'howWeWillKnow'> & { readonly text: string },
): Scene => {
  const basis = { kind: 'decision', text: `Decision of the ${lead}`, notification: null } as const
  return plans(hoursAgo, by, matter, 'done', { lead, basis, ...said })
}
