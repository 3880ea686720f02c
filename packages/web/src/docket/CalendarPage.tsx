import { type Calendar, setTriggerDate } from '@tocsin/api/calendar.ts'
import { mayWork } from '@tocsin/domain/docket-access.ts'
import type { TriggerDate } from '@tocsin/domain/trigger-date.ts'
import { useEffect, useState } from 'react'
import { ActButton } from '../identity/ActButton.tsx'
import { StepUp } from '../identity/StepUp.tsx'
import { useActor } from '../identity/self.ts'
import { useShell } from '../shell/context.ts'
import { formatInstant, formatPeriod } from '../shell/format.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { CalendarLine } from './CalendarLine.tsx'
import { monthsOf } from './calendar-months.ts'
import { type Choices, DateForm } from './DateForm.tsx'
import { FeedPart } from './FeedPart.tsx'

type Props = Choices & { readonly calendar: Calendar }

/** Days that may set violence off, beside the reviews and clocks that fall due, two years ahead. */
export function CalendarPage({ calendar, ...choices }: Props) {
  const { t, locale } = useShell()
  const [removed, setRemoved] = useState<TriggerDate>()
  const months = monthsOf(calendar)
  const { clocks, clockCount } = calendar
  return (
    <StepUp>
      <Masthead
        path={<a href="/docket">{t('docket.name')}</a>}
        title={t('docket.calendar')}
        lede={t('calendar.lede')}
        marking="TLP:AMBER+STRICT"
        facts={[{ name: t('docket.as-of'), value: formatInstant(locale, calendar.asOf) }]}
      />
      {removed && <Undo key={removed.id} date={removed} onEnd={() => setRemoved(undefined)} />}
      {months.length === 0 && <p className="sec">{t('calendar.empty')}</p>}
      {months.map(({ month, items }) => (
        <section key={month} className="sec" aria-labelledby={`month-${month}`}>
          <div className="h">
            <h2 id={`month-${month}`}>
              {month === 'earlier' ? t('calendar.earlier') : formatPeriod(locale, month)}
            </h2>
          </div>
          <ul className="days">
            {items.map((item) => (
              <CalendarLine
                key={'date' in item ? item.date.id : item.clock.clock}
                item={item}
                today={calendar.fromDay}
                onRemoved={setRemoved}
                {...choices}
              />
            ))}
          </ul>
        </section>
      ))}
      {clocks.length < clockCount && (
        <p className="note sec">
          {t('calendar.more-clocks', { shown: clocks.length, total: clockCount })}
        </p>
      )}
      {mayWork(useActor()) && (
        <details className="sure sec">
          <summary>{t('calendar.add')}</summary>
          <DateForm {...choices} />
        </details>
      )}
      <FeedPart feed={calendar.feed} />
    </StepUp>
  )
}

const UNDO_MS = 10_000

type UndoProps = { readonly date: TriggerDate; readonly onEnd: () => void }

/** For ten seconds a removal is undone by one press; the audit log shows both. */
function Undo({ date, onEnd }: UndoProps) {
  const { t, client } = useShell()
  useEffect(() => {
    const timer = setTimeout(onEnd, UNDO_MS)
    return () => clearTimeout(timer)
  }, [onEnd])
  const undo = async () => {
    const { id, organisation: _, changedAt: __, ...body } = date
    await client(setTriggerDate, { params: { date: id }, body })
    onEnd()
  }
  return (
    <p className="note" role="status">
      {t('calendar.removed', { title: date.title })}{' '}
      <ActButton deed={undo}>{t('calendar.undo')}</ActButton>
    </p>
  )
}
