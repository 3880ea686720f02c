import { approve, refuse, withdraw } from '@tocsin/api/approvals.ts'
import { useState } from 'react'
import { ActButton } from '../identity/ActButton.tsx'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { Field } from '../identity/Field.tsx'
import { Time } from '../identity/Time.tsx'
import { type Outcome, OutcomeNote } from '../people/OutcomeNote.tsx'
import { useShell } from '../shell/context.ts'
import { setApart } from '../shell/format.ts'
import type { Proposal } from './ApprovalsPage.tsx'
import { pageOf, reasonsOf, wordsOf } from './act-words.ts'

type Props = { readonly proposal: Proposal; readonly part: 'for-me' | 'mine' | 'past' }

/** One proposal: what exactly would be done, by whom it is proposed, until when it waits. */
export function ApprovalItem({ proposal, part }: Props) {
  const shell = useShell()
  const { t, client } = shell
  const [outcome, setOutcome] = useState<Outcome | undefined>(undefined)
  const { id, act, sha256, proposerName, proposedAt, expiresAt } = proposal
  const params = { approval: id }
  const words = wordsOf(shell, act)
  const page = pageOf(act)
  const reasons = reasonsOf(act)
  const approveIt = async () => setOutcome(await client(approve, { params, body: { sha256 } }))
  const refuseIt = async (fields: FormData) => {
    await client(refuse, { params, body: { reason: textOf(fields, 'reason') } })
  }
  const withdrawIt = async () => {
    await client(withdraw, { params })
  }
  return (
    <li>
      <div>
        <h3>{page === undefined ? words : <a href={page}>{words}</a>}</h3>
        {reasons && (
          <p className="said-by" dir="auto">
            {reasons}
          </p>
        )}
        <p className="two sm">
          {t('approvals.proposed-by', {
            name: setApart(proposerName ?? t('people.unknown-person')),
          })}{' '}
          <Time at={proposedAt} />
          {part !== 'past' && (
            <>
              {' · '}
              {t('approvals.waits-until')} <Time at={expiresAt} />
            </>
          )}
        </p>
        <p className="src">
          {t('approvals.fingerprint')} <bdi className="hash">{sha256}</bdi>
        </p>
        {part === 'past' && <Decision {...proposal} />}
        {outcome && <OutcomeNote outcome={outcome} />}
      </div>
      {part === 'for-me' && !outcome && (
        <div className="side">
          <ActButton isMain deed={approveIt} about={words}>
            {t('approvals.approve')}
          </ActButton>
          <details className="sure">
            <summary>{t('approvals.refuse')}</summary>
            <ActForm submit={t('approvals.refuse')} deed={refuseIt}>
              <Field name="reason" label={t('approvals.reason')} maxLength={200} required />
            </ActForm>
          </details>
        </div>
      )}
      {part === 'mine' && (
        <div className="acts">
          <ActButton deed={withdrawIt} about={words}>
            {t('approvals.withdraw')}
          </ActButton>
        </div>
      )}
    </li>
  )
}

function Decision({ state, decidedAt, reason }: Proposal) {
  const { t } = useShell()
  return (
    <p>
      <span className="chip">{t(`approvals.state-${state === 'waiting' ? 'over' : state}`)}</span>{' '}
      {decidedAt && <Time at={decidedAt} />} {reason && t('approvals.reason-was', { reason })}
    </p>
  )
}
