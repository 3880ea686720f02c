import { isOver, nextStatuses, type PlannedAction } from '@tocsin/domain/action-plan.ts'
import type { MessageKey } from '@tocsin/i18n/catalogue.ts'
import type { ReactNode } from 'react'
import { addressTo } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { formatDay, formatInstant } from '../shell/format.ts'
import { actionName } from '../warnings/action-words.ts'
import { type ActionAct, ActionActs } from './ActionActs.tsx'
import { Followed } from './Followed.tsx'
import type { PlanProps } from './PlanPage.tsx'

/** The action that the address names: what it is, what was done about it, and what can be done next. */
export function ChosenAction(props: PlanProps) {
  const { plan, search, mayWork } = props
  const { t } = useShell()
  const action = plan.actions.find(({ id }) => id === search['action'])
  if (!action) return null
  const address = `/matters/${plan.matter.id}/plan`
  const acts = mayWork ? actsOf(action) : []
  return (
    <section className="sec plan-one" aria-labelledby="chosen">
      <div className="h">
        <h2 id="chosen" dir="auto">
          {action.title}
        </h2>
        <a className="more" href={address} data-stay>
          {t('plan.close')}
        </a>
      </div>
      <Facts action={action} />
      {acts.length > 0 && (
        <div className="acts noprint">
          {acts.map((act, index) => (
            <a
              key={act}
              className={index === 0 && !search['act'] ? 'b p' : 'b'}
              href={addressTo(address, { action: action.id, act })}
              aria-current={search['act'] === act || undefined}
              data-stay
            >
              {t(`plan.act-${act}`)}
            </a>
          ))}
        </div>
      )}
      <ActionActs {...props} action={action} acts={acts} />
      <Followed plan={plan} action={action} />
    </section>
  )
}

/** What can be done with an action as it stands, the next step first. */
function actsOf({ status, startedAt }: PlannedAction): readonly ActionAct[] {
  const [next] = nextStatuses(status)
  return [
    ...(next ? [next as ActionAct] : []),
    ...(status === 'decided' || status === 'in-execution' ? (['report'] as const) : []),
    ...(startedAt ? (['review'] as const) : []),
    ...(isOver(status) ? [] : (['schedule', 'stopped'] as const)),
  ]
}

function Facts({ action }: { readonly action: PlannedAction }) {
  const { t, locale } = useShell()
  const { status, lead, officeName, start, due, cost, card, basis, authorisation } = action
  const list = new Intl.ListFormat(locale, { type: 'unit' })
  const facts: readonly (readonly [MessageKey, ReactNode])[] = [
    ['plan.status', t(action.isOverdue ? 'plan.overdue' : `plan.status-${status}`)],
    ['plan.lead', <bdi key="lead">{lead}</bdi>],
    ['plan.office', officeName && <bdi>{officeName}</bdi>],
    ['plan.begins', start && formatDay(locale, start)],
    ['plan.due', due && formatDay(locale, due)],
    ['plan.begun', action.startedAt && formatInstant(locale, action.startedAt)],
    ['plan.cost', cost && t(`action.cost-${cost}`)],
    ['plan.card', card && `${card} ${actionName(t, card)}`],
    ['plan.expected-effect', action.expectedEffect],
    ['plan.how-we-will-know', action.howWeWillKnow],
    ['plan.basis', basis && `${t(`plan.basis-${basis.kind}`)}: ${basis.text}`],
    [
      'plan.authorisation',
      authorisation && <bdi>{`${authorisation.symbol}, ${authorisation.paragraph}`}</bdi>,
    ],
    [
      'plan.factors',
      action.riskFactors.length > 0 &&
        list.format(
          action.riskFactors.map((n) =>
            t('plan.numbered', { mark: n, name: t(`plan.factor-${n}` as MessageKey) }),
          ),
        ),
    ],
    [
      'plan.commitments',
      action.commitments.length > 0 &&
        list.format(
          action.commitments.map((letter) =>
            t('plan.numbered', {
              mark: letter,
              name: t(`plan.commitment-${letter}` as MessageKey),
            }),
          ),
        ),
    ],
    ['plan.ending', action.ending],
  ]
  return (
    <dl className="plan-facts">
      {facts
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{t(name)}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
    </dl>
  )
}
