import { riskClassBounds } from '@tocsin/domain/risk.ts'
import { addressTo, type Search } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import type { WorldChoice, WorldRow } from './world-rows.ts'

type Props = {
  readonly rows: readonly WorldRow[]
  readonly choice: WorldChoice
  readonly search: Search
}

const classes = [1, 2, 3, 4, 5, 6, 7] as const

/** What each class means and how many States it holds; a class chosen leaves the others faint. */
export function RiskLegend({ rows, choice, search }: Props) {
  const { t } = useShell()
  const { class: _, ...all } = search
  const bound = (index: number) => Math.round(1 / (riskClassBounds[index] ?? 1))
  const words = (riskClass: number): string => {
    if (riskClass === 1) return t('world.class-under', { n: bound(0) })
    if (riskClass === 7) return t('world.class-or-more', { n: bound(5) })
    return t('world.class-from', { n: bound(riskClass - 2) })
  }
  return (
    <nav className="leg" aria-label={t('world.legend')}>
      {classes.map((riskClass) => {
        const chosen = choice.riskClass === riskClass
        const next = chosen ? all : { ...search, class: String(riskClass) }
        const states = rows.filter((row) => row.inPlace && row.riskClass === riskClass).length
        return (
          <a
            key={riskClass}
            href={addressTo('/world', next)}
            aria-current={chosen ? 'true' : undefined}
            data-stay
          >
            <i style={{ background: `var(--risk-${riskClass})` }} />
            <b>{words(riskClass)}</b>
            <span>{t('world.states', { n: states })}</span>
          </a>
        )
      })}
      <span>
        <i className="nodata" />
        <b>{t('world.no-score')}</b>
        <span>{t('world.not-in-model')}</span>
      </span>
    </nav>
  )
}
