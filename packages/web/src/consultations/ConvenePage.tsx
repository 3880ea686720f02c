import { useRouter } from '@tanstack/react-router'
import { convene, previewConsultation } from '@tocsin/api/consultations.ts'
import type { Reader } from '@tocsin/api/matters.ts'
import type { Output } from '@tocsin/api/route.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import type { ConsultationId, Convening } from '@tocsin/domain/consultation.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { Matter } from '@tocsin/domain/matter.ts'
import { isOfStateConcerned } from '@tocsin/domain/sharing.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { useRef, useState } from 'react'
import { LongField } from '../docket/LongField.tsx'
import { ActButton } from '../identity/ActButton.tsx'
import { textOf, useReady } from '../identity/ActForm.tsx'
import { FaultNote } from '../identity/FaultNote.tsx'
import { Field } from '../identity/Field.tsx'
import { NeedsScript } from '../identity/NeedsScript.tsx'
import { StepUp } from '../identity/StepUp.tsx'
import { useAct } from '../identity/use-act.ts'
import { SharingSentence } from '../network/SharingSentence.tsx'
import { useShell } from '../shell/context.ts'
import { setApart } from '../shell/format.ts'
import { Masthead } from '../shell/Masthead.tsx'

type Props = { readonly matter: Matter; readonly readers: readonly Reader[] }
type Shown = { readonly body: Convening; readonly preview: Output<typeof previewConsultation> }

/** Opens a consultation on a matter: what is asked and of whom, then exactly who would see it, then the act. */
export function ConvenePage({ matter, readers }: Props) {
  const { t } = useShell()
  const symbol = symbolOf('M', matter)
  return (
    <StepUp>
      <Masthead
        path={
          <>
            <a href="/matters">{t('matters.title')}</a>
            {' / '}
            <a href={`/matters/${matter.id}`}>
              <bdi>{symbol}</bdi>
            </a>
          </>
        }
        title={t('room.convene')}
        lede={t('room.convene-lede', { matter: setApart(`${symbol}, ${matter.title}`) })}
        marking={matter.marking}
        facts={[]}
      />
      <ConveneForm matter={matter} readers={readers} />
    </StepUp>
  )
}

function ConveneForm({ matter, readers }: Props) {
  const { t, client, textOnly } = useShell()
  const router = useRouter()
  const { run, busy, fault } = useAct()
  const ready = useReady()
  const id = useRef(newId<ConsultationId>())
  const [shown, show] = useState<Shown>()
  const [isAsked, setAsked] = useState(false)
  if (textOnly) return <NeedsScript />
  const params = { matter: matter.id }
  const preview = (fields: FormData) =>
    run(async () => {
      setAsked(false)
      const body = conveningIn(fields, id.current)
      show({ body, preview: await client(previewConsultation, { params, body }) })
    })
  const send = async (body: Convening) => {
    const outcome = await client(convene, { params, body })
    show(undefined)
    if (outcome.state === 'waiting') setAsked(true)
    else await router.navigate({ href: `/consultations/${body.id}` })
  }
  return (
    <div className="sec intake">
      <form
        method="post"
        className="form share"
        // What is sent is what was shown: after a change it is shown anew.
        onChange={() => show(undefined)}
        onSubmit={(event) => {
          event.preventDefault()
          void preview(new FormData(event.currentTarget))
        }}
      >
        <noscript>
          <NeedsScript />
        </noscript>
        <fieldset disabled={!ready}>
          <Field name="title" label={t('room.title')} maxLength={200} required />
          <LongField name="request" label={t('room.request')} required />
          <Organisations matter={matter} readers={readers} />
          <LongField
            name="reason"
            label={t('room.reason')}
            hint={t('room.reason-hint')}
            rows={2}
            maxLength={2000}
          />
          <LongField name="agenda" label={t('room.agenda-field')} hint={t('room.agenda-hint')} />
          <button type="submit" className="b" aria-disabled={busy}>
            {busy ? t('form.busy') : t('room.show')}
          </button>
        </fieldset>
        <FaultNote fault={fault} />
      </form>
      {shown && (
        <div className="spoken" role="status">
          <h3>{t('room.would')}</h3>
          <SharingSentence sentence={shown.preview.sentence} />
          <p>{t(shown.preview.takesTwo ? 'room.takes-two' : 'room.takes-one')}</p>
          <p className="acts">
            <ActButton isMain deed={() => send(shown.body)}>
              {t(shown.preview.takesTwo ? 'room.send-two' : 'room.convene')}
            </ActButton>
          </p>
        </div>
      )}
      <p className="said" role="status">
        {isAsked && t('room.asked')}
      </p>
    </div>
  )
}

const roles = ['none', 'participant', 'observer', 'recused', 'heard'] as const
type Role = (typeof roles)[number]
const concernedRoles: readonly Role[] = ['none', 'recused', 'heard']

/** Who is invited; an organisation of the State concerned is heard apart, or not told at all. */
function Organisations({ matter, readers }: Props) {
  const { t } = useShell()
  const own = readers.find(({ id }) => id === matter.organisation) ?? {
    id: matter.organisation,
    country: null,
  }
  const others = readers.filter(({ id }) => id !== matter.organisation)
  return (
    <fieldset className="readers seats">
      <legend>{t('room.who')}</legend>
      {others.length === 0 && <p className="two">{t('room.who-none')}</p>}
      <ul>
        {others.map((reader) => {
          const isConcerned = isOfStateConcerned(matter, own, reader)
          return (
            <li key={reader.id}>
              <label htmlFor={`seat-${reader.id}`}>
                <bdi>{reader.name}</bdi>{' '}
                <small className="mute">{t(`people.kind-${reader.kind}`)}</small>
              </label>
              <select
                id={`seat-${reader.id}`}
                name={`seat-${reader.id}`}
                defaultValue={isConcerned ? 'recused' : 'none'}
              >
                {(isConcerned ? concernedRoles : roles).map((role) => (
                  <option key={role} value={role}>
                    {t(`room.role-${role}`)}
                  </option>
                ))}
              </select>
            </li>
          )
        })}
      </ul>
    </fieldset>
  )
}

function conveningIn(fields: FormData, id: ConsultationId): Convening {
  const inRole = (...wanted: Role[]) =>
    [...fields].flatMap(([name, value]) =>
      name.startsWith('seat-') && wanted.includes(value as Role)
        ? [name.slice(5) as OrganisationId]
        : [],
    )
  const heard = inRole('heard')
  const reason = textOf(fields, 'reason')
  return {
    id,
    title: textOf(fields, 'title'),
    request: textOf(fields, 'request'),
    participants: inRole('participant'),
    observers: inRole('observer'),
    concerned: inRole('recused', 'heard').map((organisation) => ({
      organisation,
      reason,
      isHeard: heard.includes(organisation),
    })),
    agenda: textOf(fields, 'agenda')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  }
}
