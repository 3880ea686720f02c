import { Link } from '@tanstack/react-router'
import type { getScores } from '@tocsin/api/risk.ts'
import type { Output } from '@tocsin/api/route.ts'
import { drawCalibration } from '@tocsin/charts/calibration-plot.ts'
import type { Country } from '@tocsin/domain/country.ts'
import { useShell } from '../shell/context.ts'
import { DrawingView } from '../shell/DrawingView.tsx'
import { formatNumber, formatPercent } from '../shell/format.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { nameOf } from './world-rows.ts'

type Scores = Output<typeof getScores>
type Definition = keyof Scores['definitions']

const definitions = ['A', 'R', 'B'] as const

/** How the method did on years it had not seen, beside what anybody could have guessed. */
export function ScoresPage(props: {
  readonly scores: Scores
  readonly places: readonly Country[]
}) {
  const { t } = useShell()
  const { edition, definitions: records, baselines } = props.scores
  return (
    <>
      <Masthead
        path={<Link to="/world">{t('app.world')}</Link>}
        title={t('scores.title')}
        lede={t('scores.lede')}
        facts={[{ name: t('world.edition'), value: edition.id }]}
      />
      <section className="sec">
        <div className="h">
          <h2>{t('scores.pooled')}</h2>
        </div>
        <dl className="defs">
          {definitions.map((definition) => (
            <div key={definition}>
              <dt>{t(`scores.definition-${definition}`)}</dt>
              <dd>{t(`scores.definition-${definition}-text`)}</dd>
            </div>
          ))}
        </dl>
        <PooledTable records={records} baselines={baselines} />
        <p className="src">{t('scores.ties')}</p>
      </section>
      <div className="cols cg3 sec">
        {definitions.map((definition) => (
          <Calibration key={definition} definition={definition} record={records[definition]} />
        ))}
      </div>
      <div className="cols cg3 sec" id="misses">
        {definitions.map((definition) => (
          <Misses
            key={definition}
            definition={definition}
            record={records[definition]}
            places={props.places}
          />
        ))}
      </div>
    </>
  )
}

function PooledTable(props: {
  readonly records: Scores['definitions']
  readonly baselines: Scores['baselines']
}) {
  const { t, locale } = useShell()
  const columns = [
    'rows',
    'auc',
    'within',
    'ap',
    'brier',
    'log-loss',
    'ratio',
    'top10',
    'top20',
    'top30',
  ] as const
  const number = (value: number, digits: number) => formatNumber(locale, value, digits)
  const of = (caught: number, all: number) =>
    t('scores.of', { caught: number(caught, Number.isInteger(caught) ? 0 : 1), all })
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the keyboard
    <section className="scroll" tabIndex={0} aria-label={t('scores.pooled')}>
      <table className="tb">
        <thead>
          <tr>
            <th scope="col">{t('scores.ranking')}</th>
            {columns.map((column) => (
              <th key={column} scope="col" className="n">
                {t(`scores.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {definitions.map((definition) => {
            const { pooled } = props.records[definition]
            const { positives, caught } = pooled
            return (
              <tr key={definition}>
                <th scope="row">{t(`scores.definition-${definition}`)}</th>
                <td className="n">{of(positives, pooled.rows)}</td>
                <td className="n">{number(pooled.auc, 3)}</td>
                <td className="n">{number(pooled.withinYearAuc, 3)}</td>
                <td className="n">{number(pooled.averagePrecision, 3)}</td>
                <td className="n">
                  {t('scores.against', {
                    value: number(pooled.brier, 4),
                    base: number(pooled.brierOfBaseRate, 4),
                  })}
                </td>
                <td className="n">
                  {t('scores.against', {
                    value: number(pooled.logLoss, 4),
                    base: number(pooled.logLossOfBaseRate, 4),
                  })}
                </td>
                <td className="n">
                  {definition === 'B' ? number(pooled.expectedOverObserved, 2) : t('world.none')}
                </td>
                <td className="n">{of(caught.top10, positives)}</td>
                <td className="n">{of(caught.top20, positives)}</td>
                <td className="n">{of(caught.top30, positives)}</td>
              </tr>
            )
          })}
          {props.baselines.map(({ name, auc, withinYearAuc, averagePrecision, caught }) => (
            <tr key={name}>
              <th scope="row">{t(`scores.baseline-${name}`)}</th>
              <td className="n mute">{t('scores.rows-of-b')}</td>
              <td className="n">{number(auc, 3)}</td>
              <td className="n">{number(withinYearAuc, 3)}</td>
              <td className="n">{number(averagePrecision, 3)}</td>
              <td className="n mute">{t('world.none')}</td>
              <td className="n mute">{t('world.none')}</td>
              <td className="n mute">{t('world.none')}</td>
              <td className="n">{of(caught.top10, props.records.B.pooled.positives)}</td>
              <td className="n">{of(caught.top20, props.records.B.pooled.positives)}</td>
              <td className="n">{of(caught.top30, props.records.B.pooled.positives)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

type Part = { readonly definition: Definition; readonly record: Scores['definitions'][Definition] }

function Calibration({ definition, record }: Part) {
  const { t, locale } = useShell()
  const { bins, intercept, slope } = record.calibration
  return (
    <section>
      <div className="h">
        <h2>{t('scores.calibration', { definition })}</h2>
      </div>
      <DrawingView
        drawing={drawCalibration(bins, {
          label: t('scores.calibration-label', { definition }),
          across: t('scores.estimated'),
          up: t('scores.came-true'),
          tickLabel: (chance) => formatPercent(locale, chance, chance < 0.1 ? 1 : 0),
        })}
      />
      <p className="src">
        {t('scores.line', {
          intercept: formatNumber(locale, intercept, 2),
          slope: formatNumber(locale, slope, 2),
        })}{' '}
        {definition === 'A' && t('scores.not-a-chance')}
      </p>
    </section>
  )
}

function Misses(props: Part & { readonly places: readonly Country[] }) {
  const { t, locale } = useShell()
  const { misses, years } = props.record
  const byCode = new Map(props.places.map((place) => [place.iso3 as string, place]))
  return (
    <section>
      <div className="h">
        <h2>{t('scores.misses', { definition: props.definition, n: misses.length })}</h2>
      </div>
      <table className="tb">
        <thead>
          <tr>
            <th scope="col">{t('world.state')}</th>
            <th scope="col" className="n">
              {t('scores.year')}
            </th>
            <th scope="col" className="n">
              {t('world.rank')}
            </th>
          </tr>
        </thead>
        <tbody>
          {misses
            .toSorted((a, b) => a.year - b.year)
            .map(({ country, code, year, rank }) => (
              <tr key={`${code} ${year}`}>
                <td>{nameOf(country ? byCode.get(country) : undefined, locale, `COW ${code}`)}</td>
                <td className="n">{String(year)}</td>
                <td className="n">{rank}</td>
              </tr>
            ))}
        </tbody>
      </table>
      <details className="src">
        <summary>{t('scores.by-year')}</summary>
        <ul className="years">
          {years
            .toSorted((a, b) => a.year - b.year)
            .map(({ year, positives, caught30 }) => (
              <li key={year}>
                {String(year)} <bdi>{t('scores.of', { caught: caught30, all: positives })}</bdi>
              </li>
            ))}
        </ul>
      </details>
    </section>
  )
}
