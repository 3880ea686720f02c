import { Link } from '@tanstack/react-router'
import { riskClassBounds } from '@tocsin/domain/risk.ts'
import { useShell } from '../shell/context.ts'
import type { WorldChoice, WorldRow } from './world-rows.ts'

type Props = {
  readonly rows: readonly WorldRow[]
  readonly choice: WorldChoice
  readonly search: Readonly<Record<string, string>>
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
      {classes.map((riskClass) => (
        <Link
          key={riskClass}
          to="/world"
          search={(choice.riskClass === riskClass ? all : { ...search, class: riskClass }) as never}
          aria-current={choice.riskClass === riskClass ? 'true' : undefined}
          activeProps={{}}
          resetScroll={false}
        >
          <i style={{ background: `var(--risk-${riskClass})` }} />
          <b>{words(riskClass)}</b>
          <span>
            {t('world.states', {
              n: rows.filter((row) => row.riskClass === riskClass && row.shown).length,
            })}
          </span>
        </Link>
      ))}
      <span>
        <i className="nodata" />
        <b>{t('world.no-score')}</b>
        <span>{t('world.not-in-model')}</span>
      </span>
    </nav>
  )
}
