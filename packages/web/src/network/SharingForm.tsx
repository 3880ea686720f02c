import type { Reader } from '@tocsin/api/matters.ts'
import type { Outcome } from '@tocsin/api/people.ts'
import {
  type AudienceSentence,
  type SharingForm as Form,
  type Group,
  previewSharing,
  type SharedAudience,
  shareMatter,
} from '@tocsin/api/sharing.ts'
import type { Matter } from '@tocsin/domain/matter.ts'
import { plainTerms } from '@tocsin/domain/sharing.ts'
import { useState } from 'react'
import { readersIn } from '../docket/ReadersField.tsx'
import { ActButton } from '../identity/ActButton.tsx'
import { useReady } from '../identity/ActForm.tsx'
import { FaultNote } from '../identity/FaultNote.tsx'
import { NeedsScript } from '../identity/NeedsScript.tsx'
import { useAct } from '../identity/use-act.ts'
import { useShell } from '../shell/context.ts'
import { setApart } from '../shell/format.ts'
import { Check } from './Check.tsx'
import { SharingSentence } from './SharingSentence.tsx'
import { SharingTermsFields, termsIn } from './SharingTermsFields.tsx'
import type { SharingProposal } from './sharing-proposals.ts'

type Props = {
  readonly purpose: Form['purpose']
  readonly matter: Matter
  /** How the matter is shared at this moment; none where it is not. */
  readonly shared: SharedAudience | undefined
  readonly readers: readonly Reader[]
  readonly groups: readonly Group[]
  readonly proposals: readonly SharingProposal[]
}

/** What is chosen, then exactly who would get it, and only then the act. */
export function SharingForm({ purpose, matter, shared, readers, groups, proposals }: Props) {
  const { t, client, textOnly } = useShell()
  const { run, busy, fault } = useAct()
  const ready = useReady()
  const [shown, show] = useState<{ form: Form; sentence: AudienceSentence }>()
  const [outcome, setOutcome] = useState<Outcome>()
  if (textOnly) return <NeedsScript />
  const params = { matter: matter.id }
  const preview = (fields: FormData) =>
    run(async () => {
      setOutcome(undefined)
      const form = formOf(fields, { purpose, shared, groups })
      show({ form, sentence: await client(previewSharing, { params, body: form }) })
    })
  const send = async (body: Form) => {
    setOutcome(await client(shareMatter, { params, body }))
    show(undefined)
  }
  // Called back, it is asked for no more.
  const isAsked =
    outcome?.state === 'waiting' &&
    proposals.some(({ proposal }) => proposal.id === outcome.approval)
  return (
    <>
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
          <Members purpose={purpose} own={matter.organisation} readers={readers} shared={shared} />
          {groups.length > 0 && <Groups groups={groups} shared={shared} />}
          <SharingTermsFields matter={matter} shared={shared} />
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
          <p className="acts">
            <ActButton isMain deed={() => send(shown.form)}>
              {t('sharing.share-send')}
            </ActButton>
          </p>
        </div>
      )}
      <p className="said" role="status">
        {outcome?.state === 'done' && t('form.done')}
        {isAsked && t('sharing.share-asked')}
      </p>
    </>
  )
}

const choices = {
  readers: ['', 'audience', 'delegate', 'excluded'],
  'right-of-reply': ['', 'audience'],
} as const

type MembersProps = Pick<Props, 'purpose' | 'readers' | 'shared'> & { readonly own: string }

function Members({ purpose, own, readers, shared }: MembersProps) {
  const { t } = useShell()
  const chosen = (id: string) => {
    const is = (one: string) => one === id
    if (shared?.terms.excluded.some(is)) return 'excluded'
    if (shared?.terms.delegates.some(is)) return 'delegate'
    return shared?.terms.members.some(is) ? 'audience' : ''
  }
  const words = {
    '': t('open-matter.readers-choice-no'),
    audience: t('open-matter.readers-choice-audience'),
    delegate: t('sharing.share-choice-delegate'),
    excluded: t('open-matter.readers-choice-excluded'),
  }
  const others = readers.filter(({ id }) => id !== own)
  return (
    <fieldset className="readers">
      <legend className="vh">{t('sharing.share-members')}</legend>
      {others.length === 0 && <p className="two">{t('open-matter.readers-none')}</p>}
      <ul>
        {others.map(({ id, name, kind }) => (
          <li key={id}>
            <label htmlFor={`${purpose}-${id}`}>
              <bdi>{name}</bdi> <small className="mute">{t(`people.kind-${kind}`)}</small>
            </label>
            <select id={`${purpose}-${id}`} name={`reader-${id}`} defaultValue={chosen(id)}>
              {choices[purpose].map((choice) => (
                <option key={choice} value={choice}>
                  {words[choice]}
                </option>
              ))}
            </select>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

function Groups({ groups, shared }: Pick<Props, 'groups' | 'shared'>) {
  const { t, locale } = useShell()
  return (
    <fieldset>
      <legend>{t('sharing.share-groups')}</legend>
      <span className="hint">{t('sharing.share-groups-hint')}</span>
      {groups.map(({ id, name, owner, members }) => (
        <Check
          key={id}
          name={`group-${id}`}
          label={t('sharing.share-group-of', {
            name: setApart(name),
            owner: setApart(owner),
            members: new Intl.ListFormat(locale, { type: 'unit' }).format(
              members.map((member) => setApart(member.name)),
            ),
          })}
          isSet={shared?.terms.groups.includes(id)}
        />
      ))}
    </fieldset>
  )
}

/** What was chosen; what the form does not ask stays as it is. */
function formOf(
  fields: FormData,
  { purpose, shared, groups }: Pick<Props, 'purpose' | 'shared' | 'groups'>,
): Form {
  const { name: _, ...before } = shared?.terms ?? { ...plainTerms, name: '' }
  const { terms, ...said } = termsIn(fields)
  const delegates = readersIn(fields, 'delegate')
  return {
    purpose,
    terms: {
      ...before,
      ...terms,
      members: [...readersIn(fields, 'audience'), ...delegates],
      delegates,
      excluded: readersIn(fields, 'excluded'),
      groups: groups.flatMap(({ id }) => (fields.get(`group-${id}`) === 'on' ? [id] : [])),
      includesStateConcerned: purpose === 'right-of-reply',
    },
    ...said,
  }
}
