import { drawYears } from '@tocsin/charts/bars.ts'
import { drawMonths } from '@tocsin/charts/months.ts'
import { ticks } from '@tocsin/charts/scale.ts'
import type { Observation } from '@tocsin/domain/country.ts'
import { useShell } from '../shell/context.ts'
import { DrawingView } from '../shell/DrawingView.tsx'
import { formatNumber, formatPeriod } from '../shell/format.ts'
import { SourceNotes } from '../shell/SourceNote.tsx'
import type { HeldSeries } from './CountryPage.tsx'

const firstMonth = '2019-01'
const years = 6
const yearly = ['ucdp.deaths.state-based', 'ucdp.deaths.non-state', 'ucdp.deaths.one-sided']

/** Deaths in organised violence: by month, and by year from low to high. */
export function Violence(props: { readonly series: readonly HeldSeries[]; readonly name: string }) {
  const { t } = useShell()
  const monthly = props.series.find(({ series }) => series === 'ucdp.deaths.all')
  const kinds = props.series.filter(({ series }) => yearly.includes(series))
  return (
    <div className="cols cg2 sec">
      <section>
        <div className="h">
          <h2>{t('country.by-month')}</h2>
          <span className="more">{t('country.all-types')}</span>
        </div>
        {monthly ? (
          <ByMonth held={monthly} firmUntil={lastPeriod(kinds)} />
        ) : (
          <p className="two">{t('country.no-months')}</p>
        )}
      </section>
      <section>
        <div className="h">
          <h2>{t('country.by-year')}</h2>
        </div>
        {kinds.length > 0 ? (
          <ByYear kinds={kinds} />
        ) : (
          <p className="two">{t('country.no-years')}</p>
        )}
      </section>
    </div>
  )
}

/** The last year of the yearly release: months after it come from monthly releases, which are revised. */
const lastPeriod = (kinds: readonly HeldSeries[]): string | undefined =>
  kinds
    .flatMap(({ observations }) => observations.at(-1)?.period ?? [])
    .sort()
    .at(-1)

type ByMonthProps = { readonly held: HeldSeries; readonly firmUntil: string | undefined }

function ByMonth({ held, firmUntil }: ByMonthProps) {
  const { t, locale } = useShell()
  const recent = held.observations.filter(({ period }) => period >= firstMonth)
  const last = recent.at(-1)?.period ?? firstMonth
  const provisionalFrom = firmUntil && `${Number(firmUntil) + 1}-01`
  const peak = recent.reduce<Observation | undefined>(
    (highest, one) => (highest && highest.value >= one.value ? highest : one),
    undefined,
  )
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the keyboard */}
      <section className="mon scroll" tabIndex={0} aria-label={t('country.by-month')}>
        <DrawingView
          drawing={drawMonths({
            from: firstMonth,
            to: last,
            provisionalFrom,
            values: new Map(recent.map(({ period, value }) => [period, value])),
            label: t('country.months-label', {
              from: formatPeriod(locale, firstMonth),
              to: formatPeriod(locale, last),
              peak: formatNumber(locale, peak?.value ?? 0),
              month: formatPeriod(locale, peak?.period ?? last),
            }),
            tickLabel: (value) => formatNumber(locale, value),
          })}
        />
      </section>
      {provisionalFrom && last >= provisionalFrom && (
        <p className="src">
          {t('country.months-provisional', { from: formatPeriod(locale, provisionalFrom) })}
        </p>
      )}
      <details className="src">
        <summary>{t('app.as-table')}</summary>
        <Table rows={recent.toReversed()} />
      </details>
      <SourceNotes held={held} />
    </>
  )
}

function Table({ rows }: { readonly rows: readonly Observation[] }) {
  const { t, locale } = useShell()
  return (
    <table className="tb">
      <thead>
        <tr>
          <th scope="col">{t('app.period')}</th>
          <th scope="col" className="n">
            {t('app.low')}
          </th>
          <th scope="col" className="n">
            {t('app.best')}
          </th>
          <th scope="col" className="n">
            {t('app.high')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ period, value, low, high }) => (
          <tr key={period}>
            <td>
              <bdi>{formatPeriod(locale, period)}</bdi>
            </td>
            <td className="n">{low === null ? '' : formatNumber(locale, low)}</td>
            <td className="n">{formatNumber(locale, value)}</td>
            <td className="n">{high === null ? '' : formatNumber(locale, high)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function ByYear({ kinds }: { readonly kinds: readonly HeldSeries[] }) {
  const { t, locale } = useShell()
  const sums = sumByYear(kinds)
  const shown = sums.slice(-years)
  const highest = Math.max(1, ...shown.map(({ value, high }) => high ?? value))
  const [first] = kinds
  return (
    <>
      <DrawingView
        drawing={drawYears(
          shown.map(({ period, value, low, high }) => ({ year: period, best: value, low, high })),
          t('country.years-label'),
          (value) => formatNumber(locale, value),
          ticks(highest, 3),
        )}
      />
      <details className="src">
        <summary>{t('app.as-table')}</summary>
        <Table rows={sums.toReversed()} />
      </details>
      {first && <SourceNotes held={first} />}
    </>
  )
}

/** State-based, non-state and one-sided deaths of each year together. */
function sumByYear(kinds: readonly HeldSeries[]): Observation[] {
  const sums = new Map<string, Observation>()
  for (const { period, value, low, high } of kinds.flatMap(({ observations }) => observations)) {
    const sum = sums.get(period) ?? { period, value: 0, low: 0, high: 0 }
    sums.set(period, {
      period,
      value: sum.value + value,
      low: (sum.low ?? 0) + (low ?? value),
      high: (sum.high ?? 0) + (high ?? value),
    })
  }
  return [...sums.values()].sort((a, b) => (a.period < b.period ? -1 : 1))
}
