import type { Times } from '@tocsin/domain/times.ts'
import { useShell } from '../shell/context.ts'
import { formatNumber } from '../shell/format.ts'
import { formatMinutes } from './format-minutes.ts'

type Heads = {
  readonly n: 'times.n' | 'times.matters'
  readonly happened: 'times.happened' | 'times.taken'
  readonly waiting: 'times.waiting' | 'times.open'
  readonly ended: 'times.ended' | 'times.closed'
}

/** The heads of the columns that every table of times has. */
export function FigureHeads(heads: Heads) {
  const { t } = useShell()
  const names = [heads.n, heads.happened, heads.waiting, heads.ended] as const
  return [...names, 'times.median' as const, 'times.p90' as const].map((name) => (
    <th key={name} scope="col" className="n">
      {t(name)}
    </th>
  ))
}

/** Counts, and by when half and nine in ten had answered. */
export function FigureCells({ times }: { readonly times: Times }) {
  const { t, locale } = useShell()
  const { n, happened, waiting, ended, medianMinutes, p90Minutes } = times
  const counts = { n, happened, waiting, ended }
  return (
    <>
      {Object.entries(counts).map(([name, value]) => (
        <td key={name} className="n">
          {formatNumber(locale, value)}
        </td>
      ))}
      {[medianMinutes, p90Minutes].map((minutes, index) => (
        <td key={index === 0 ? 'median' : 'p90'} className="n nw">
          {minutes === null ? (
            <span className="mute">{t('times.not-reached')}</span>
          ) : (
            formatMinutes(t, minutes)
          )}
        </td>
      ))}
    </>
  )
}
