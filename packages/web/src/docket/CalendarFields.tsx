import type { Day } from '@tocsin/domain/brand.ts'
import type { WorkingCalendar } from '@tocsin/domain/working-calendar.ts'
import { type ComponentProps, type ReactNode, useId, useState } from 'react'
import { useShell } from '../shell/context.ts'
import { holidaysIn } from './holidays.ts'

type Props = {
  readonly today: string
  readonly calendar: WorkingCalendar
  readonly change: (calendar: WorkingCalendar) => void
}

/** 1 is Monday: the first of January 2024 was one. */
const weekdayName = (locale: string, day: number): string =>
  new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(
    Date.UTC(2024, 0, day),
  )

/** When the office works: time zone, days, hours and holidays. */
export function CalendarFields({ today, calendar, change }: Props) {
  const { t, locale } = useShell()
  const { weekdays } = calendar
  const turn = (day: number, isOn: boolean) => {
    const others = weekdays.filter((one) => one !== day)
    change({ ...calendar, weekdays: isOn ? [...others, day].sort() : others })
  }
  return (
    <section className="sec">
      <div className="h">
        <h2>{t('clocks.calendar')}</h2>
        <span className="more">{t('clocks.calendar-hint')}</span>
      </div>
      <div className="clock-hours">
        <Told
          label={t('clocks.time-zone')}
          hint={t('clocks.time-zone-hint')}
          dir="ltr"
          value={calendar.timeZone}
          onChange={({ target }) => change({ ...calendar, timeZone: target.value })}
        />
        <Told
          label={t('clocks.from')}
          type="time"
          value={calendar.from}
          onChange={({ target }) => change({ ...calendar, from: target.value })}
        />
        <Told
          label={t('clocks.until')}
          type="time"
          value={calendar.until}
          onChange={({ target }) => change({ ...calendar, until: target.value })}
        />
      </div>
      <fieldset className="clock-days">
        <legend>{t('clocks.weekdays')}</legend>
        {[1, 2, 3, 4, 5, 6, 7].map((day) => (
          <label className="check" key={day}>
            <input
              type="checkbox"
              checked={weekdays.includes(day)}
              onChange={({ target }) => turn(day, target.checked)}
            />
            {weekdayName(locale, day)}
          </label>
        ))}
      </fieldset>
      <HolidayFields
        today={today as Day}
        holidays={calendar.holidays}
        change={(holidays) => change({ ...calendar, holidays: [...holidays] })}
      />
    </section>
  )
}

type HolidayProps = {
  readonly today: Day
  readonly holidays: readonly Day[]
  readonly change: (holidays: readonly Day[]) => void
}

function HolidayFields({ today, holidays, change }: HolidayProps) {
  const { t } = useShell()
  const id = useId()
  const [text, setText] = useState(holidays.join('\n'))
  const [said, say] = useState<ReactNode>()
  // What was put back or restored elsewhere on the page is what is shown.
  const shown = holidaysIn(text).days.join() === holidays.join() ? text : holidays.join('\n')
  const write = (typed: string) => {
    const { days, bad } = holidaysIn(typed)
    setText(typed)
    change(days)
    say(bad && <span className="late">{t('clocks.holidays-bad', { n: bad })}</span>)
  }
  const take = async (file: File | undefined) => {
    if (!file) return
    const found = await readCalendar(file, today)
    if (found.length === 0) return say(<span className="late">{t('clocks.file-bad')}</span>)
    const days = [...new Set([...holidays, ...found])].sort()
    setText(days.join('\n'))
    change(days)
    say(t('clocks.file-read', { n: found.length }))
  }
  return (
    <div className="clock-hours">
      <div className="f">
        <label htmlFor={id}>{t('clocks.holidays')}</label>
        <span className="hint" id={`${id}-hint`}>
          {t('clocks.holidays-hint')}
        </span>
        <textarea
          id={id}
          aria-describedby={`${id}-hint ${id}-said`}
          rows={6}
          dir="ltr"
          value={shown}
          onChange={({ target }) => write(target.value)}
        />
      </div>
      <Told
        label={t('clocks.holidays-file')}
        hint={t('clocks.holidays-file-hint')}
        type="file"
        accept=".ics,text/calendar"
        onChange={({ target }) => void take(target.files?.[0])}
      />
      <p role="status" id={`${id}-said`}>
        {said}
      </p>
    </div>
  )
}

/** The parser is loaded when somebody first chooses a file; what it cannot read names no day. */
async function readCalendar(file: File, today: Day): Promise<readonly Day[]> {
  const { holidaysInCalendar } = await import('./calendar-file.ts')
  try {
    return holidaysInCalendar(await file.text(), today)
  } catch {
    return []
  }
}

type ToldProps = { readonly label: string; readonly hint?: string } & ComponentProps<'input'>

function Told({ label, hint, ...input }: ToldProps) {
  const id = useId()
  return (
    <div className="f">
      <label htmlFor={id}>{label}</label>
      {hint && (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      <input {...input} id={id} {...(hint && { 'aria-describedby': `${id}-hint` })} />
    </div>
  )
}
