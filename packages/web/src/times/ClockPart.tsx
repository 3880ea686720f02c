import { drawWaits } from '@tocsin/charts/waits.ts'
import type { ClockKind } from '@tocsin/domain/service-clock.ts'
import type { ClockTimes } from '@tocsin/domain/times.ts'
import { LevelMark } from '../docket/LevelMark.tsx'
import { useShell } from '../shell/context.ts'
import { DrawingView } from '../shell/DrawingView.tsx'
import { formatPercent } from '../shell/format.ts'
import { CountCells, Heads, TimeCells } from './Figures.tsx'

type Props = { readonly clock: ClockKind; readonly rows: readonly ClockTimes[] }

const DAY = 1440
/** What is asked for first stands first: on a telephone the rest is to the side. */
const columns = [
  'times.median',
  'times.p90',
  'times.in-time',
  'times.n',
  'times.happened',
  'times.waiting',
  'times.ended',
] as const

/** One kind of clock: the table of levels and authorities, and the levels drawn. */
export function ClockPart({ clock, rows }: Props) {
  const { t, locale } = useShell()
  const name = t(`clock.${clock}`)
  const bars = rows
    .filter(({ authority }) => authority === null)
    .map(({ level, medianMinutes, p90Minutes }) => ({
      name: t('level.mark', { level, name: t(`level.${level}`) }),
      median: medianMinutes,
      p90: p90Minutes,
    }))
  const tickLabel = (minutes: number) =>
    minutes < DAY
      ? t('times.tick-hours', { n: minutes / 60 })
      : t('times.tick-days', { n: minutes / DAY })
  return (
    <section className="sec">
      <div className="h">
        <h2>{name}</h2>
      </div>
      <div className="times">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the keyboard */}
        <section className="scroll" tabIndex={0} aria-label={name}>
          <table className="tb">
            <thead>
              <tr>
                <th scope="col">{t('times.level')}</th>
                <th scope="col">{t('times.authority')}</th>
                <Heads names={columns} />
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={`${row.level} ${row.authority?.organisation}`}>
                  <td className="nw">
                    <LevelMark level={row.level} size={20} />
                  </td>
                  <th scope="row">{row.authority?.name ?? t('times.all')}</th>
                  <TimeCells {...row} />
                  {row.inTimePercent === null ? (
                    <td className="n nw mute">{t('times.too-early')}</td>
                  ) : (
                    <td className="n">{formatPercent(locale, row.inTimePercent / 100, 0)}</td>
                  )}
                  <CountCells {...row} />
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        {bars.some(({ median }) => median !== null) && (
          <div>
            <DrawingView drawing={drawWaits(bars, t('times.chart', { clock: name }), tickLabel)} />
            <p className="src">{t('times.chart-caption')}</p>
          </div>
        )}
      </div>
    </section>
  )
}
