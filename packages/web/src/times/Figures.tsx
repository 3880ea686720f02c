import type { Times } from '@tocsin/domain/times.ts'
import { useShell } from '../shell/context.ts'
import { formatNumber } from '../shell/format.ts'
import { formatMinutes } from './format-minutes.ts'

type CountName =
  | 'times.n'
  | 'times.matters'
  | 'times.happened'
  | 'times.taken'
  | 'times.waiting'
  | 'times.open'
  | 'times.ended'
  | 'times.closed'

/** Heads of columns of figures. */
export function Heads(props: {
  readonly names: readonly (CountName | 'times.median' | 'times.p90' | 'times.in-time')[]
}) {
  const { t } = useShell()
  return props.names.map((name) => (
    <th key={name} scope="col" className="n">
      {t(name)}
    </th>
  ))
}

/** By when half and nine in ten had answered. */
export function TimeCells({ medianMinutes, p90Minutes }: Times) {
  return (
    <>
      <TimeCell minutes={medianMinutes} />
      <TimeCell minutes={p90Minutes} />
    </>
  )
}

function TimeCell({ minutes }: { readonly minutes: number | null }) {
  const { t } = useShell()
  if (minutes === null) return <td className="n nw mute">{t('times.not-reached')}</td>
  return <td className="n nw">{formatMinutes(t, minutes)}</td>
}

/** Of how many that is said. */
export function CountCells({ n, happened, waiting, ended }: Times) {
  const { locale } = useShell()
  return Object.entries({ n, happened, waiting, ended }).map(([name, value]) => (
    <td key={name} className="n">
      {formatNumber(locale, value)}
    </td>
  ))
}
