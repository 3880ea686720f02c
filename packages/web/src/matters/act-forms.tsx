import { assessMatter } from '@tocsin/api/docket.ts'
import { correctEntry, recordAfterAction, recordConsultation } from '@tocsin/api/matters.ts'
import { AfterActionOutcome, ConsultationStep } from '@tocsin/domain/matter-acts.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { WarningId } from '@tocsin/domain/warning.ts'
import { BigChoice } from '../docket/BigChoice.tsx'
import { LongField } from '../docket/LongField.tsx'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { Choice, Field } from '../identity/Field.tsx'
import { useShell } from '../shell/context.ts'
import type { ActPartProps } from './ActPart.tsx'
import { JudgementFields, judgementIn } from './JudgementFields.tsx'

export function AssessForm({ opened: { matter } }: ActPartProps) {
  const { t, client } = useShell()
  const assess = async (fields: FormData) => {
    const body = { ...judgementIn(fields), reasons: textOf(fields, 'reasons') }
    await client(assessMatter, { params: { matter: matter.id }, body })
  }
  return (
    <ActForm submit={t('matter-act.assess')} isMain deed={assess}>
      <JudgementFields {...matter} />
      <LongField name="reasons" label={t('assess.reasons')} required />
    </ActForm>
  )
}

export function ConsultForm({ opened: { matter } }: ActPartProps) {
  const { t, client } = useShell()
  const consult = async (fields: FormData) => {
    const body = {
      step: ConsultationStep.parse(textOf(fields, 'step')),
      who: textOf(fields, 'who'),
      what: textOf(fields, 'what'),
    }
    await client(recordConsultation, { params: { matter: matter.id }, body })
  }
  return (
    <ActForm submit={t('matter-act.consult')} isMain deed={consult}>
      <BigChoice
        name="step"
        legend={t('consultation.step')}
        options={ConsultationStep.options.map((value) => ({
          value,
          says: t(`consultation.${value}`),
        }))}
        chosen="opened"
      />
      <Field name="who" label={t('consultation.who')} maxLength={200} required />
      <LongField name="what" label={t('consultation.what')} required />
    </ActForm>
  )
}

export function AfterActionForm({ opened: { matter, warnings } }: ActPartProps) {
  const { t, client } = useShell()
  const sent = warnings.filter(({ sentAt }) => sentAt !== null)
  const learn = async (fields: FormData) => {
    const body = {
      warning: WarningId.parse(textOf(fields, 'warning')),
      outcome: AfterActionOutcome.parse(textOf(fields, 'outcome')),
      expected: textOf(fields, 'expected'),
      happened: textOf(fields, 'happened'),
      delayed: textOf(fields, 'delayed') || null,
      change: textOf(fields, 'change'),
    }
    await client(recordAfterAction, { params: { matter: matter.id }, body })
  }
  return (
    <ActForm submit={t('matter-act.after-action')} isMain deed={learn}>
      <Choice name="warning" label={t('after-action.warning')}>
        {sent.map(({ id, year, number, subject }) => (
          <option key={id} value={id}>
            {`${symbolOf('W', { year, number, isExercise: matter.isExercise })} · ${subject}`}
          </option>
        ))}
      </Choice>
      <BigChoice
        name="outcome"
        legend={t('after-action.outcome')}
        options={AfterActionOutcome.options.map((value) => ({
          value,
          says: t(`after-action.${value}`),
        }))}
      />
      <LongField name="expected" label={t('after-action.expected')} rows={3} required />
      <LongField name="happened" label={t('after-action.happened')} rows={3} required />
      <LongField
        name="delayed"
        label={t('after-action.delayed')}
        hint={t('after-action.delayed-hint')}
        rows={3}
      />
      <LongField name="change" label={t('after-action.change')} rows={3} required />
    </ActForm>
  )
}

export function CorrectForm({ opened: { matter }, entries, search }: ActPartProps) {
  const { t, client } = useShell()
  const entry = entries.find(({ seq }) => String(seq) === search['entry'])
  if (!entry) return <p>{t('problem.entry.not-found')}</p>
  const correct = async (fields: FormData) => {
    const params = { matter: matter.id, seq: entry.seq }
    await client(correctEntry, { params, body: { text: textOf(fields, 'text') } })
  }
  return (
    <ActForm submit={t('matter-act.correct')} isMain deed={correct}>
      <LongField
        name="text"
        label={t('correct.text', { n: entry.seq })}
        hint={t('correct.hint')}
        defaultValue={entry.text ?? ''}
        required
      />
    </ActForm>
  )
}
