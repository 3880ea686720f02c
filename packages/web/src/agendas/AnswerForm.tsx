import { type AgendaLine, answerItem } from '@tocsin/api/agendas.ts'
import type { Day } from '@tocsin/domain/brand.ts'
import { DEFERRAL_DAYS, type ItemAnswer } from '@tocsin/domain/organ-agenda.ts'
import { addDays } from '@tocsin/domain/trigger-date.ts'
import { useState } from 'react'
import { BigChoice } from '../docket/BigChoice.tsx'
import { LongField } from '../docket/LongField.tsx'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { Field } from '../identity/Field.tsx'
import { useShell } from '../shell/context.ts'

const outcomes = ['decided', 'declined', 'deferred'] as const
type Outcome = (typeof outcomes)[number]

type Props = { readonly item: AgendaLine; readonly today: Day }

/** Decides, declines with reasons, or defers; where reasons were asked for, it says why it is late. */
export function AnswerForm({ item, today }: Props) {
  const { t, client } = useShell()
  const [outcome, choose] = useState<Outcome>('decided')
  const answer = async (fields: FormData, id: string) => {
    const said = {
      text: textOf(fields, 'text'),
      lateReasons: textOf(fields, 'lateReasons') || null,
    }
    const body: ItemAnswer =
      outcome === 'deferred'
        ? { outcome, until: textOf(fields, 'until') as Day, ...said }
        : { outcome, ...said }
    await client(answerItem, { params: { item: item.id, answer: id }, body })
    choose('decided')
  }
  return (
    <ActForm submit={t('agenda.sign-answer')} isMain deed={answer}>
      <BigChoice
        name="outcome"
        legend={t('agenda.outcome')}
        options={outcomes.map((value) => ({ value, says: t(`agenda.outcome-${value}`) }))}
        chosen="decided"
        onChoose={(value) => choose(value as Outcome)}
      />
      <LongField name="text" label={t(`agenda.text-${outcome}`)} required />
      {outcome === 'deferred' && (
        <Field
          name="until"
          label={t('agenda.until')}
          hint={t('agenda.until-hint', { n: DEFERRAL_DAYS })}
          type="date"
          min={addDays(today, 1)}
          max={addDays(today, DEFERRAL_DAYS)}
          required
        />
      )}
      {item.reasonsAskedAt !== null && (
        <LongField name="lateReasons" label={t('agenda.late-reasons')} required />
      )}
    </ActForm>
  )
}
