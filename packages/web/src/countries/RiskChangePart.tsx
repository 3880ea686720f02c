import { useShell } from '../shell/context.ts'
import { formatOneIn, formatSigned } from '../shell/format.ts'
import type { Estimate } from './CountryPage.tsx'
import { moversOf } from './driver-groups.ts'

const shown = 3

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
  const signed = (value: number) => formatSigned(locale, value)
  const moved = change.byDriver.map(({ driver, data }) => ({ driver, moved: data }))
  const movers = moversOf(shell, moved, shown)
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
            : movers.map(({ name, moved: by }) => (
                <span key={name} className="part">
                  {name} <bdi>{signed(by)}</bdi>
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
