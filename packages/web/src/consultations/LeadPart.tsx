import {
  addAgendaItem,
  closeConsultation,
  hear,
  inviteTo,
  type Room,
  recuse,
  settleAgendaItem,
} from '@tocsin/api/consultations.ts'
import type { Reader } from '@tocsin/api/matters.ts'
import type { Outcome } from '@tocsin/api/people.ts'
import type { Day, OrganisationId } from '@tocsin/domain/brand.ts'
import { SeatRole, Settlement } from '@tocsin/domain/consultation.ts'
import { maySignForMatter, mayWorkOnMatter } from '@tocsin/domain/docket-access.ts'
import { type ReactNode, useState } from 'react'
import { LongField } from '../docket/LongField.tsx'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { Choice, Field } from '../identity/Field.tsx'
import { useActor } from '../identity/self.ts'
import { useShell } from '../shell/context.ts'

type Props = { readonly found: Room; readonly readers: readonly Reader[] }

/** What the organisation can do that convened: the agenda, who comes and who goes, and the end. */
export function LeadPart({ found, readers }: Props) {
  const { t } = useShell()
  const actor = useActor()
  const { room } = found
  if (!mayWorkOnMatter(actor, room) || room.closing !== null) return null
  const open = room.agenda.filter(
    ({ settled }) => settled === null || settled.how.outcome === 'deferred',
  )
  const unheard = room.concerned.filter(({ heardSince }) => heardSince === null)
  return (
    <section className="sec lead noprint" aria-labelledby="lead">
      <div className="h">
        <h2 id="lead">{t('room.lead')}</h2>
      </div>
      <Folded title={t('room.add-item')}>
        <AddItem found={found} />
      </Folded>
      {open.length > 0 && (
        <Folded title={t('room.settle')}>
          <Settle found={found} open={open} />
        </Folded>
      )}
      <Folded title={t('room.invite')}>
        <Invite found={found} readers={readers} />
      </Folded>
      <Folded title={t('room.recuse')}>
        <Recuse found={found} readers={readers} />
      </Folded>
      {unheard.length > 0 && (
        <Folded title={t('room.hear')}>
          <Hear found={found} unheard={unheard} />
        </Folded>
      )}
      {maySignForMatter(actor, room) && (
        <Folded title={t('room.close')}>
          <Close found={found} />
        </Folded>
      )}
    </section>
  )
}

const Folded = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <details className="sure">
    <summary>{title}</summary>
    {children}
  </details>
)

type Found = Pick<Props, 'found'>
const paramsOf = ({ room: { id: consultation } }: Room) => ({ consultation })

function AddItem({ found }: Found) {
  const { t, client } = useShell()
  const add = async (fields: FormData) => {
    const body = { title: textOf(fields, 'title') }
    await client(addAgendaItem, { params: paramsOf(found), body })
  }
  return (
    <ActForm submit={t('room.add-item')} deed={add}>
      <Field name="title" label={t('room.add-item-title')} maxLength={200} required />
    </ActForm>
  )
}

const outcomes = ['decided', 'deferred', 'closed'] as const

function Settle({ found, open }: Found & { readonly open: Room['room']['agenda'] }) {
  const { t, client } = useShell()
  const [outcome, choose] = useState<(typeof outcomes)[number]>('decided')
  const settle = async (fields: FormData) => {
    const words = textOf(fields, 'words')
    const until = textOf(fields, 'until') as Day
    const body = Settlement.parse(
      outcome === 'deferred' ? { outcome, until, words: words || null } : { outcome, words },
    )
    const params = { ...paramsOf(found), n: Number(textOf(fields, 'n')) }
    await client(settleAgendaItem, { params, body })
  }
  return (
    <ActForm submit={t('room.settle')} deed={settle}>
      <Choice name="n" label={t('room.add-item-title')}>
        {open.map(({ n, title }) => (
          <option key={n} value={n}>
            {t('room.item', { n, title })}
          </option>
        ))}
      </Choice>
      <Choice
        name="outcome"
        label={t('room.outcome')}
        value={outcome}
        onChange={({ target }) => choose(target.value as (typeof outcomes)[number])}
      >
        {outcomes.map((one) => (
          <option key={one} value={one}>
            {t(`room.outcome-${one}`)}
          </option>
        ))}
      </Choice>
      {outcome === 'deferred' && (
        <Field name="until" label={t('room.until')} type="date" required />
      )}
      <LongField name="words" label={t('room.words')} required={outcome !== 'deferred'} />
    </ActForm>
  )
}

/** Those whom the node knows and who have no place in the room yet. */
function Organisations({ readers, found, isSeated }: Props & { readonly isSeated: boolean }) {
  const { t } = useShell()
  const { room, seats } = found
  const known = [room.organisation, ...room.concerned.map(({ organisation }) => organisation)]
  const seated = seats.map(({ organisation }) => organisation)
  const offered = readers.filter(
    ({ id }) => !known.includes(id) && (isSeated || !seated.includes(id)),
  )
  return (
    <Choice name="organisation" label={t('room.organisation')} required>
      {offered.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Choice>
  )
}

const organisationIn = (fields: FormData) => textOf(fields, 'organisation') as OrganisationId

function Invite({ found, readers }: Props) {
  const { t, client } = useShell()
  const [outcome, setOutcome] = useState<Outcome>()
  const invite = async (fields: FormData) => {
    const role = SeatRole.parse(textOf(fields, 'role'))
    const body = { organisation: organisationIn(fields), role }
    setOutcome(await client(inviteTo, { params: paramsOf(found), body }))
  }
  return (
    <>
      <p className="src">{t('room.invite-hint')}</p>
      <ActForm submit={t('room.send-two')} deed={invite}>
        <Organisations found={found} readers={readers} isSeated={false} />
        <Choice name="role" label={t('room.role')}>
          {SeatRole.options.map((role) => (
            <option key={role} value={role}>
              {t(`room.role-${role}`)}
            </option>
          ))}
        </Choice>
      </ActForm>
      <Asked outcome={outcome} />
    </>
  )
}

const Asked = ({ outcome }: { readonly outcome: Outcome | undefined }) => {
  const { t } = useShell()
  return (
    <p className="said" role="status">
      {outcome?.state === 'waiting' && t('room.invite-asked')}
    </p>
  )
}

function Recuse({ found, readers }: Props) {
  const { t, client } = useShell()
  const takeOut = async (fields: FormData) => {
    const body = { organisation: organisationIn(fields), reason: textOf(fields, 'reason') }
    await client(recuse, { params: paramsOf(found), body })
  }
  return (
    <>
      <p className="src">{t('room.recuse-hint')}</p>
      <ActForm submit={t('room.recuse')} deed={takeOut}>
        <Organisations found={found} readers={readers} isSeated />
        <LongField name="reason" label={t('room.why')} required />
      </ActForm>
    </>
  )
}

function Hear({ found, unheard }: Found & { readonly unheard: Room['room']['concerned'] }) {
  const { t, client } = useShell()
  const [outcome, setOutcome] = useState<Outcome>()
  const ask = async (fields: FormData) => {
    const body = { organisation: organisationIn(fields) }
    setOutcome(await client(hear, { params: paramsOf(found), body }))
  }
  return (
    <>
      <p className="src">{t('room.hear-hint')}</p>
      <ActForm submit={t('room.send-two')} deed={ask}>
        <Choice name="organisation" label={t('room.organisation')}>
          {unheard.map(({ organisation, name }) => (
            <option key={organisation} value={organisation}>
              {name}
            </option>
          ))}
        </Choice>
      </ActForm>
      <Asked outcome={outcome} />
    </>
  )
}

function Close({ found }: Found) {
  const { t, client } = useShell()
  const end = async (fields: FormData) => {
    const body = { words: textOf(fields, 'words') }
    await client(closeConsultation, { params: paramsOf(found), body })
  }
  return (
    <>
      <p className="src">{t('room.close-hint')}</p>
      <ActForm submit={t('room.close')} deed={end}>
        <LongField name="words" label={t('room.words')} required />
      </ActForm>
    </>
  )
}
