import type { Edition } from '@tocsin/domain/risk.ts'
import { useShell } from '../shell/context.ts'
import { formatOneIn, formatPercent } from '../shell/format.ts'
import type { WorldRow } from './world-rows.ts'

/** The country pointed at, in words. */
export function RiskTip({ row, edition }: { readonly row: WorldRow; readonly edition: Edition }) {
  const { t, locale } = useShell()
  const { previous } = row
  return (
    <div className="tip" aria-live="polite">
      <h2>{row.name}</h2>
      <div className="big">{formatOneIn(locale, t, row.probability)}</div>
      {t('world.percent-and-rank', {
        percent: formatPercent(locale, row.probability),
        rank: row.rank,
        states: edition.countries,
      })}
      {previous && (
        <div className="mute">
          {t('world.before', {
            edition: previous.edition,
            chance: formatOneIn(locale, t, previous.probability),
            rank: previous.rank,
          })}
        </div>
      )}
    </div>
  )
}
