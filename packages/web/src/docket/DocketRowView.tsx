import type { DocketRow } from '@tocsin/api/docket.ts'
import { drawAxisRow } from '@tocsin/charts/time-axis.ts'
import { directionOf } from '@tocsin/domain/locale.ts'
import { memo } from 'react'
import { DrawingView } from '../shell/DrawingView.tsx'
import { formatInstant } from '../shell/format.ts'
import { LevelMark } from './LevelMark.tsx'
import { momentOf } from './moment.ts'
import { Pips } from './Pips.tsx'
import { actionOf, nextOf, type Reading, reasonOf, waitsFor } from './row-words.ts'
import { formatLeft } from './span.ts'

/** From here on what is left is written as late: somebody must act within the hour or two. */
const LATE_MS = 3 * 3_600_000

type Props = {
  readonly row: DocketRow
  readonly reading: Reading
  /** Whether its action is the page's one main act. */
  readonly isMain: boolean
}

/** A matter on the docket: level, reason, time, who is waited for, what happens next, one action. */
export const DocketRowView = memo(function DocketRowView({ row, reading, isMain }: Props) {
  const { shell, now } = reading
  const { t } = shell
  const { clock } = row
  const left = clock ? Date.parse(clock.dueAt) - Date.parse(now) : Number.POSITIVE_INFINITY
  const isLate = left < LATE_MS
  const { name, href } = actionOf(row, reading)
  return (
    <li className="dr" aria-labelledby={`row-${row.id}`}>
      <LevelMark level={row.level} />
      <div className="t">
        <a id={`row-${row.id}`} href={`/matters/${row.id}`}>
          {row.place && !row.title.includes(row.place) ? `${row.title}, ${row.place}` : row.title}
        </a>
        <p>{reasonOf(row, reading)}</p>
      </div>
      <div className="axw">
        <AxisRow row={row} reading={reading} isLate={isLate} />
      </div>
      <div className="w">
        <span>{waitsFor(row, reading)}</span>
        {clock && <b className={isLate ? 'late' : undefined}>{formatLeft(t, now, clock.dueAt)}</b>}
        <span className={row.tellsNobody ? 'late' : 'e'}>{nextOf(row, reading)}</span>
        {row.missed > 0 && (
          <a className="late" href="/docket/clocks">
            {t('docket.missed', { count: row.missed })}
          </a>
        )}
        <span className="vh">{twinOf(row, reading)}</span>
      </div>
      <div className="ac">
        <Pips stations={row.stations} isOverdue={left <= 0} />
        <a className={isMain ? 'b p' : 'b'} href={href}>
          {t(name)} <span className="vh">{row.title}</span>
        </a>
      </div>
    </li>
  )
})

/** What the drawing says, for those who do not see it. */
function twinOf({ clock, escalatedAt }: DocketRow, { shell }: Reading): string {
  const { t, locale } = shell
  if (!clock) return ''
  const from = formatInstant(locale, clock.startedAt)
  const twin = t('axis.twin', { from, due: formatInstant(locale, clock.dueAt) })
  if (escalatedAt.length === 0) return twin
  const times = escalatedAt.map((at) => formatInstant(locale, at))
  const list = new Intl.ListFormat(locale, { type: 'unit' }).format(times)
  return `${twin} ${t('axis.told', { times: list })}`
}

function AxisRow({ row, reading, isLate }: Omit<Props, 'isMain'> & { readonly isLate: boolean }) {
  const { clock, stations, escalatedAt } = row
  const { now, shell } = reading
  const { locale } = shell
  const isMirrored = directionOf(locale) === 'rtl'
  const next = clock?.nextStep?.dueAt
  const flagged = clock && (clock.dueAt <= now ? clock.dueAt : (next ?? clock.dueAt))
  const label = flagged ? momentOf(locale, now, flagged).when : ''
  const drawing = drawAxisRow(
    {
      now: Date.parse(now),
      stations: Object.values(stations).map((at) => Date.parse(at)),
      clock: clock
        ? { startedAt: Date.parse(clock.startedAt), dueAt: Date.parse(clock.dueAt) }
        : undefined,
      made: escalatedAt.map((at) => Date.parse(at)),
      next: next === undefined ? undefined : Date.parse(next),
      flagLabel: isMirrored ? `${RIGHT_TO_LEFT_MARK}${label}` : label,
      isLate,
    },
    isMirrored,
  )
  return <DrawingView drawing={drawing} />
}

/** Before digits, so that an Arabic label keeps its order inside a drawing that runs left to right. */
const RIGHT_TO_LEFT_MARK = '\u200f'
