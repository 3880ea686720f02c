import type { MatterPlan } from '@tocsin/api/action-plans.ts'
import { drawPlan, type PlanBar } from '@tocsin/charts/plan-timeline.ts'
import { type ActionStatus, isOver, type PlannedAction } from '@tocsin/domain/action-plan.ts'
import { useShell } from '../shell/context.ts'
import { DrawingView } from '../shell/DrawingView.tsx'
import { formatDay, inUtc } from '../shell/format.ts'

const states: Readonly<Record<ActionStatus, PlanBar['state']>> = {
  contemplated: 'thought',
  decided: 'decided',
  'in-execution': 'running',
  done: 'done',
  stopped: 'stopped',
}

const beginOf = ({ start, startedAt, plannedAt }: PlannedAction): string =>
  (startedAt ?? start ?? plannedAt).slice(0, 10)

const barOf = (action: PlannedAction, index: number): PlanBar => ({
  number: index + 1,
  from: Date.parse(beginOf(action)),
  due: action.due ? Date.parse(action.due) : undefined,
  ended: isOver(action.status) ? Date.parse(action.movedAt.slice(0, 10)) : undefined,
  state: states[action.status],
})

/** The actions over time: the table first, the drawing beside it where there is room. */
export function TimelinePart({ plan: { actions, today } }: { readonly plan: MatterPlan }) {
  const { t, locale } = useShell()
  if (actions.length === 0) return null
  const month = inUtc(locale, { month: 'short', year: '2-digit' })
  // An Arabic month has two names, which do not fit: its number stands for both.
  const monthLabel = (at: number) =>
    locale === 'ar' ? new Date(at).toISOString().slice(0, 7) : month.format(at)
  const drawing = drawPlan(actions.map(barOf), {
    now: Date.parse(today),
    isMirrored: locale === 'ar',
    label: t('plan.timeline-label', { n: actions.length }),
    monthLabel,
    nowLabel: t('plan.today'),
  })
  return (
    <section className="sec" aria-labelledby="timeline">
      <div className="h">
        <h2 id="timeline">{t('plan.timeline')}</h2>
      </div>
      <div className="plan-time">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the keyboard */}
        <section className="scroll" tabIndex={0} aria-labelledby="timeline">
          <table className="tb">
            <thead>
              <tr>
                <th scope="col">{t('plan.number')}</th>
                <th scope="col">{t('plan.action')}</th>
                <th scope="col">{t('plan.begins')}</th>
                <th scope="col">{t('plan.due')}</th>
                <th scope="col">{t('plan.status')}</th>
              </tr>
            </thead>
            <tbody>
              {actions.map((action, index) => (
                <tr key={action.id}>
                  <td className="n">{index + 1}</td>
                  <th scope="row">
                    <bdi>{action.title}</bdi>
                  </th>
                  <td className="nw">{formatDay(locale, beginOf(action))}</td>
                  <td className={action.isOverdue ? 'nw late' : 'nw'}>
                    {action.due ? formatDay(locale, action.due) : '–'}
                  </td>
                  <td>{t(action.isOverdue ? 'plan.overdue' : `plan.status-${action.status}`)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <div className="plan-drawing">
          <DrawingView drawing={drawing} />
          <p className="src">{t('plan.timeline-caption')}</p>
        </div>
      </div>
    </section>
  )
}
