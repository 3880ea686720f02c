import { drawContribution } from '@tocsin/charts/bars.ts'
import type { Contribution } from '@tocsin/domain/risk.ts'
import { useShell } from '../shell/context.ts'
import { DrawingView } from '../shell/DrawingView.tsx'
import { formatNumber, formatOneIn } from '../shell/format.ts'
import type { Estimate } from './CountryPage.tsx'
import { driverName } from './driver-name.ts'

const shown = 12

/** What moves the estimate: each condition as a factor on the odds, the small ones together. */
export function Contributions(props: { readonly estimate: Estimate; readonly name: string }) {
  const { t, locale } = useShell()
  const { contributions, meanLogOdds, edition, risk } = props.estimate
  const ordered = contributions.toSorted((a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds))
  const main = ordered.slice(0, shown).toSorted((a, b) => b.logOdds - a.logOdds)
  const rest = ordered.slice(shown).reduce((sum, { logOdds }) => sum + logOdds, 0)
  const total = contributions.reduce((sum, { logOdds }) => sum + logOdds, 0)
  const largest = Math.abs(ordered[0]?.logOdds ?? 1)
  const odds = (logOdds: number) => `× ${formatNumber(locale, Math.exp(logOdds), 2)}`
  return (
    <section>
      <div className="h">
        <h2>{t('country.drivers')}</h2>
        <span className="more">{t('country.associations')}</span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the keyboard */}
      <section className="scroll" tabIndex={0} aria-label={t('country.drivers')}>
        <table className="tb drv">
          <thead>
            <tr>
              <th scope="col">{t('country.condition', { year: String(edition.dataYear) })}</th>
              <th scope="col">{t('country.value')}</th>
              <th scope="col">{t('country.lowers-raises')}</th>
              <th scope="col" className="n">
                {t('country.odds')}
              </th>
              <th scope="col" className="n">
                {t('country.log-odds')}
              </th>
            </tr>
          </thead>
          <tbody>
            {main.map((contribution) => (
              <Row key={contribution.driver} contribution={contribution} largest={largest} />
            ))}
            <tr>
              <td>{t('country.remainder')}</td>
              <td />
              <td className="v">
                <DrawingView drawing={drawContribution(rest, largest)} />
              </td>
              <td className="n">
                <bdi>{odds(rest)}</bdi>
              </td>
              <td className="n mute">
                <bdi>{formatNumber(locale, rest, 2)}</bdi>
              </td>
            </tr>
            <tr className="sum">
              <td colSpan={3}>
                {t('country.product', {
                  mean: formatOneIn(locale, t, 1 / (1 + Math.exp(-meanLogOdds))),
                  name: props.name,
                  chance: formatOneIn(locale, t, risk.probability),
                })}
              </td>
              <td className="n">
                <bdi>{odds(total)}</bdi>
              </td>
              <td className="n">
                <bdi>{formatNumber(locale, total, 2)}</bdi>
              </td>
            </tr>
          </tbody>
        </table>
      </section>
    </section>
  )
}

function Row(props: { readonly contribution: Contribution; readonly largest: number }) {
  const shell = useShell()
  const { locale } = shell
  const { driver, value, logOdds } = props.contribution
  const digits = Number.isInteger(value) ? 0 : 2
  return (
    <tr>
      <td>{driverName(shell, driver)}</td>
      <td className="mute">
        <bdi>{driver === 'year' ? String(value) : formatNumber(locale, value, digits)}</bdi>
      </td>
      <td className="v">
        <DrawingView drawing={drawContribution(logOdds, props.largest)} />
      </td>
      <td className="n">
        <bdi>{`× ${formatNumber(locale, Math.exp(logOdds), 2)}`}</bdi>
      </td>
      <td className="n mute">
        <bdi>{formatNumber(locale, logOdds, 2)}</bdi>
      </td>
    </tr>
  )
}
