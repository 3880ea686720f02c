import type { RiskChange } from '@tocsin/domain/risk.ts'
import { type Shell, useShell } from '../shell/context.ts'
import { formatNumber, formatOneIn } from '../shell/format.ts'
import type { Estimate } from './CountryPage.tsx'
import { reasonName } from './driver-groups.ts'

const shown = 3
const least = 0.01

/** What changed since the edition before, in parts that add up. */
export function RiskChangePart({ estimate }: { readonly estimate: Estimate }) {
  const shell = useShell()
  const { t, locale } = shell
  const { risk, change } = estimate
  if (!change || !risk.previous) {
    return (
      <section>
        <div className="h">
          <h2>{t('country.changed')}</h2>
        </div>
        <p className="two md">{t('country.no-earlier')}</p>
      </section>
    )
  }
  const signed = (value: number) =>
    `${value < 0 ? '−' : '+'}${formatNumber(locale, Math.abs(value), 2)}`
  const movers = moversOf(shell, change)
  return (
    <section>
      <div className="h">
        <h2>{t('country.changed')}</h2>
        <span className="more">{t('country.in-log-odds')}</span>
      </div>
      <ul className="chg">
        <li>
          <b>
            {t('country.from-to', {
              before: formatOneIn(locale, t, risk.previous.probability),
              now: formatOneIn(locale, t, risk.probability),
            })}
          </b>
          {t('country.since', { edition: change.from })}
        </li>
        <li>
          <b>
            {t('country.change-data')} <bdi>{signed(change.data)}</bdi>
          </b>
          {movers.length === 0
            ? t('country.no-mover')
            : movers.map(({ name, data }) => (
                <span key={name} className="part">
                  {name} <bdi>{signed(data)}</bdi>
                </span>
              ))}
        </li>
        <li>
          <b>
            {t('country.change-model')} <bdi>{signed(change.model)}</bdi>
          </b>
          {t('country.change-model-note')}
        </li>
        <li>
          <b>
            {t('country.change-revision')}{' '}
            {change.revision !== null && <bdi>{signed(change.revision)}</bdi>}
          </b>
          {change.revision === null && t('country.revision-unknown')}
        </li>
      </ul>
      <p className="md">
        <a href="/help#change">{t('country.how-split')}</a>
      </p>
    </section>
  )
}

/** What moved it most, terms that say one condition added up. */
function moversOf(shell: Shell, change: RiskChange): { name: string; data: number }[] {
  const moved = new Map<string, number>()
  for (const { driver, data } of change.byDriver) {
    const name = reasonName(shell, driver)
    moved.set(name, (moved.get(name) ?? 0) + data)
  }
  return [...moved]
    .map(([name, data]) => ({ name, data }))
    .filter(({ data }) => Math.abs(data) >= least)
    .sort((a, b) => Math.abs(b.data) - Math.abs(a.data))
    .slice(0, shown)
}
