import type { Reader } from '@tocsin/api/matters.ts'
import { type Group, makeGroup } from '@tocsin/api/sharing.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { useState } from 'react'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { Field } from '../identity/Field.tsx'
import { type Outcome, OutcomeNote } from '../people/OutcomeNote.tsx'
import { useShell } from '../shell/context.ts'
import { Check } from './Check.tsx'
import { TakeOut } from './SharedAudienceItem.tsx'

type Props = {
  readonly own: OrganisationId
  readonly groups: readonly Group[]
  readonly readers: readonly Reader[]
}

/** The groups that can be named in place of their members, and how one is made and narrowed. */
export function GroupsPart({ own, groups, readers }: Props) {
  const { t, client } = useShell()
  const [outcome, setOutcome] = useState<Outcome>()
  const make = async (fields: FormData) => {
    const members = readers.flatMap(({ id }) => (fields.get(`in-${id}`) === 'on' ? [id] : []))
    setOutcome(await client(makeGroup, { body: { name: textOf(fields, 'name'), members } }))
  }
  return (
    <details className="sec">
      <summary>{t('sharing.share-groups')}</summary>
      <p className="two">{t('sharing.share-groups-about')}</p>
      {groups.length === 0 && <p>{t('sharing.share-group-none')}</p>}
      <ul className="audiences">
        {groups.map(({ id, name, organisation, owner, members }) => (
          <li key={id} className="audience">
            <h3>
              <bdi>{name}</bdi> <small className="mute">{owner}</small>
            </h3>
            {organisation === own ? (
              <TakeOut audience={id} members={members} />
            ) : (
              <p>{members.map((member) => member.name).join(', ')}</p>
            )}
          </li>
        ))}
      </ul>
      <h3>{t('sharing.share-group-make')}</h3>
      <ActForm submit={t('sharing.share-send')} deed={make}>
        <Field name="name" label={t('sharing.share-group-name')} maxLength={200} required />
        <fieldset>
          <legend className="vh">{t('sharing.share-members')}</legend>
          {readers
            .filter(({ id }) => id !== own)
            .map(({ id, name }) => (
              <Check key={id} name={`in-${id}`} label={name} />
            ))}
        </fieldset>
      </ActForm>
      {outcome && <OutcomeNote outcome={outcome} />}
    </details>
  )
}
