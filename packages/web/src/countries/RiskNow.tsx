import { drawRiskRug } from '@tocsin/charts/risk-rug.ts'
import { oneIn } from '@tocsin/domain/risk.ts'
import { StandingNote } from '../risk/StandingNote.tsx'
import { useShell } from '../shell/context.ts'
import { DrawingView } from '../shell/DrawingView.tsx'
import { formatNumber, formatOneIn, formatPercent } from '../shell/format.ts'
import type { Estimate } from './CountryPage.tsx'

const marks = [0.001, 0.005, 0.02, 0.05, 0.1]

/** How likely, how sure, and how such estimates have fared. */
export function RiskNow({
  name,
  estimate,
}: {
  readonly name: string
  readonly estimate: Estimate
}) {
  const { t, locale } = useShell()
  const { edition, risk, record, standing, all } = estimate
  const words = (chance: number) => formatOneIn(locale, t, chance)
  const { from, to } = edition.horizon
  const own = words(risk.probability)
  return (
    <section>
      <div className="h">
        <h2>{t('country.risk-now')}</h2>
      </div>
      <div className="one">
        <span className="n">{own}</span>
        <span className="two">
          {t('country.risk-sentence', {
            from: String(from),
            to: String(to),
            percent: formatPercent(locale, risk.probability),
            rank: risk.rank,
            states: edition.countries,
          })}{' '}
          {risk.previous &&
            t('world.before', {
              edition: risk.previous.edition,
              chance: words(risk.previous.probability),
              rank: risk.previous.rank,
            })}
        </span>
      </div>
      <DrawingView
        drawing={drawRiskRug({
          all,
          own: risk.probability,
          before: record && {
            share: record.cameTrue / record.scored,
            ...record.interval80,
          },
          label: t('country.rug', { states: all.length, name, chance: own }),
          ownLabel: `${name}, ${own}`,
          medianLabel: t('country.median', { chance: words(all[Math.floor(all.length / 2)] ?? 0) }),
          beforeLabel: record
            ? t('country.came-true', { chance: words(record.cameTrue / record.scored) })
            : '',
          tickLabels: marks.map((chance) => ({
            chance,
            label: formatNumber(locale, oneIn(chance) ?? 0),
          })),
        })}
      />
      {risk.interval80 && (
        <p className="md two">
          {t('country.interval', {
            low: words(risk.interval80.low),
            high: words(risk.interval80.high),
          })}{' '}
          {risk.rankInterval90 &&
            t('country.rank-interval', {
              low: risk.rankInterval90.low,
              high: risk.rankInterval90.high,
            })}{' '}
          {risk.chanceTop30 !== null &&
            t('country.top30', { percent: formatPercent(locale, risk.chanceTop30, 0) })}
        </p>
      )}
      {record && (
        <p className="md two">
          {t('country.record', {
            scored: formatNumber(locale, record.scored),
            from: formatPercent(locale, record.from),
            to: formatPercent(locale, record.to),
            cameTrue: record.cameTrue,
            low: words(record.interval80.low),
            high: words(record.interval80.high),
          })}
        </p>
      )}
      <StandingNote standing={standing} edition={edition} />
      <p className="src">{t('country.interval-covers')}</p>
    </section>
  )
}
