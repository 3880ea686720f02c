import { useShell } from '../shell/context.ts'
import { formatNumber } from '../shell/format.ts'
import { SourceNotes } from '../shell/SourceNote.tsx'
import type { HeldSeries } from './CountryPage.tsx'
import { seriesName } from './driver-name.ts'

/** The latest figure of every other series, beside the one before, with its source. */
export function Indicators({ series }: { readonly series: readonly HeldSeries[] }) {
  const { t } = useShell()
  const shown = series.filter((held) => !held.series.startsWith('ucdp.'))
  return (
    <section className="sec">
      <div className="h">
        <h2>{t('country.indicators')}</h2>
        <span className="more">{t('country.indicators-note')}</span>
      </div>
      {shown.length === 0 && <p className="two">{t('country.no-indicators')}</p>}
      <ul className="ind">
        {shown.map((held) => (
          <Indicator key={held.series} held={held} />
        ))}
      </ul>
    </section>
  )
}

function Indicator({ held }: { readonly held: HeldSeries }) {
  const shell = useShell()
  const { t, locale } = shell
  const [before, latest] = held.observations.slice(-2)
  const last = latest ?? before
  if (!last) return null
  const digits = digitsFor(last.value)
  const name = (value: number) => formatNumber(locale, value, digits)
  return (
    <li>
      <b>{seriesName(shell, held.series)}</b>
      <span className="big">{name(last.value)}</span>
      <small>
        {last.low !== null && last.high !== null
          ? t('country.between', { low: name(last.low), high: name(last.high), year: last.period })
          : t('country.in-year', { year: last.period })}
        {latest &&
          before &&
          ` ${t('country.year-before', { value: name(before.value), year: before.period })}`}
      </small>
      <SourceNotes held={held} />
    </li>
  )
}

/** Shares to three digits, counts whole, the rest to one. */
function digitsFor(value: number): number {
  if (value < 1) return 3
  return Number.isInteger(value) || value >= 1000 ? 0 : 1
}
