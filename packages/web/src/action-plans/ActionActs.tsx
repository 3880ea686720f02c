import {
  moveAction,
  reportProgress,
  rescheduleAction,
  reviewOutcome,
} from '@tocsin/api/action-plans.ts'
import {
  type ActionStatus,
  needsAuthorisation,
  type PlannedAction,
} from '@tocsin/domain/action-plan.ts'
import type { AttachmentId } from '@tocsin/domain/attachment.ts'
import { Effect } from '@tocsin/domain/matter-acts.ts'
import { BigChoice } from '../docket/BigChoice.tsx'
import { LongField } from '../docket/LongField.tsx'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { Field } from '../identity/Field.tsx'
import { addressTo } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import type { PlanProps } from './PlanPage.tsx'
import {
  AuthorisationFields,
  authorisationIn,
  BasisFields,
  basisIn,
  DayFields,
  dayIn,
  OfficeField,
  officeIn,
} from './plan-fields.tsx'

export type ActionAct = Exclude<ActionStatus, 'contemplated'> | 'schedule' | 'report' | 'review'

type FormProps = PlanProps & { readonly action: PlannedAction }
type Props = FormProps & { readonly acts: readonly ActionAct[] }

const forms = {
  decided: DecideForm,
  'in-execution': MoveForm,
  done: MoveForm,
  stopped: MoveForm,
  schedule: ScheduleForm,
  report: ReportForm,
  review: ReviewForm,
} as const

/** The form of the act that the address names, where the action allows it as it stands. */
export function ActionActs({ acts, ...props }: Props) {
  const { t } = useShell()
  const { search, plan, action } = props
  const act = acts.find((one) => one === search['act'])
  if (!act) return null
  const Form = forms[act]
  return (
    <section className="sign noprint" aria-labelledby="act">
      <div className="h">
        <h3 id="act">{t(`plan.act-${act}`)}</h3>
        <a
          className="more"
          href={addressTo(`/matters/${plan.matter.id}/plan`, { action: action.id })}
          data-stay
        >
          {t('form.cancel')}
        </a>
      </div>
      <p className="src">{t('matter-act.on-record')}</p>
      <Form key={`${action.id}-${act}`} {...props} act={act} />
    </section>
  )
}

function DecideForm({ action, offices }: FormProps) {
  const { t, client } = useShell()
  const isBound = needsAuthorisation(action)
  const decide = async (fields: FormData) => {
    const basis = basisIn(fields, action.basis)
    const authorisation = isBound ? authorisationIn(fields) : null
    const office = officeIn(fields)
    const [start, due] = [dayIn(fields, 'start'), dayIn(fields, 'due')]
    await client(moveAction, {
      params: { action: action.id },
      body: {
        to: 'decided',
        text: textOf(fields, 'text') || null,
        ...(basis && { basis }),
        ...(authorisation && { authorisation }),
        ...(office && { office }),
        ...(start && { start }),
        ...(due && { due }),
      },
    })
  }
  return (
    <ActForm submit={t('plan.act-decided')} isMain deed={decide}>
      <BasisFields basis={action.basis} />
      {isBound && <AuthorisationFields known={action.authorisation} />}
      <OfficeField offices={offices} chosen={action.office} />
      <DayFields {...action} />
      <LongField name="text" label={t('plan.remark')} rows={2} />
    </ActForm>
  )
}

function MoveForm({ action, act }: FormProps & { readonly act: ActionAct }) {
  const { t, client } = useShell()
  const to = act as Exclude<ActionStatus, 'contemplated'>
  const move = async (fields: FormData) => {
    const body = { to, text: textOf(fields, 'text') || null }
    await client(moveAction, { params: { action: action.id }, body })
  }
  return (
    <ActForm submit={t(`plan.act-${act}`)} isMain deed={move}>
      <LongField
        name="text"
        label={t(to === 'stopped' ? 'plan.why-stopped' : 'plan.what-was-done')}
        rows={3}
        required={to !== 'in-execution'}
      />
    </ActForm>
  )
}

function ScheduleForm({ action, offices }: FormProps) {
  const { t, client } = useShell()
  const change = async (fields: FormData) => {
    const body = {
      lead: textOf(fields, 'lead'),
      office: officeIn(fields),
      start: dayIn(fields, 'start'),
      due: dayIn(fields, 'due'),
      reasons: textOf(fields, 'reasons'),
    }
    await client(rescheduleAction, { params: { action: action.id }, body })
  }
  return (
    <ActForm submit={t('plan.act-schedule')} isMain deed={change}>
      <Field
        name="lead"
        label={t('plan.lead')}
        maxLength={200}
        dir="auto"
        defaultValue={action.lead}
        required
      />
      <OfficeField offices={offices} chosen={action.office} />
      <DayFields {...action} />
      <LongField name="reasons" label={t('assess.reasons')} rows={2} required />
    </ActForm>
  )
}

function ReportForm({ action, plan: { files } }: FormProps) {
  const { t, client } = useShell()
  const tell = async (fields: FormData, id: string) => {
    const body = {
      id,
      what: textOf(fields, 'what'),
      next: textOf(fields, 'next') || null,
      evidence: fields.getAll('evidence') as AttachmentId[],
    }
    await client(reportProgress, { params: { action: action.id }, body })
  }
  return (
    <ActForm submit={t('plan.act-report')} isMain deed={tell}>
      <LongField
        name="what"
        label={t('plan.what-was-done')}
        hint={t('plan.progress-hint')}
        rows={3}
        required
      />
      <fieldset className="plan-checks">
        <legend>{t('plan.evidence')}</legend>
        {files.length === 0 && <p className="two">{t('plan.no-files')}</p>}
        {files.map(({ id, name }) => (
          <label key={id} className="check">
            <input type="checkbox" name="evidence" value={id} />
            <bdi>{name}</bdi>
          </label>
        ))}
      </fieldset>
      <LongField name="next" label={t('plan.next-step')} rows={2} />
    </ActForm>
  )
}

function ReviewForm({ action }: FormProps) {
  const { t, client } = useShell()
  const see = async (fields: FormData, id: string) => {
    const body = {
      id,
      what: textOf(fields, 'what'),
      asExpected: Effect.shape.asExpected.parse(textOf(fields, 'asExpected')),
      learned: textOf(fields, 'learned') || null,
    }
    await client(reviewOutcome, { params: { action: action.id }, body })
  }
  return (
    <ActForm submit={t('plan.act-review')} isMain deed={see}>
      <LongField name="what" label={t('effect.what')} hint={t('effect.hint')} rows={3} required />
      <BigChoice
        name="asExpected"
        legend={t('effect.as-expected')}
        options={Effect.shape.asExpected.options.map((value) => ({
          value,
          says: t(`effect.${value}`),
        }))}
      />
      <LongField name="learned" label={t('plan.learned')} rows={3} />
    </ActForm>
  )
}
