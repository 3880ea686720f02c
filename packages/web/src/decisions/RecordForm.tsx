import { recordDecision } from '@tocsin/api/decisions.ts'
import type { Day } from '@tocsin/domain/brand.ts'
import { Recording } from '@tocsin/domain/deciding.ts'
import { useState } from 'react'
import { LongField } from '../docket/LongField.tsx'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { Choice, Field } from '../identity/Field.tsx'
import { useShell } from '../shell/context.ts'
import type { Shown } from './proposal.ts'

const linesOf = (fields: FormData, name: string): string[] =>
  textOf(fields, name)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

const namedBy = (chosen: string): Pick<Recording, 'signsAs'> => {
  const { data } = Recording.shape.signsAs.safeParse(chosen)
  return data ? { signsAs: data } : {}
}

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
      ...namedBy(textOf(fields, 'signsAs')),
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
        <Choice name="signsAs" label={t('decision.names-field')} hint={t('decision.names-hint')}>
          <option value="">{t('decision.names-none')}</option>
          <option value="chair">{t('decision.names-chair')}</option>
          <option value="secretary">{t('decision.names-secretary')}</option>
        </Choice>
      </ActForm>
      <p className="said" role="status">
        {isAsked && t('decision.asked')}
      </p>
    </div>
  )
}
