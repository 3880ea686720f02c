import { type MatterPlan, type OfferedOption, planAction } from '@tocsin/api/action-plans.ts'
import type { ActionId } from '@tocsin/domain/action-plan.ts'
import { newId } from '@tocsin/domain/id.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { useRef } from 'react'
import { ActButton } from '../identity/ActButton.tsx'
import { useShell } from '../shell/context.ts'
import { actionName } from '../warnings/action-words.ts'

/** Options of warnings that were sent: each becomes a contemplated action by one press. */
export function OfferedPart({ plan }: { readonly plan: MatterPlan }) {
  const { t } = useShell()
  const { offered, matter } = plan
  if (offered.length === 0) return null
  return (
    <section className="sec noprint" id="offered" aria-labelledby="offered-title">
      <div className="h">
        <h2 id="offered-title">{t('plan.offered')}</h2>
      </div>
      <p className="two">{t('plan.offered-lede')}</p>
      <ul className="list">
        {offered.map((option) => (
          <li key={`${option.warning} ${option.code}`}>
            <div>
              <b>
                <bdi>{option.code}</bdi> {actionName(t, option.code)}
              </b>
              <span className="block two sm">
                <a href={`/warnings/${option.warning}`}>
                  <bdi>{symbolOf('W', { ...option, isExercise: matter.isExercise })}</bdi>
                </a>
                {' · '}
                <bdi>
                  {option.decided
                    ? t('plan.decided-by', { name: option.decided.authority })
                    : t('plan.not-decided-yet')}
                </bdi>
              </span>
              <span className="block sm" dir="auto">
                {option.expectedEffect}
              </span>
            </div>
            <Take plan={plan} option={option} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Take({ plan, option }: { readonly plan: MatterPlan; readonly option: OfferedOption }) {
  const { t, client } = useShell()
  const id = useRef<ActionId | undefined>(undefined)
  const { code, expectedEffect, howWeWillKnow, decided, authority, warning } = option
  const take = async () => {
    id.current ??= newId<ActionId>()
    await client(planAction, {
      params: { matter: plan.matter.id, action: id.current },
      body: {
        card: code,
        title: actionName(t, code),
        lead: decided?.authority ?? authority,
        office: decided?.post ?? null,
        start: null,
        due: null,
        cost: null,
        expectedEffect,
        howWeWillKnow,
        riskFactors: [],
        commitments: [],
        isRegional: false,
        usesForce: false,
        basis: decided && {
          kind: 'answer',
          text: t('plan.answer-of', { name: decided.authority }).slice(0, 200),
          notification: decided.notification,
        },
        authorisation: option.authorisation,
        warning,
        status: 'contemplated',
        text: null,
      },
    })
  }
  return (
    <ActButton deed={take} about={actionName(t, code)}>
      {t('plan.make-action')}
    </ActButton>
  )
}
