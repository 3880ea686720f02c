import { type ProposalView, proposeAmendment } from '@tocsin/api/decisions.ts'
import { type AmendmentId, type ClauseId, languagesOf } from '@tocsin/domain/clauses.ts'
import type { ConsultationId } from '@tocsin/domain/consultation.ts'
import { newId } from '@tocsin/domain/id.ts'
import { useRef, useState } from 'react'
import { LongField } from '../docket/LongField.tsx'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { Choice } from '../identity/Field.tsx'
import { useShell } from '../shell/context.ts'
import { languageNames } from '../shell/Preferences.tsx'

type Props = {
  readonly one: ProposalView
  readonly consultation: ConsultationId
  readonly done: () => void
}

const kinds = ['replace', 'insert', 'delete'] as const
type Kind = (typeof kinds)[number]

/** Another text for one clause, in every language of the proposal. */
export function AmendForm({ one, consultation, done }: Props) {
  const { t, client } = useShell()
  const [kind, choose] = useState<Kind>('replace')
  const [clause, about] = useState(one.text.clauses[0]?.clause)
  const inserted = useRef(newId<ClauseId>())
  const languages = languagesOf(one.text)
  const chosen = one.text.clauses.find((each) => each.clause === clause)
  const propose = async (fields: FormData, id: string) => {
    if (!clause) return
    const texts = Object.fromEntries(
      languages.map((language) => [language, textOf(fields, `text-${language}`)]),
    )
    const change = {
      replace: { kind: 'replace' as const, clause, texts },
      insert: { kind: 'insert' as const, after: clause, clause: inserted.current, texts },
      delete: { kind: 'delete' as const, clause },
    }[kind]
    const body = { reading: one.reading, change, reasons: textOf(fields, 'reasons') || null }
    const params = { consultation, proposal: one.id, amendment: id as AmendmentId }
    await client(proposeAmendment, { params, body })
    done()
  }
  return (
    <ActForm submit={t('proposal.amend')} deed={propose}>
      <Choice
        name="kind"
        label={t('proposal.change')}
        value={kind}
        onChange={({ target }) => choose(target.value as Kind)}
      >
        {kinds.map((each) => (
          <option key={each} value={each}>
            {t(`proposal.change-${each}`)}
          </option>
        ))}
      </Choice>
      <Choice
        name="clause"
        label={t('proposal.clause')}
        value={clause}
        onChange={({ target }) => about(target.value as ClauseId)}
      >
        {one.text.clauses.map((each, at) => (
          <option key={each.clause} value={each.clause}>
            {at + 1}
          </option>
        ))}
      </Choice>
      {kind !== 'delete' &&
        languages.map((language) => (
          <LongField
            key={`${kind} ${clause} ${language}`}
            name={`text-${language}`}
            label={t('proposal.text-in', { language: languageNames[language] })}
            lang={language}
            dir="auto"
            rows={3}
            defaultValue={kind === 'replace' ? chosen?.texts[language] : ''}
            required
          />
        ))}
      <LongField name="reasons" label={t('proposal.reasons')} rows={2} />
    </ActForm>
  )
}
