import { planAction } from '@tocsin/api/action-plans.ts'
import { findCard } from '@tocsin/domain/action-catalogue/catalogue.ts'
import { type ActionId, ActionStatus, needsAuthorisation } from '@tocsin/domain/action-plan.ts'
import { useState } from 'react'
import { LongField } from '../docket/LongField.tsx'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { Choice, Field } from '../identity/Field.tsx'
import { useShell } from '../shell/context.ts'
import { actionName } from '../warnings/action-words.ts'
import { CardChoice } from './CardChoice.tsx'
import type { PlanProps } from './PlanPage.tsx'
import {
  AuthorisationFields,
  authorisationIn,
  BasisFields,
  basisIn,
  costIn,
  DayFields,
  dayIn,
  LinkFields,
  linksIn,
  OfficeField,
  officeIn,
} from './plan-fields.tsx'

const steps = ActionStatus.exclude(['stopped']).options
type Step = (typeof steps)[number]

/** A card of the catalogue, or an act in one's own words, put to work; or put on record as far as it is. */
export function PlanForm({ plan: { matter }, offices }: PlanProps) {
  const { t, client } = useShell()
  const [code, choose] = useState<string | null>(null)
  const [status, setStatus] = useState<Step>('contemplated')
  const [usesForce, setForce] = useState(false)
  const card = code === null ? undefined : findCard(code)
  const isBound = needsAuthorisation({ card: code, isRegional: false, usesForce })
  const plan = async (fields: FormData, id: string) => {
    const isTaken = status !== 'contemplated'
    await client(planAction, {
      params: { matter: matter.id, action: id as ActionId },
      body: {
        card: code,
        title: textOf(fields, 'title'),
        lead: textOf(fields, 'lead'),
        office: officeIn(fields),
        start: dayIn(fields, 'start'),
        due: dayIn(fields, 'due'),
        cost: costIn(fields),
        expectedEffect: textOf(fields, 'expectedEffect'),
        howWeWillKnow: textOf(fields, 'howWeWillKnow'),
        ...linksIn(fields),
        isRegional: fields.get('isRegional') === 'on',
        usesForce,
        basis: isTaken ? basisIn(fields, null) : null,
        authorisation: isBound ? authorisationIn(fields) : null,
        warning: null,
        status,
        text: textOf(fields, 'text') || null,
      },
    })
    choose(null)
    setStatus('contemplated')
    setForce(false)
  }
  return (
    <ActForm submit={t('plan.put-on-plan')} isMain deed={plan}>
      <CardChoice level={matter.level} chosen={code} choose={choose} />
      <Field
        key={code}
        name="title"
        label={t('plan.action')}
        hint={t('plan.action-hint')}
        maxLength={200}
        dir="auto"
        defaultValue={code === null ? '' : actionName(t, code)}
        required
      />
      <Field
        name="lead"
        label={t('plan.lead')}
        hint={t('plan.lead-hint')}
        maxLength={200}
        dir="auto"
        required
      />
      <OfficeField offices={offices} chosen={null} />
      <DayFields start={null} due={null} />
      <Choice
        name="cost"
        label={t('plan.cost')}
        key={`cost-${code}`}
        defaultValue={card?.cost ?? ''}
      >
        <option value="">{t('plan.cost-open')}</option>
        {(['low', 'medium', 'high'] as const).map((cost) => (
          <option key={cost} value={cost}>
            {t(`action.cost-${cost}`)}
          </option>
        ))}
      </Choice>
      <LongField name="expectedEffect" label={t('plan.expected-effect')} rows={2} required />
      <LongField name="howWeWillKnow" label={t('plan.how-we-will-know')} rows={2} required />
      <LinkFields />
      {card?.regional ? (
        <p className="note">{t('plan.regional-card')}</p>
      ) : (
        <label className="check">
          <input type="checkbox" name="isRegional" />
          <span>{t('plan.is-regional')}</span>
        </label>
      )}
      <label className="check">
        <input
          type="checkbox"
          checked={usesForce}
          onChange={({ target }) => setForce(target.checked)}
        />
        <span>{t('plan.uses-force')}</span>
      </label>
      <Choice
        name="status"
        label={t('plan.how-far')}
        value={status}
        onChange={({ target }) => setStatus(ActionStatus.parse(target.value) as Step)}
      >
        {steps.map((step) => (
          <option key={step} value={step}>
            {t(`plan.status-${step}`)}
          </option>
        ))}
      </Choice>
      {status !== 'contemplated' && <BasisFields basis={null} />}
      {isBound && <AuthorisationFields known={null} />}
      {(status === 'done' || status === 'in-execution') && (
        <LongField
          name="text"
          label={t('plan.what-was-done')}
          rows={3}
          required={status === 'done'}
        />
      )}
    </ActForm>
  )
}
