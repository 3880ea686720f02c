import type { OpenedMatter } from '@tocsin/api/docket.ts'
import { drawStop, drawTrack, type RailStop, railOf } from '@tocsin/charts/rail.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import { type RunningClock, Station } from '@tocsin/domain/matter.ts'
import { owedBy } from '@tocsin/domain/notification.ts'
import type { ClockKind } from '@tocsin/domain/service-clock.ts'
import { formatSpan } from '../docket/span.ts'
import { useShell } from '../shell/context.ts'
import { DrawingView } from '../shell/DrawingView.tsx'
import { formatShortDay, timeOf } from './moment.ts'

/** The station that each kind of clock leads to. */
const clockOf: Readonly<Partial<Record<Station, ClockKind>>> = {
  acknowledged: 'acknowledge',
  consulted: 'consult',
  decided: 'decide',
  reviewed: 'review',
}

type Props = Pick<OpenedMatter, 'asOf' | 'matter' | 'clocks' | 'notifications' | 'warnings'>

/** The eight stations, how long each took, and what is still waited for. */
export function Rail(opened: Props) {
  const { t } = useShell()
  const { asOf, matter, clocks } = opened
  const firstOf = (station: Station) => clocks.find(({ kind }) => kind === clockOf[station])
  const stations = Station.options.map((station) => {
    const reached = matter.stations[station]
    const clock = firstOf(station)
    return {
      recurs: station === 'reviewed',
      reachedAt: reached ? Date.parse(reached) : null,
      clock: clock
        ? { startedAt: Date.parse(clock.startedAt), dueAt: Date.parse(clock.dueAt) }
        : null,
    }
  })
  const rail = railOf(stations, Date.parse(asOf))
  return (
    <ol className="rail" aria-label={t('matter.rail')}>
      {Station.options.map((station, index) => {
        const stop = rail[index]
        return (
          stop && <Stop key={station} {...{ station, stop, opened }} clock={firstOf(station)} />
        )
      })}
    </ol>
  )
}

type StopProps = {
  readonly station: Station
  readonly stop: RailStop
  readonly clock: RunningClock | undefined
  readonly opened: Props
}

function Stop({ station, stop, clock, opened }: StopProps) {
  const { t, locale } = useShell()
  const { asOf, matter } = opened
  const moment = (at: Instant) => `${formatShortDay(locale, at, asOf)}, ${timeOf(at)}`
  const reached = matter.stations[station]
  const counted = countOf(station, opened)
  return (
    <li className={stop.state}>
      <span className="dur">
        {stop.left === null && stop.took !== null && formatSpan(t, stop.took)}
        {stop.left !== null &&
          t(stop.left > 0 ? 'span.left' : 'span.over', {
            span: formatSpan(t, Math.abs(stop.left)),
          })}
      </span>
      <span className="track">
        <DrawingView drawing={drawTrack(stop)} />
        <DrawingView drawing={drawStop(stop)} />
      </span>
      <b>{t(`station.${station}`)}</b>
      <span className="tm">
        {counted ?? (reached && moment(reached))}
        {!counted && !reached && clock && t('matter.due-at', { at: moment(clock.dueAt) })}
        {stop.state === 'not-started' && t('matter.not-started')}
        {stop.state === 'skipped' && t('matter.passed-by')}
      </span>
      <small>
        {[stop.state === 'overdue' && t('matter.overdue'), clock?.waitingFor]
          .filter(Boolean)
          .join(': ')}
      </small>
    </li>
  )
}

/** How many of those told have acknowledged, or answered, as long as somebody is waited for. */
function countOf(station: Station, { notifications, warnings }: Props): string | undefined {
  if (station !== 'acknowledged' && station !== 'decided') return undefined
  const standing = warnings.filter(({ state }) => state === 'sent' || state === 'expired')
  const told = notifications.filter(({ warning }) => standing.some(({ id }) => id === warning))
  const owing = told.filter((one) => owedBy(one) !== undefined)
  if (owing.length === 0) return undefined
  const done = told.filter((one) =>
    station === 'acknowledged' ? one.acknowledgedAt !== null : one.answeredAt !== null,
  )
  if (done.length === 0 || done.length === told.length) return undefined
  return `${done.length} / ${told.length}`
}
