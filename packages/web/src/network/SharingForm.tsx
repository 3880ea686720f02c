import type { Reader } from '@tocsin/api/matters.ts'
import type { Outcome } from '@tocsin/api/people.ts'
import {
  type AudienceSentence,
  type SharingForm as Form,
  previewSharing,
  type SharedAudience,
  shareMatter,
} from '@tocsin/api/sharing.ts'
import { Marking } from '@tocsin/domain/audience.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import type { Matter } from '@tocsin/domain/matter.ts'
import { ReshareRule } from '@tocsin/domain/network.ts'
import type { Redactable } from '@tocsin/domain/redaction.ts'
import { plainTerms } from '@tocsin/domain/sharing.ts'
import { useState } from 'react'
import { readersIn } from '../docket/ReadersField.tsx'
import { ActButton } from '../identity/ActButton.tsx'
import { textOf, useReady } from '../identity/ActForm.tsx'
import { FaultNote } from '../identity/FaultNote.tsx'
import { Choice, Field } from '../identity/Field.tsx'
import { NeedsScript } from '../identity/NeedsScript.tsx'
import { useAct } from '../identity/use-act.ts'
import { useShell } from '../shell/context.ts'
import { SharingSentence } from './SharingSentence.tsx'

type Props = {
  readonly matter: Matter
  /** How the matter is shared at this moment; none where it is not. */
  readonly shared: SharedAudience | undefined
  readonly readers: readonly Reader[]
}

/** The parts of a matter that can be left out; the others are parts of a report. */
const parts: readonly Redactable[] = [
  'summary',
  'place',
  'country',
  'certainty',
  'review',
  'attachments',
]

/** What is chosen, then exactly who would get it, and only then the act. */
export function SharingForm({ matter, shared, readers }: Props) {
  const { t, client, textOnly } = useShell()
  const { run, busy, fault } = useAct()
  const ready = useReady()
  const [shown, show] = useState<{ form: Form; sentence: AudienceSentence }>()
  const [outcome, setOutcome] = useState<Outcome>()
  if (textOnly) return <NeedsScript />
  const params = { matter: matter.id }
  const preview = (fields: FormData) =>
    run(async () => {
      const form = formOf(fields, shared)
      show({ form, sentence: await client(previewSharing, { params, body: form }) })
    })
  return (
    <section className="sec">
      <div className="h">
        <h2>{t('sharing.share-members')}</h2>
      </div>
      <form
        method="post"
        className="form share"
        // What is sent is what was shown: after a change it is shown anew.
        onChange={() => {
          show(undefined)
          setOutcome(undefined)
        }}
        onSubmit={(event) => {
          event.preventDefault()
          void preview(new FormData(event.currentTarget))
        }}
      >
        <noscript>
          <NeedsScript />
        </noscript>
        <fieldset disabled={!ready}>
          <Members own={matter.organisation} readers={readers} shared={shared} />
          <Terms matter={matter} shared={shared} />
          <button type="submit" className="b" aria-disabled={busy}>
            {busy ? t('form.busy') : t('sharing.share-preview')}
          </button>
        </fieldset>
        <FaultNote fault={fault} />
      </form>
      {shown && (
        <div className="spoken" role="status">
          <h3>{t('sharing.share-would')}</h3>
          <SharingSentence sentence={shown.sentence} />
          <p>{t('withdrawal.before-sharing')}</p>
          <p className="two">{t('sharing.share-delay')}</p>
          {outcome?.state === 'waiting' && <p>{t('sharing.share-asked')}</p>}
          {outcome?.state === 'done' && <p>{t('form.done')}</p>}
          {!outcome && (
            <p className="acts">
              <ActButton
                isMain
                deed={async () =>
                  setOutcome(await client(shareMatter, { params, body: shown.form }))
                }
              >
                {t('sharing.share-send')}
              </ActButton>
            </p>
          )}
        </div>
      )}
    </section>
  )
}

const choices = ['', 'audience', 'excluded'] as const

function Members({
  own,
  readers,
  shared,
}: Pick<Props, 'readers' | 'shared'> & { readonly own: string }) {
  const { t } = useShell()
  const chosen = (id: string) => {
    const terms = shared?.terms ?? { members: [], excluded: [] }
    if (terms.excluded.some((one) => one === id)) return 'excluded'
    return terms.members.some((one) => one === id) ? 'audience' : ''
  }
  const others = readers.filter(({ id }) => id !== own)
  return (
    <fieldset className="readers">
      <legend className="vh">{t('sharing.share-members')}</legend>
      {others.length === 0 && <p className="two">{t('open-matter.readers-none')}</p>}
      <ul>
        {others.map(({ id, name, kind }) => (
          <li key={id}>
            <label htmlFor={`reader-${id}`}>
              <bdi>{name}</bdi> <small className="mute">{t(`people.kind-${kind}`)}</small>
            </label>
            <select id={`reader-${id}`} name={`reader-${id}`} defaultValue={chosen(id)}>
              {choices.map((choice) => (
                <option key={choice} value={choice}>
                  {t(`open-matter.readers-choice-${choice || 'no'}`)}
                </option>
              ))}
            </select>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

function Terms({ matter, shared }: Pick<Props, 'matter' | 'shared'>) {
  const { t } = useShell()
  const terms = shared?.terms
  return (
    <>
      <fieldset>
        <legend>{t('sharing.share-terms')}</legend>
        <Choice
          name="ceiling"
          label={t('sharing.share-ceiling')}
          defaultValue={terms?.ceiling ?? matter.marking}
        >
          {Marking.options.map((marking) => (
            <option key={marking}>{marking}</option>
          ))}
        </Choice>
        <Choice
          name="reshare"
          label={t('sharing.share-reshare')}
          defaultValue={terms?.reshare ?? plainTerms.reshare}
        >
          {ReshareRule.options.map((rule) => (
            <option key={rule} value={rule}>
              {t(`shared.reshare-${rule}`)}
            </option>
          ))}
        </Choice>
        <Field
          name="expires"
          label={t('sharing.share-expires')}
          type="date"
          defaultValue={terms?.expiresAt?.slice(0, 10)}
        />
        <Check
          name="roster-closed"
          label={t('sharing.share-roster-closed')}
          isSet={terms?.isRosterClosed}
        />
        <Check
          name="author-withheld"
          label={t('sharing.share-author-withheld')}
          isSet={terms?.isAuthorWithheld}
        />
        <Check name="asks" label={t('sharing.share-asks-who-read')} isSet={shared?.asksWhoRead} />
      </fieldset>
      <fieldset>
        <legend>{t('sharing.share-leave-out')}</legend>
        <span className="hint">{t('sharing.share-leave-out-hint')}</span>
        {parts.map((part) => (
          <Check
            key={part}
            name={part}
            label={t(`sharing.redacted-${part}`)}
            isSet={shared?.redacted.includes(part)}
          />
        ))}
      </fieldset>
    </>
  )
}

type CheckProps = {
  readonly name: string
  readonly label: string
  readonly isSet?: boolean | undefined
}

const Check = ({ name, label, isSet }: CheckProps) => (
  <label className="check">
    <input type="checkbox" name={name} defaultChecked={isSet} />
    {label}
  </label>
)

/** What was chosen; what this form does not ask stays as it is. */
function formOf(fields: FormData, shared: SharedAudience | undefined): Form {
  const isSet = (name: string) => fields.get(name) === 'on'
  const { name: _, ...terms } = shared?.terms ?? { ...plainTerms, name: '' }
  const day = textOf(fields, 'expires')
  return {
    purpose: 'readers',
    terms: {
      ...terms,
      members: readersIn(fields, 'audience'),
      excluded: readersIn(fields, 'excluded'),
      ceiling: Marking.parse(textOf(fields, 'ceiling')),
      reshare: ReshareRule.parse(textOf(fields, 'reshare')),
      // To the end of that day.
      expiresAt: day ? (`${day}T23:59:59.000Z` as Instant) : null,
      isRosterClosed: isSet('roster-closed'),
      isAuthorWithheld: isSet('author-withheld'),
    },
    redacted: parts.filter(isSet),
    asksWhoRead: isSet('asks'),
  }
}
