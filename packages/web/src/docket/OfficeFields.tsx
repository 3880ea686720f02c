import type { Office } from '@tocsin/api/warnings.ts'
import type { PostId } from '@tocsin/domain/people.ts'
import type { ClockSettings } from '@tocsin/domain/service-clock.ts'
import type { Translate } from '@tocsin/i18n/translate.ts'
import { useId } from 'react'
import { useShell } from '../shell/context.ts'

type Offices = ClockSettings['offices']
const named = ['minister-office', 'regional-desk', 'un-desk', 'bypass'] as const

type Props = {
  readonly chosen: Offices
  readonly offices: readonly Office[]
  readonly change: (chosen: Offices) => void
}

/** Which offices stand behind the rungs that name one. */
export function OfficeFields({ chosen, offices, change }: Props) {
  const { t } = useShell()
  const id = useId()
  return (
    <section className="sec">
      <div className="h">
        <h2>{t('clocks.offices')}</h2>
        <span className="more">{t('clocks.offices-hint')}</span>
      </div>
      <div className="clock-offices">
        {named.map((office) => (
          <div className="f" key={office}>
            <label htmlFor={`${id}-${office}`}>
              {office === 'bypass' ? t('clocks.bypass') : t(`rung.${office}`)}
            </label>
            <select
              id={`${id}-${office}`}
              value={chosen[office] ?? ''}
              onChange={({ target }) =>
                change({ ...chosen, [office]: (target.value || null) as PostId | null })
              }
            >
              <option value="">{t('clocks.nobody')}</option>
              {offices.map((one) => (
                <option key={one.post} value={one.post}>
                  {officeName(t, one)}
                </option>
              ))}
            </select>
          </div>
        ))}
      </div>
    </section>
  )
}

/** An office in words, and that nobody holds it where nobody does. */
export function officeName(t: Translate, { title, organisationName, isHeld }: Office): string {
  const values = { title, organisation: organisationName }
  return t(isHeld ? 'clocks.office-named' : 'clocks.office-vacant', values)
}
