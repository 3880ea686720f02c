import { recordDecision } from '@tocsin/api/decisions.ts'
import type { Day } from '@tocsin/domain/brand.ts'
import { useState } from 'react'
import { LongField } from '../docket/LongField.tsx'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { Field } from '../identity/Field.tsx'
import { useShell } from '../shell/context.ts'
import type { Shown } from './proposal.ts'

const linesOf = (fields: FormData, name: string): string[] =>
  textOf(fields, name)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** For whoever led: the record of what came of it, which a second officer signs as well. */
export function RecordForm({ one, found }: Pick<Shown, 'one' | 'found'>) {
  const { t, client } = useShell()
  const [isAsked, setAsked] = useState(false)
  const record = async (fields: FormData) => {
    const body = {
      reading: one.reading,
      legalBasis: linesOf(fields, 'legalBasis'),
      addressees: linesOf(fields, 'addressees'),
      followUp: (textOf(fields, 'followUp') || null) as Day | null,
    }
    const params = { consultation: found.room.id, proposal: one.id }
    const { state } = await client(recordDecision, { params, body })
    setAsked(state === 'waiting')
  }
  return (
    <div className="pf noprint">
      <ActForm submit={t('decision.record')} deed={record}>
        <p className="src">{t('decision.record-hint')}</p>
        <LongField name="legalBasis" label={t('decision.basis-field')} rows={2} />
        <LongField name="addressees" label={t('decision.to-field')} rows={2} />
        <Field name="followUp" label={t('decision.follow-up-field')} type="date" />
      </ActForm>
      <p className="said" role="status">
        {isAsked && t('decision.asked')}
      </p>
    </div>
  )
}
