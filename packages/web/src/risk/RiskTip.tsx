import type { Edition } from '@tocsin/domain/risk.ts'
import { countryAddress, type Search } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { formatOneIn, formatPercent } from '../shell/format.ts'
import type { WorldRow } from './world-rows.ts'

type Props = {
  readonly row: WorldRow
  readonly edition: Edition
  readonly search: Search
}

/** The State pointed at or picked out, in words. */
export function RiskTip({ row, edition, search }: Props) {
  const { t, locale } = useShell()
  const { previous, interval80 } = row
  const words = (chance: number) => formatOneIn(locale, t, chance)
  return (
    <div className="tip">
      <h2>{row.name}</h2>
      <div className="big">{words(row.probability)}</div>
      {t('world.percent-and-rank', {
        percent: formatPercent(locale, row.probability),
        rank: row.rank,
        states: edition.countries,
      })}
      {interval80 && (
        <div className="mute">
          {t('country.interval', { low: words(interval80.low), high: words(interval80.high) })}
        </div>
      )}
      {previous && (
        <div className="mute">
          {t('world.before', {
            edition: previous.edition,
            chance: words(previous.probability),
            rank: previous.rank,
          })}
        </div>
      )}
      <a className="noprint" href={countryAddress(row.country, search)}>
        {t('world.open-country', { name: row.name })}
      </a>
    </div>
  )
}
