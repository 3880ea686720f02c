import { type CalendarClock, type CalendarDate, removeTriggerDate } from '@tocsin/api/calendar.ts'
import type { Day } from '@tocsin/domain/brand.ts'
import { mayWork } from '@tocsin/domain/docket-access.ts'
import { prepareFrom, type TriggerDate } from '@tocsin/domain/trigger-date.ts'
import { ActButton } from '../identity/ActButton.tsx'
import { useActor } from '../identity/self.ts'
import { useShell } from '../shell/context.ts'
import { formatDay, formatInstant } from '../shell/format.ts'
import type { CalendarItem } from './calendar-months.ts'
import { type Choices, DateForm } from './DateForm.tsx'

type Props = Choices & {
  readonly item: CalendarItem
  readonly today: Day
  readonly onRemoved: (date: TriggerDate) => void
}

/** One line of the calendar: when, what, where, and from when on to prepare. */
export function CalendarLine({ item, ...rest }: Props) {
  return (
    <li>{'date' in item ? <DateLine date={item.date} {...rest} /> : <ClockLine {...item} />}</li>
  )
}

function ClockLine({ clock }: { readonly clock: CalendarClock }) {
  const { t, locale } = useShell()
  const { kind, dueAt, matter, title, place, waitingFor } = clock
  return (
    <>
      <time dateTime={dueAt}>{formatInstant(locale, dueAt)}</time>
      <div>
        <p>
          <span className="chip">{t(`calendar.due-${kind}`)}</span>{' '}
          <a href={`/matters/${matter}`}>{title}</a>
        </p>
        <p className="md two">{[place, waitingFor].filter(Boolean).join(' · ')}</p>
      </div>
    </>
  )
}

type DateProps = Omit<Props, 'item'> & { readonly date: CalendarDate }

function DateLine({ date, today, onRemoved, matters, places }: DateProps) {
  const { t, locale, client } = useShell()
  const { about, ...trigger } = date
  const { kind, title, fromDay, untilDay, country, place, matter, note } = trigger
  const from = prepareFrom(trigger)
  const isNow = from <= today
  const state = places.find(({ iso3 }) => iso3 === country)?.names[locale]
  const remove = async () => {
    await client(removeTriggerDate, { params: { date: trigger.id } })
    onRemoved(trigger)
  }
  return (
    <>
      <span>
        <time dateTime={fromDay}>{formatDay(locale, fromDay)}</time>
        {untilDay !== fromDay && (
          <>
            {' – '}
            <time dateTime={untilDay}>{formatDay(locale, untilDay)}</time>
          </>
        )}
      </span>
      <div>
        <p>
          <span className="chip">{t(`trigger.${kind}`)}</span> <b>{title}</b>{' '}
          <span className={isNow ? 'chip hold' : 'mute md'}>
            {t(isNow ? 'calendar.prepare-now' : 'calendar.prepare-from', {
              day: formatDay(locale, from),
            })}
          </span>
        </p>
        <p className="md two">
          {[place, state].filter(Boolean).join(', ')}{' '}
          {about && matter && <a href={`/matters/${matter}`}>{about.title}</a>}
        </p>
        {note && <p className="md">{note}</p>}
        {mayWork(useActor()) && (
          <div className="acts">
            <details className="sure">
              <summary>
                {t('calendar.change')} <span className="vh">{title}</span>
              </summary>
              <DateForm date={trigger} matters={matters} places={places} />
            </details>
            <ActButton deed={remove} about={` ${title}`}>
              {t('calendar.remove')}
            </ActButton>
          </div>
        )}
      </div>
    </>
  )
}
