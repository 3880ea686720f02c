import { endHolding } from '@tocsin/api/people.ts'
import { Day } from '@tocsin/domain/brand.ts'
import type { Holding, Person } from '@tocsin/domain/people.ts'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { Field } from '../identity/Field.tsx'
import { useShell } from '../shell/context.ts'
import { formatDay } from '../shell/format.ts'

type Props = {
  readonly holding: Holding
  readonly people: readonly Person[]
  readonly mayManage: boolean
}

/** Who holds a post, in which capacity and in which days; with its end for those who may set it. */
export function HoldingLine({ holding, people, mayManage }: Props) {
  const { t, client, locale } = useShell()
  const { id, person, capacity, fromDay, untilDay } = holding
  const name = people.find((one) => one.id === person)?.name ?? t('people.unknown-person')
  const end = async (fields: FormData) => {
    const body = { untilDay: textOf(fields, 'untilDay') as Day }
    await client(endHolding, { params: { holding: id }, body })
  }
  const from = formatDay(locale, fromDay)
  return (
    <li className="holding">
      <b>{name}</b> <span className="chip">{t(`people.capacity-${capacity}`)}</span>{' '}
      <span className="two sm">
        {untilDay === null
          ? t('people.from', { from })
          : t('people.from-until', { from, until: formatDay(locale, untilDay) })}
      </span>
      {mayManage && (
        <details className="sure">
          <summary>{t('people.end-holding')}</summary>
          <ActForm submit={t('people.end-holding')} deed={end}>
            <Field
              name="untilDay"
              label={t('people.last-day')}
              type="date"
              min={fromDay}
              defaultValue={untilDay ?? Day.parse(new Date().toISOString().slice(0, 10))}
              required
            />
          </ActForm>
        </details>
      )}
    </li>
  )
}
