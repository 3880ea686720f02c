import { useReady } from '../identity/ActForm.tsx'
import { useShell } from '../shell/context.ts'
import { formatDay } from '../shell/format.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { DoorsPart, type OpenDoors } from './DoorsPart.tsx'

/** The doors of one State as a page of their own, to be printed and cited. */
export function DoorsPage({ doors }: { readonly doors: OpenDoors }) {
  const { t, locale } = useShell()
  const ready = useReady()
  const { state, day, regional, universal } = doors
  const name = state.names[locale] ?? state.state
  const isFictional = regional.some(({ body }) => body.isFictional)
  return (
    <>
      <Masthead
        path={
          <>
            <a href="/world">{t('app.world')}</a>
            {' / '}
            {isFictional ? name : <a href={`/country/${state.state}`}>{name}</a>}
          </>
        }
        title={t('doors.of', { state: name })}
        symbol={`TCN/DRS/${state.state}/${day}`}
        facts={[
          { name: t('bodies.day'), value: formatDay(locale, day) },
          { name: t('bodies.count'), value: regional.length + universal.length },
        ]}
      />
      <p className="acts noprint">
        <button type="button" className="b" disabled={!ready} onClick={() => window.print()}>
          {t('doors.print')}
        </button>
        <a className="b" href="/bodies">
          {t('bodies.title')}
        </a>
      </p>
      <DoorsPart doors={doors} action={`/country/${state.state}/doors`} />
    </>
  )
}
