import { symbolOf } from '@tocsin/domain/symbol.ts'
import { addressTo } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { formatDay } from '../shell/format.ts'
import type { DeskProps } from './LiaisonPage.tsx'
import { NoteStanding } from './NoteStanding.tsx'

/** The notes to the Office and where each stands; by which way they go is said first. */
export function ExchangePart({ desk, mayWork }: DeskProps) {
  const { t, locale } = useShell()
  const { notes, matters, requests } = desk
  const came = requests.filter(({ direction }) => direction === 'from-office')
  return (
    <section className="sec" id="exchange" aria-labelledby="exchange-title">
      <div className="h">
        <h2 id="exchange-title">{t('liaison.exchange')}</h2>
      </div>
      <p className="note by-hand">
        {t(desk.offices.length > 0 ? 'liaison.by-network-note' : 'liaison.by-hand')}
      </p>
      <h3 className="sub">{t('liaison.direction-to-office')}</h3>
      {notes.length === 0 && <p>{t('liaison.exchange-none')}</p>}
      <ul className="list liaison-list">
        {notes.map((note) => (
          <li key={note.id}>
            <h3>
              <a href={addressTo(`/matters/${note.matter}/liaison`, { note: note.id })} dir="auto">
                <bdi>{symbolOf('M', note)}</bdi>
                {` · ${note.title}`}
              </a>
            </h3>
            <NoteStanding note={note} />
          </li>
        ))}
      </ul>
      <h3 className="sub">{t('liaison.direction-from-office')}</h3>
      {came.length === 0 && <p>{t('liaison.exchange-nothing-came')}</p>}
      <ul className="plan-said">
        {came.map(({ id, subject, cameOn, state }) => (
          <li key={id}>
            <a href="#requests" dir="auto">
              {subject}
            </a>{' '}
            <span className={state === 'answered' ? 'chip ok' : 'chip'}>
              {t(`liaison.state-${state}`)}
            </span>
            {cameOn && (
              <span className="block two sm">
                {t('liaison.came-on-day', { day: formatDay(locale, cameOn) })}
              </span>
            )}
          </li>
        ))}
      </ul>
      {mayWork && (
        <div className="noprint">
          <h3 className="sub">{t('liaison.make')}</h3>
          <p>{t(matters.length > 0 ? 'liaison.exchange-from' : 'liaison.exchange-no-matter')}</p>
          <ul className="plan-said">
            {matters.map((one) => (
              <li key={one.id}>
                <a href={`/matters/${one.id}/liaison`} dir="auto">
                  <bdi>{symbolOf('M', one)}</bdi>
                  {` · ${one.title}`}
                </a>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}
