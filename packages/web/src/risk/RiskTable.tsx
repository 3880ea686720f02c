import { Link } from '@tanstack/react-router'
import { drawRiskBar } from '@tocsin/charts/bars.ts'
import { useShell } from '../shell/context.ts'
import { DrawingView } from '../shell/DrawingView.tsx'
import { formatOneIn } from '../shell/format.ts'
import type { WorldChoice, WorldRow } from './world-rows.ts'

type Props = {
  readonly rows: readonly WorldRow[]
  readonly choice: WorldChoice
  readonly search: Readonly<Record<string, string>>
  readonly onPoint: (country: string) => void
}

/** The table twin of the map: the same rows, by keyboard and without a map. */
export function RiskTable({ rows, choice, search, onPoint }: Props) {
  const { t, locale } = useShell()
  const shown = rows.filter((row) => row.shown)
  const highest = Math.max(0.01, ...rows.map(({ probability }) => probability))
  const heading = (sort: WorldChoice['sort'], name: string) => (
    <Link
      to="/world"
      search={{ ...search, sort } as never}
      activeProps={{}}
      resetScroll={false}
      title={t('world.sort')}
    >
      {name}
    </Link>
  )
  const sorted = (sort: WorldChoice['sort']) => (choice.sort === sort ? 'ascending' : undefined)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the keyboard
    <section className="tw scroll" tabIndex={0} data-table-twin aria-label={t('world.table')}>
      <table className="tb">
        <thead>
          <tr>
            <th className="n" scope="col" aria-sort={sorted('rank')}>
              {heading('rank', t('world.rank'))}
            </th>
            <th scope="col" aria-sort={sorted('name')}>
              {heading('name', t('world.state'))}
            </th>
            <th scope="col" colSpan={2} className="n">
              {t('world.chance')}
            </th>
            <th className="n" scope="col" aria-sort={sorted('before')}>
              {heading('before', t('world.rank-before'))}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={row.country} onPointerOver={() => onPoint(row.country)}>
              <td className="n">{row.rank}</td>
              <td>
                <Link
                  to="/country/$country"
                  params={{ country: row.country }}
                  search={(search['edition'] ? { edition: search['edition'] } : {}) as never}
                  onFocus={() => onPoint(row.country)}
                >
                  {row.name}
                </Link>
              </td>
              <td className="br">
                <DrawingView
                  drawing={drawRiskBar(row.probability, row.previous?.probability ?? null, highest)}
                />
              </td>
              <td className="n">
                <b>{formatOneIn(locale, t, row.probability)}</b>
              </td>
              <td className="n mute">{row.previous?.rank ?? t('world.none')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length === 0 && <p className="pad">{t('world.empty')}</p>}
    </section>
  )
}
