import { drawContribution } from '@tocsin/charts/bars.ts'
import { addressTo, type Search } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { DrawingView } from '../shell/DrawingView.tsx'
import { formatNumber, formatOneIn } from '../shell/format.ts'
import type { Estimate } from './CountryPage.tsx'
import { type Reason, reasonsOf } from './driver-groups.ts'

const shown = 12

type Props = {
  readonly estimate: Estimate
  readonly name: string
  readonly search: Search
}

/** What moves the estimate: each condition as a factor on the odds, the small ones together. */
export function Contributions({ estimate, name, search }: Props) {
  const shell = useShell()
  const { t, locale } = shell
  const { contributions, meanLogOdds, edition, risk } = estimate
  const inLogOdds = search['scale'] === 'log-odds'
  const figure = (logOdds: number) =>
    inLogOdds ? formatNumber(locale, logOdds, 2) : `× ${formatNumber(locale, Math.exp(logOdds), 2)}`
  const reasons = reasonsOf(shell, contributions).sort(
    (a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds),
  )
  const main = reasons.slice(0, shown).sort((a, b) => b.logOdds - a.logOdds)
  const rest: Reason = {
    key: 'rest',
    name: t('country.remainder'),
    value: '',
    logOdds: sum(reasons.slice(shown)),
  }
  const largest = Math.abs(reasons[0]?.logOdds ?? 1)
  const average = 1 / (1 + Math.exp(-meanLogOdds))
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
                {t(inLogOdds ? 'country.log-odds' : 'country.odds')}
              </th>
            </tr>
          </thead>
          <tbody>
            {[...main, rest].map((reason) => (
              <Row key={reason.key} reason={reason} largest={largest} figure={figure} />
            ))}
            <tr className="sum">
              <td colSpan={3}>
                {t('country.product', {
                  mean: formatOneIn(locale, t, average),
                  name,
                  chance: formatOneIn(locale, t, risk.probability),
                })}
              </td>
              <td className="n">
                <bdi>{figure(sum(reasons))}</bdi>
              </td>
            </tr>
          </tbody>
        </table>
      </section>
      <ScaleSwitch inLogOdds={inLogOdds} country={risk.country} search={search} />
    </section>
  )
}

const sum = (reasons: readonly Reason[]): number =>
  reasons.reduce((total, { logOdds }) => total + logOdds, 0)

type RowProps = {
  readonly reason: Reason
  readonly largest: number
  readonly figure: (logOdds: number) => string
}

function Row({ reason, largest, figure }: RowProps) {
  return (
    <tr>
      <td>
        {reason.name}
        {reason.value && <small className="only-s mute block">{reason.value}</small>}
      </td>
      <td className="mute">
        <bdi>{reason.value}</bdi>
      </td>
      <td className="v">
        <DrawingView drawing={drawContribution(reason.logOdds, largest)} />
      </td>
      <td className="n">
        <bdi>{figure(reason.logOdds)}</bdi>
      </td>
    </tr>
  )
}

type SwitchProps = {
  readonly inLogOdds: boolean
  readonly country: string
  readonly search: Search
}

/** Factors multiply, log-odds add up: the same reasons, to be checked either way. */
function ScaleSwitch({ inLogOdds, country, search }: SwitchProps) {
  const { t } = useShell()
  const { scale: _, ...factors } = search
  const next = inLogOdds ? factors : { ...search, scale: 'log-odds' }
  return (
    <p className="md noprint">
      <a href={addressTo(`/country/${country}`, next)} data-stay>
        {t(inLogOdds ? 'country.show-odds' : 'country.show-log-odds')}
      </a>
    </p>
  )
}
