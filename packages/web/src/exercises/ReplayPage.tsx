import { useRouter } from '@tanstack/react-router'
import { type OpenedExercise, type ReplayLine, steerExercise } from '@tocsin/api/exercises.ts'
import type { StationTimes } from '@tocsin/domain/exercise.ts'
import { useEffect } from 'react'
import { formatSpan } from '../docket/span.ts'
import { ActButton, SureButton } from '../identity/ActButton.tsx'
import { Time } from '../identity/Time.tsx'
import { useShell } from '../shell/context.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { ExerciseBand } from './ExerciseBand.tsx'
import { standingOf } from './ExercisesPage.tsx'

/** How often a running replay is read anew while somebody looks at it. */
const LOOK_MS = 5_000

/** A past dossier as it reappears, with what the participants do beside what was done then. */
export function ReplayPage({ exercise, title, year, number, ...opened }: OpenedExercise) {
  const { t, client } = useShell()
  const router = useRouter()
  const { id, speed, played, entries } = exercise
  const state = standingOf(exercise)
  useEffect(() => {
    if (state !== 'running') return
    const timer = setInterval(() => void router.invalidate(), LOOK_MS)
    return () => clearInterval(timer)
  }, [state, router])
  const steer = (next: 'running' | 'paused' | 'over') => async () => {
    await client(steerExercise, { params: { exercise: id }, body: { state: next } })
  }
  return (
    <>
      <ExerciseBand speed={speed} />
      <Masthead
        path={<a href="/exercises">{t('exercises.title')}</a>}
        title={title}
        symbol={t('exercises.symbol', { year: String(year), number: String(number) })}
        marking={opened.marking}
        facts={[
          { name: t('exercises.state'), value: t(`exercises.state-${state}`) },
          { name: t('exercises.in-the-past'), value: <Time at={opened.originalNow} /> },
          { name: t('exercises.entries'), value: t('exercises.played', { played, entries }) },
        ]}
      />
      {state !== 'over' && (
        <section className="sec">
          <div className="acts">
            {state === 'running' ? (
              <ActButton deed={steer('paused')}>{t('exercises.pause')}</ActButton>
            ) : (
              <ActButton isMain deed={steer('running')}>
                {t('exercises.go-on')}
              </ActButton>
            )}
          </div>
          <SureButton
            act={t('exercises.end')}
            warning={t('exercises.end-warning')}
            deed={steer('over')}
          >
            {t('exercises.end')}
          </SureButton>
        </section>
      )}
      <Comparison stations={opened.stations} />
      <Record lines={opened.lines} />
    </>
  )
}

function Comparison({ stations }: { readonly stations: readonly StationTimes[] }) {
  const { t } = useShell()
  const span = (ms: number | null) => (ms === null ? t('exercises.not-reached') : formatSpan(t, ms))
  return (
    <section className="sec">
      <div className="h">
        <h2>{t('exercises.comparison')}</h2>
        <span className="more">{t('exercises.comparison-hint')}</span>
      </div>
      <table className="tb">
        <thead>
          <tr>
            <th scope="col">{t('exercises.step')}</th>
            <th scope="col">{t('exercises.then')}</th>
            <th scope="col">{t('exercises.now')}</th>
          </tr>
        </thead>
        <tbody>
          {stations.map(({ station, past, present }, n) => (
            <tr key={station}>
              <th scope="row">{t('exercises.station', { n, name: t(`station.${station}`) })}</th>
              <td className={past === null ? 'mute' : undefined}>{span(past)}</td>
              <td className={present === null ? 'mute' : undefined}>{span(present)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Record({ lines }: { readonly lines: readonly ReplayLine[] }) {
  const { t } = useShell()
  return (
    <section className="sec">
      <div className="h">
        <h2>{t('exercises.record')}</h2>
        <span className="more">{t('exercises.record-hint')}</span>
      </div>
      {lines.length === 0 && <p>{t('exercises.nothing-yet')}</p>}
      <ol className="replay">
        {lines.map((line, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries are only ever added to
          <li key={n} className={line.isThen ? 'then' : 'now'}>
            <p className="sm two">
              <b>{t(line.isThen ? 'exercises.then' : 'exercises.now')}</b> <Time at={line.at} />
            </p>
            <p>{t('exercises.by', { by: line.by, what: t(`record.${line.kind}`) })}</p>
            {line.text && (
              <p className="serif" dir="auto">
                {line.text}
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}
