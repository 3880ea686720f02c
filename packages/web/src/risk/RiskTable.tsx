import { drawRiskBar } from '@tocsin/charts/bars.ts'
import { memo } from 'react'
import { addressTo, countryAddress, type Search } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { DrawingView } from '../shell/DrawingView.tsx'
import { formatOneIn, formatPercent } from '../shell/format.ts'
import type { Sort, WorldChoice, WorldRow } from './world-rows.ts'

type Props = {
  readonly rows: readonly WorldRow[]
  readonly choice: WorldChoice
  readonly search: Search
  readonly onPoint: (country: string) => void
}

/** The table twin of the map: the same rows, by keyboard and without a map. Alone, it says more. */
export const RiskTable = memo(function RiskTable(props: Props) {
  const { rows, choice, search, onPoint } = props
  const { t } = useShell()
  const shown = rows.filter((row) => row.shown)
  const highest = Math.max(0.01, ...rows.map(({ probability }) => probability))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the keyboard
    <section className="tw scroll" tabIndex={0} data-table-twin aria-label={t('world.table')}>
      <table className={choice.tableOnly ? 'tb wide' : 'tb'}>
        <thead>
          <tr>
            <Heading sort="rank" name={t('world.rank')} choice={choice} search={search} n />
            <Heading sort="name" name={t('world.state')} choice={choice} search={search} />
            <th scope="col" colSpan={2} className="n">
              {t('world.chance')}
            </th>
            {choice.tableOnly && <MoreHeadings />}
            <Heading
              sort="before"
              name={t('world.rank-before')}
              choice={choice}
              search={search}
              n
            />
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <Row
              key={row.country}
              row={row}
              address={countryAddress(row.country, search)}
              highest={highest}
              more={choice.tableOnly}
              onPoint={onPoint}
            />
          ))}
        </tbody>
      </table>
      {shown.length === 0 && <p className="pad">{t('world.empty')}</p>}
    </section>
  )
})

type HeadingProps = Pick<Props, 'choice' | 'search'> & {
  readonly sort: Sort
  readonly name: string
  /** A column of numbers. */
  readonly n?: boolean
}

/** A column to sort by: again, and the order turns round. */
function Heading({ sort, name, choice, search, n = false }: HeadingProps) {
  const { t } = useShell()
  const sorted = choice.sort === sort
  const { order: _, ...upward } = search
  const turned = sorted && !choice.descending
  const next = { ...(turned ? { ...search, order: 'down' } : upward), sort }
  const direction = choice.descending ? 'descending' : 'ascending'
  return (
    <th className={n ? 'n' : ''} scope="col" aria-sort={sorted ? direction : undefined}>
      <a href={addressTo('/world', next)} title={t('world.sort')} data-stay>
        {name}
      </a>
    </th>
  )
}

const more = ['percent', 'interval', 'rank-interval', 'top30'] as const

function MoreHeadings() {
  const { t } = useShell()
  return more.map((column) => (
    <th key={column} scope="col" className="n">
      {t(`world.${column}`)}
    </th>
  ))
}

type RowProps = Pick<Props, 'onPoint'> & {
  readonly row: WorldRow
  readonly address: string
  readonly highest: number
  readonly more: boolean
}

function Row({ row, address, highest, more: withMore, onPoint }: RowProps) {
  const { t, locale } = useShell()
  return (
    <tr data-c={row.country} onPointerOver={() => onPoint(row.country)}>
      <td className="n">{row.rank}</td>
      <td>
        <a href={address} onFocus={() => onPoint(row.country)}>
          {row.name}
        </a>
      </td>
      <td className={`br b${row.riskClass}`}>
        <DrawingView
          drawing={drawRiskBar(row.probability, row.previous?.probability ?? null, highest)}
        />
      </td>
      <td className="n">
        <b>{formatOneIn(locale, t, row.probability)}</b>
      </td>
      {withMore && <MoreCells row={row} />}
      <td className="n mute">{row.previous?.rank ?? t('world.none')}</td>
    </tr>
  )
}

function MoreCells({ row }: { readonly row: WorldRow }) {
  const { t, locale } = useShell()
  const { interval80, rankInterval90, chanceTop30 } = row
  const none = t('world.none')
  const chance = (value: number) => formatPercent(locale, value)
  return (
    <>
      <td className="n">{chance(row.probability)}</td>
      <td className="n">
        {interval80
          ? t('world.low-to-high', { low: chance(interval80.low), high: chance(interval80.high) })
          : none}
      </td>
      <td className="n">
        {rankInterval90
          ? t('world.low-to-high', {
              low: String(rankInterval90.low),
              high: String(rankInterval90.high),
            })
          : none}
      </td>
      <td className="n">{chanceTop30 === null ? none : formatPercent(locale, chanceTop30, 0)}</td>
    </>
  )
}
