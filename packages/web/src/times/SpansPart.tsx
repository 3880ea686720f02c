import type { SpanTimes } from '@tocsin/domain/times.ts'
import { LevelMark } from '../docket/LevelMark.tsx'
import { useShell } from '../shell/context.ts'
import { CountCells, Heads, TimeCells } from './Figures.tsx'

const columns = [
  'times.median',
  'times.p90',
  'times.matters',
  'times.taken',
  'times.open',
  'times.closed',
] as const

/** How long each step of a matter took after the one before it. */
export function SpansPart({ rows }: { readonly rows: readonly SpanTimes[] }) {
  const { t } = useShell()
  return (
    <section className="sec">
      <div className="h">
        <h2>{t('times.spans')}</h2>
        <span className="more">{t('times.spans-hint')}</span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the keyboard */}
      <section className="scroll" tabIndex={0} aria-label={t('times.spans')}>
        <table className="tb">
          <thead>
            <tr>
              <th scope="col">{t('times.level')}</th>
              <th scope="col">{t('times.span')}</th>
              <Heads names={columns} />
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.from} ${row.to} ${row.level}`}>
                <td className="nw">
                  <LevelMark level={row.level} size={20} />
                </td>
                <th scope="row">
                  {t('times.span-of', {
                    from: t(`times.stamp-${row.from}`),
                    to: t(`times.stamp-${row.to}`),
                  })}
                </th>
                <TimeCells {...row} />
                <CountCells {...row} />
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}
