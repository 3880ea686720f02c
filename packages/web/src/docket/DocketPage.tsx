import type { Docket } from '@tocsin/api/docket.ts'
import type { Marking } from '@tocsin/domain/audience.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import { DocketPart } from '@tocsin/domain/matter.ts'
import { useEffect, useState } from 'react'
import { addressTo } from '../shell/address.ts'
import { type Shell, useShell } from '../shell/context.ts'
import { formatInstant, formatWeekday } from '../shell/format.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { announcementAt } from './announcement.ts'
import { DocketTable } from './DocketTable.tsx'
import { MorningBar } from './MorningBar.tsx'
import { formatLeft, formatSpan } from './span.ts'
import { useDocket, type Wanted } from './use-docket.ts'

type Props = { readonly first: Docket; readonly wanted: Wanted }

/** The most that the docket shows at a time. */
const MOST_ROWS = 200

/** The docket: what the organisation is seized of, and what happens if nobody moves. */
export function DocketPage({ first, wanted }: Props) {
  const shell = useShell()
  const { t, locale } = shell
  const { docket, now, isStale } = useDocket(first, wanted)
  const isExercise = wanted.exercise
  const total = DocketPart.options.reduce((sum, part) => sum + (docket.counts[part] ?? 0), 0)
  return (
    <>
      {isExercise && (
        <p className="exercise">
          <b>{t('exercise.word')}</b> {t('exercise.means')} <a href="/docket">{t('docket.real')}</a>
        </p>
      )}
      <Alarm docket={docket} />
      <Masthead
        path={docket.organisation.name}
        title={t('docket.title', { day: formatWeekday(locale, now.slice(0, 10)) })}
        lede={stateOf(shell, docket, total)}
        symbol={symbolOf(docket, isExercise)}
        marking={markingOf(docket)}
        facts={[
          { name: t('docket.as-of'), value: formatInstant(locale, docket.asOf) },
          {
            name: t('docket.next-escalation'),
            value: <NextEscalation docket={docket} now={now} />,
          },
        ]}
      />
      {isStale && (
        <p className="note" role="status">
          {t('docket.stale', { at: formatInstant(locale, docket.asOf) })}
        </p>
      )}
      <Announcer docket={docket} now={now} />
      <MorningBar morning={docket.morning} now={now} />
      {total === 0 ? (
        <p className="dk empty">
          {t('docket.empty')} <a href="/matters">{t('docket.open-matter')}</a>
        </p>
      ) : (
        <DocketTable docket={docket} now={now} />
      )}
      {docket.rows.length < total && (
        <p className="note">
          {t('docket.more', { shown: docket.rows.length, total })}{' '}
          {docket.rows.length < MOST_ROWS && (
            <a href={addressTo('/docket', { exercise: isExercise ? 'true' : '', rows: 'most' })}>
              {t('docket.show-most', { most: Math.min(MOST_ROWS, total) })}
            </a>
          )}
        </p>
      )}
      <p className="md onward">
        <a href="/docket/calendar">{t('docket.calendar')}</a>
        <a href="/docket/clocks">{t('docket.clocks')}</a>
        <a href="/docket/times">{t('docket.times')}</a>
        <a href="/warnings">{t('docket.warnings')}</a>
        <a href="/exercises">{t('docket.replays')}</a>
        {!isExercise && <a href="/docket?exercise=true">{t('docket.exercises')}</a>}
      </p>
    </>
  )
}

function stateOf({ t }: Shell, { counts, news }: Docket, total: number): string {
  const { since, ...came } = news
  return [
    t('docket.seized', { total }),
    t('docket.runs', { today: counts.today ?? 0, over: counts['over-time'] ?? 0 }),
    t('docket.news', { since: `${since.slice(11, 16)} UTC`, ...came }),
  ].join(' ')
}

const DAY_MS = 86_400_000

/** For citing the docket of a day: whose it is, the year, and the day of the year. */
function symbolOf({ organisation, asOf }: Docket, isExercise: boolean): string {
  const year = asOf.slice(0, 4)
  const day = Math.floor((Date.parse(asOf) - Date.parse(`${year}-01-01`)) / DAY_MS) + 1
  const parts = ['TCN', organisation.country, isExercise ? 'DKT-EX' : 'DKT', year, day]
  return parts.filter((part) => part !== null).join('/')
}

/** The page is for the organisation alone, and as closed as the most closed of its rows. */
function markingOf({ rows }: Docket): Marking {
  return rows.some(({ marking }) => marking === 'TLP:RED') ? 'TLP:RED' : 'TLP:AMBER+STRICT'
}

function NextEscalation({ docket, now }: { readonly docket: Docket; readonly now: Instant }) {
  const { t } = useShell()
  const { nextEscalation: at } = docket
  if (at === null) return t('docket.no-escalation')
  const left = Date.parse(at) - Date.parse(now)
  const span = formatSpan(t, left)
  return <b className={left < 3 * 3_600_000 ? 'late' : undefined}>{t('docket.in', { span })}</b>
}

/** Longer than this without a look at the clocks, and nobody is being told. */
const SILENT_MS = 120_000

function Alarm({ docket: { asOf, clocksSeenAt } }: { readonly docket: Docket }) {
  const { t, locale } = useShell()
  if (clocksSeenAt && Date.parse(asOf) - Date.parse(clocksSeenAt) <= SILENT_MS) return null
  return (
    <p className="alarm" role="alert">
      {clocksSeenAt
        ? t('docket.alarm', { at: formatInstant(locale, clocksSeenAt) })
        : t('docket.alarm-never')}
    </p>
  )
}

/** Says the nearest clock to those who do not see it, politely, and each mark once. */
function Announcer({ docket, now }: { readonly docket: Docket; readonly now: Instant }) {
  const { t } = useShell()
  const [said, say] = useState({ name: '', words: '' })
  useEffect(() => {
    const found = announcementAt(docket.rows, now)
    if (!found?.row.clock) return
    const { title, clock } = found.row
    const words = t('docket.announce', { title, left: formatLeft(t, now, clock.dueAt) })
    say((before) => (before.name === found.name ? before : { name: found.name, words }))
  }, [docket, now, t])
  return (
    <p className="vh" role="status">
      {said.words}
    </p>
  )
}
