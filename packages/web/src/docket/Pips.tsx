import { Station, type Stations } from '@tocsin/domain/matter.ts'
import { useShell } from '../shell/context.ts'

type Props = { readonly stations: Stations; readonly isOverdue: boolean }

/** The eight stations in little: those reached, the one that is waited for, and whether it is late. */
export function Pips({ stations, isOverdue }: Props) {
  const { t } = useShell()
  const waited = Station.options.findIndex((station) => !stations[station])
  const station = Station.options[waited]
  const says = station
    ? t(isOverdue ? 'station.mark-overdue' : 'station.mark-running', {
        n: waited + 1,
        name: t(`station.${station}`),
      })
    : t('station.mark-complete')
  return (
    <span className="pips" role="img" aria-label={says}>
      {Station.options.map((one, index) => (
        <i key={one} className={markOf(stations, one, index === waited, isOverdue)} />
      ))}
    </span>
  )
}

function markOf(stations: Stations, station: Station, isWaited: boolean, isOverdue: boolean) {
  if (stations[station]) return 'd'
  if (isWaited) return isOverdue ? 'x' : 'r'
  return undefined
}
