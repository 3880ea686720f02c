import { setTriggerDate } from '@tocsin/api/calendar.ts'
import type { DocketRow } from '@tocsin/api/docket.ts'
import type { Country } from '@tocsin/domain/country.ts'
import {
  type TriggerDate,
  TriggerDateForm,
  type TriggerDateId,
  TriggerKind,
} from '@tocsin/domain/trigger-date.ts'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { Choice, Field } from '../identity/Field.tsx'
import { useShell } from '../shell/context.ts'

export type Choices = {
  readonly matters: readonly DocketRow[]
  readonly places: readonly Country[]
}

type Props = Choices & {
  /** The date to change; without one, a new one is added. */
  readonly date?: TriggerDate
}

/** Adds a date that may set violence off, or changes one. */
export function DateForm({ date, matters, places }: Props) {
  const { t, client, locale } = useShell()
  const deed = async (fields: FormData, id: string) => {
    const body = TriggerDateForm.parse({
      kind: textOf(fields, 'kind'),
      title: textOf(fields, 'title'),
      fromDay: textOf(fields, 'fromDay'),
      untilDay: textOf(fields, 'untilDay') || textOf(fields, 'fromDay'),
      country: textOf(fields, 'country') || null,
      place: textOf(fields, 'place') || null,
      matter: textOf(fields, 'matter') || null,
      leadDays: Number(textOf(fields, 'leadDays')),
      note: textOf(fields, 'note') || null,
    })
    await client(setTriggerDate, { params: { date: date?.id ?? (id as TriggerDateId) }, body })
  }
  const sorted = [...places].sort((a, b) =>
    (a.names[locale] ?? '').localeCompare(b.names[locale] ?? '', locale),
  )
  // A matter that is not among the most urgent stays chosen all the same.
  const isListed = matters.some(({ id }) => id === date?.matter)
  return (
    <ActForm submit={t(date ? 'calendar.change' : 'calendar.add')} deed={deed}>
      <Choice name="kind" label={t('calendar.kind')} defaultValue={date?.kind ?? 'election'}>
        {TriggerKind.options.map((kind) => (
          <option key={kind} value={kind}>
            {t(`trigger.${kind}`)}
          </option>
        ))}
      </Choice>
      <Field
        name="title"
        label={t('calendar.date-title')}
        defaultValue={date?.title}
        maxLength={200}
        required
      />
      <Field
        name="fromDay"
        type="date"
        label={t('calendar.from')}
        defaultValue={date?.fromDay}
        required
      />
      <Field
        name="untilDay"
        type="date"
        label={t('calendar.until')}
        defaultValue={date?.untilDay}
      />
      <Field
        name="leadDays"
        type="number"
        min={0}
        max={730}
        label={t('calendar.lead')}
        defaultValue={date?.leadDays ?? 60}
        required
      />
      <Choice name="country" label={t('calendar.country')} defaultValue={date?.country ?? ''}>
        <option value="">{t('calendar.no-country')}</option>
        {sorted.map(({ iso3, names }) => (
          <option key={iso3} value={iso3}>
            {names[locale]}
          </option>
        ))}
      </Choice>
      <Field
        name="place"
        label={t('calendar.place')}
        defaultValue={date?.place ?? ''}
        maxLength={200}
      />
      <Choice name="matter" label={t('calendar.about')} defaultValue={date?.matter ?? ''}>
        <option value="">{t('calendar.no-matter')}</option>
        {date?.matter && !isListed && <option value={date.matter}>{t('calendar.about')}</option>}
        {matters.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </Choice>
      <Field
        name="note"
        label={t('calendar.note')}
        defaultValue={date?.note ?? ''}
        maxLength={2000}
      />
    </ActForm>
  )
}
