import type { MatterPlan } from '@tocsin/api/action-plans.ts'
import { ActionStatus, isRegionalActivity, type PlannedAction } from '@tocsin/domain/action-plan.ts'
import { addressTo, type Search } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { formatDay } from '../shell/format.ts'

type Props = { readonly plan: MatterPlan; readonly search: Search }

/** Every action under how far it is; one under the other where there is little room. */
export function Board({ plan, search }: Props) {
  const { t } = useShell()
  const { actions, matter } = plan
  const numbers = new Map(actions.map(({ id }, index) => [id, index + 1]))
  return (
    <section className="sec" id="board" aria-labelledby="board-title">
      <div className="h">
        <h2 id="board-title">{t('plan.board')}</h2>
      </div>
      {actions.length === 0 && <p>{t('plan.empty')}</p>}
      {actions.length > 0 && (
        <div className="plan-board">
          {ActionStatus.options.map((status) => {
            const here = actions.filter((one) => one.status === status)
            return (
              <section key={status} aria-labelledby={`board-${status}`}>
                <h3 id={`board-${status}`}>
                  {t(`plan.status-${status}`)} <span className="mute">{here.length}</span>
                </h3>
                <ul>
                  {here.map((action) => (
                    <Card
                      key={action.id}
                      action={action}
                      number={numbers.get(action.id) ?? 0}
                      isChosen={search['action'] === action.id}
                      to={addressTo(`/matters/${matter.id}/plan`, { action: action.id })}
                    />
                  ))}
                </ul>
              </section>
            )
          })}
        </div>
      )}
    </section>
  )
}

type CardProps = {
  readonly action: PlannedAction
  readonly number: number
  readonly isChosen: boolean
  readonly to: string
}

function Card({ action, number, isChosen, to }: CardProps) {
  const { t, locale } = useShell()
  const { title, lead, due, isOverdue, card } = action
  return (
    <li className={isOverdue ? 'late-edge' : undefined}>
      <a href={to} data-stay aria-current={isChosen || undefined}>
        <span className="mute">{`${number}. `}</span>
        <bdi>{title}</bdi>
      </a>
      <span className="block two sm">
        <bdi>{lead}</bdi>
      </span>
      <span className={isOverdue ? 'block sm late' : 'block sm mute'}>
        {due ? t('plan.due-on', { day: formatDay(locale, due) }) : t('plan.no-day')}
        {isOverdue && ` · ${t('plan.overdue')}`}
      </span>
      <span className="marks">
        {card && (
          <span className="chip">
            <bdi>{card}</bdi>
          </span>
        )}
        {isRegionalActivity(action) && <span className="chip">{t('plan.article-54')}</span>}
      </span>
    </li>
  )
}
