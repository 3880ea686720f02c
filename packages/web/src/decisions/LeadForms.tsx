import { endProposal, type ProposalView, putReading } from '@tocsin/api/decisions.ts'
import type { AmendmentId } from '@tocsin/domain/clauses.ts'
import { LongField } from '../docket/LongField.tsx'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { Field } from '../identity/Field.tsx'
import { Check } from '../network/Check.tsx'
import { useShell } from '../shell/context.ts'
import { setApart } from '../shell/format.ts'
import { instantIn, type Shown, useChangeWords } from './proposal.ts'

type Props = Pick<Shown, 'one' | 'found'>

/** For whoever put the text: the next reading, or taking it back. */
export function LeadForms({ one, found }: Props) {
  const { t } = useShell()
  const fresh = one.amendments.filter(({ reading }) => reading === one.reading)
  return (
    <div className="pf noprint">
      {fresh.length > 0 && (
        <details className="sure">
          <summary>{t('proposal.next')}</summary>
          <NextForm one={one} found={found} fresh={fresh} />
        </details>
      )}
      <details className="sure">
        <summary>{t('proposal.take-back')}</summary>
        <EndForm one={one} found={found} />
      </details>
    </div>
  )
}

function NextForm({ one, found, fresh }: Props & { readonly fresh: ProposalView['amendments'] }) {
  const { t, client } = useShell()
  const wordsOf = useChangeWords()
  const put = async (fields: FormData) => {
    const accepted = fresh.map(({ id }) => id).filter((id) => fields.get(id) === 'on')
    const params = { consultation: found.room.id, proposal: one.id, reading: one.reading + 1 }
    const body = { accepted: accepted as AmendmentId[], closesAt: instantIn(fields, 'closesAt') }
    await client(putReading, { params, body })
  }
  return (
    <ActForm submit={t('proposal.next')} deed={put}>
      <p className="src">{t('proposal.next-hint')}</p>
      {fresh.map((line) => (
        <Check
          key={line.id}
          name={line.id}
          label={`${setApart(line.organisationName)}: ${wordsOf(line, one.text.clauses)}`}
        />
      ))}
      <Field
        name="closesAt"
        label={t(one.ballots ? 'vote.closes' : 'proposal.put-closes')}
        type="datetime-local"
        defaultValue={one.deadline.slice(0, 16)}
        required
      />
    </ActForm>
  )
}

function EndForm({ one, found }: Props) {
  const { t, client } = useShell()
  const end = async (fields: FormData) => {
    const params = { consultation: found.room.id, proposal: one.id }
    await client(endProposal, { params, body: { reasons: textOf(fields, 'reasons') } })
  }
  return (
    <ActForm submit={t('proposal.take-back')} deed={end}>
      <LongField name="reasons" label={t('proposal.reasons')} rows={2} required />
    </ActForm>
  )
}
