import { answerProposal, type ProposalView } from '@tocsin/api/decisions.ts'
import type { OrganisationId, PersonId } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import type { Answering } from '@tocsin/domain/deciding.ts'
import { newId } from '@tocsin/domain/id.ts'
import { useRef, useState } from 'react'
import { LongField } from '../docket/LongField.tsx'
import { ActButton } from '../identity/ActButton.tsx'
import { ActForm, textOf, useReady } from '../identity/ActForm.tsx'
import { Choice, Field } from '../identity/Field.tsx'
import { NeedsScript } from '../identity/NeedsScript.tsx'
import { useActor, useSelf } from '../identity/self.ts'
import { useShell } from '../shell/context.ts'
import { setApart } from '../shell/format.ts'
import { AmendForm } from './AmendForm.tsx'
import { instantIn, type Proposals, type Shown, useMoment } from './proposal.ts'

type Send = (answer: Answering, key: string) => Promise<void>

const forms = ['amend', 'ask-time', 'break', 'heard'] as const
type Form = (typeof forms)[number]

/** What the officer can say in the organisation's name, and record of a member that is not reached. */
export function AnswerPart({ one, found, decided }: Shown) {
  const { t, client, textOnly } = useShell()
  const actor = useActor()
  const ready = useReady()
  const organisation = useSelf()?.organisation.name ?? ''
  const key = useRef(newId<string>())
  const [opened, open] = useState<Form>()
  if (textOnly) return <NeedsScript />
  const own = one.members.find(
    (member) => actor.kind === 'person' && member.organisation === actor.organisation,
  )
  const isVoter = one.ballots?.entitled.some(
    ({ organisation: who }) => actor.kind === 'person' && who === actor.organisation,
  )
  const hasSay = isVoter || (own !== undefined && own.state !== 'recused')
  const hasAgreed = own?.state === 'agrees' || own?.pending === 'agree'
  const params = { consultation: found.room.id, proposal: one.id }
  const send: Send = async (answer, answerKey) => {
    const body = { reading: one.reading, answer }
    await client(answerProposal, { params: { ...params, answer: answerKey }, body })
    open(undefined)
  }
  const unreached = one.members.filter(
    ({ organisation: who, state, receivedAt }) =>
      who !== own?.organisation && state === 'not-received' && receivedAt === null,
  )
  const said = one.ballots ? (['amend'] as const) : forms
  const offered = said.filter((form) => (form === 'heard' ? unreached.length > 0 : hasSay))
  if (offered.length === 0) return null
  return (
    <div className="noprint">
      <div className="pa">
        {own && hasSay && !hasAgreed && (
          <ActButton isMain deed={() => send({ kind: 'agree', note: null }, key.current)}>
            {t('proposal.confirm', { name: setApart(organisation) })}
          </ActButton>
        )}
        {offered.map((form) => (
          <button
            key={form}
            type="button"
            className="b"
            disabled={!ready}
            aria-expanded={opened === form}
            onClick={() => open(opened === form ? undefined : form)}
          >
            {t(`proposal.${form}`)}
          </button>
        ))}
      </div>
      {opened && (
        <div className="pf">
          {opened === 'amend' && (
            <AmendForm one={one} consultation={found.room.id} done={() => open(undefined)} />
          )}
          {opened === 'ask-time' && <AskForm one={one} decided={decided} send={send} />}
          {opened === 'break' && <BreakForm send={send} />}
          {opened === 'heard' && <HeardForm unreached={unreached} decided={decided} send={send} />}
        </div>
      )}
    </div>
  )
}

function AskForm({ one, decided, send }: Pick<Shown, 'one' | 'decided'> & { readonly send: Send }) {
  const { t } = useShell()
  const moment = useMoment(decided.asOf)
  const ask = (fields: FormData, key: string) => {
    const hours = Number(textOf(fields, 'hours'))
    const until = addMilliseconds(one.deadline, hours * 3_600_000)
    return send({ kind: 'ask-for-time', until, reasons: textOf(fields, 'reasons') }, key)
  }
  return (
    <ActForm submit={t('proposal.ask-time')} deed={ask}>
      <p className="src">{t('proposal.ask-time-hint', { at: moment(one.latestEnd) })}</p>
      <Field
        name="hours"
        label={t('proposal.hours-more')}
        type="number"
        min={1}
        max={2160}
        defaultValue={24}
        required
      />
      <LongField name="reasons" label={t('proposal.reasons')} rows={2} required />
    </ActForm>
  )
}

function BreakForm({ send }: { readonly send: Send }) {
  const { t } = useShell()
  const stop = (fields: FormData, key: string) =>
    send({ kind: 'break-silence', reasons: textOf(fields, 'reasons') }, key)
  return (
    <ActForm submit={t('proposal.break')} deed={stop}>
      <p className="src">{t('proposal.break-hint')}</p>
      <LongField name="reasons" label={t('proposal.reasons')} rows={3} required />
    </ActForm>
  )
}

type HeardProps = {
  readonly unreached: ProposalView['members']
  readonly decided: Proposals
  readonly send: Send
}

/** Receipt by telephone or text message: the officer who records it, and who was there. */
function HeardForm({ unreached, decided, send }: HeardProps) {
  const { t } = useShell()
  const actor = useActor()
  const others = decided.colleagues.filter(
    ({ person }) => actor.kind === 'person' && person !== actor.person,
  )
  if (others.length === 0) return <p className="hold">{t('proposal.no-witness')}</p>
  const record = (fields: FormData, key: string) =>
    send(
      {
        kind: 'heard',
        member: textOf(fields, 'member') as OrganisationId,
        by: textOf(fields, 'by') === 'sms' ? 'sms' : 'telephone',
        heardAt: instantIn(fields, 'heardAt'),
        witnesses: [textOf(fields, 'witness') as PersonId],
      },
      key,
    )
  return (
    <ActForm submit={t('proposal.heard')} deed={record}>
      <p className="src">{t('proposal.heard-hint')}</p>
      <Choice name="member" label={t('proposal.member')}>
        {unreached.map(({ organisation, name }) => (
          <option key={organisation} value={organisation}>
            {name}
          </option>
        ))}
      </Choice>
      <Choice name="by" label={t('proposal.heard-way')}>
        <option value="telephone">{t('proposal.heard-telephone')}</option>
        <option value="sms">{t('proposal.heard-sms')}</option>
      </Choice>
      <Field
        name="heardAt"
        label={t('proposal.heard-at')}
        type="datetime-local"
        defaultValue={decided.asOf.slice(0, 16)}
        required
      />
      <Choice name="witness" label={t('proposal.witness')}>
        {others.map(({ person, name }) => (
          <option key={person} value={person}>
            {name}
          </option>
        ))}
      </Choice>
    </ActForm>
  )
}
