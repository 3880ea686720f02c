import type { Reader } from '@tocsin/api/matters.ts'
import { isInAudience } from '@tocsin/domain/audience.ts'
import type { CountryCode, OrganisationId } from '@tocsin/domain/brand.ts'
import { isOfStateConcerned } from '@tocsin/domain/sharing.ts'
import { useState } from 'react'
import { useShell } from '../shell/context.ts'
import { AudienceSentence } from './AudienceSentence.tsx'

type Props = {
  readonly own: OrganisationId
  readonly readers: readonly Reader[]
  /** The State that the matter is about, as it is chosen at this moment. */
  readonly country: CountryCode | null
}

const choices = ['', 'audience', 'excluded'] as const
type Choice = (typeof choices)[number]

/** Who else may read, and who must not whatever is said later; the sentence says what comes of it. */
export function ReadersField({ own, readers, country }: Props) {
  const { t } = useShell()
  const [chosen, choose] = useState<Readonly<Record<string, Choice>>>({})
  const others = readers.filter(({ id }) => id !== own)
  const ids = (wanted: Choice) =>
    others.filter(({ id }) => (chosen[id] ?? '') === wanted).map(({ id }) => id)
  const rule = { organisation: own, audience: ids('audience'), excluded: ids('excluded') }
  const names = (wanted: (reader: Reader) => boolean) =>
    readers.filter(wanted).map(({ name }) => name)
  const isOut = ({ id }: Reader) => rule.excluded.includes(id)
  const self = readers.find(({ id }) => id === own) ?? { id: own, country: null }
  // Nothing leaves for an organisation of the State concerned unless that is said for itself.
  const isHeldBack = (reader: Reader) =>
    reader.isElsewhere &&
    isInAudience(rule, reader.id) &&
    isOfStateConcerned({ country }, self, reader)
  const reason = 'state-concerned' as const
  const notSent = readers
    .filter(isHeldBack)
    .map(({ id: organisation, name }) => ({ organisation, name, reason, from: null }))
  return (
    <fieldset className="readers">
      <legend>{t('open-matter.readers-legend')}</legend>
      <span className="hint">{t('open-matter.readers-hint')}</span>
      {others.length === 0 && <p className="two">{t('open-matter.readers-none')}</p>}
      {others.length > 0 && (
        <details className="sure">
          <summary>{t('open-matter.readers-choose', { n: others.length })}</summary>
          <ul>
            {others.map(({ id, name, kind }) => (
              <li key={id}>
                <label htmlFor={`reader-${id}`}>
                  {name} <small className="mute">{t(`people.kind-${kind}`)}</small>
                </label>
                <select
                  id={`reader-${id}`}
                  name={`reader-${id}`}
                  value={chosen[id] ?? ''}
                  onChange={({ target }) => choose({ ...chosen, [id]: target.value as Choice })}
                >
                  {choices.map((choice) => (
                    <option key={choice} value={choice}>
                      {t(`open-matter.readers-choice-${choice || 'no'}`)}
                    </option>
                  ))}
                </select>
              </li>
            ))}
          </ul>
        </details>
      )}
      <AudienceSentence
        visibleTo={names((reader) => isInAudience(rule, reader.id) && !isHeldBack(reader))}
        notVisibleTo={[
          ...names((reader) => !isInAudience(rule, reader.id) && !isOut(reader)),
          t('matter.public'),
        ]}
        leftOut={names(isOut)}
        notSent={notSent}
      />
    </fieldset>
  )
}

/** Whom the field names: those who may read, those who may pass on, and those who must not read. */
export function readersIn(
  fields: FormData,
  wanted: 'audience' | 'delegate' | 'excluded',
): OrganisationId[] {
  return [...fields].flatMap(([name, value]) =>
    name.startsWith('reader-') && value === wanted ? [name.slice(7) as OrganisationId] : [],
  )
}
