import { appoint } from '@tocsin/api/people.ts'
import type { Day, PersonId } from '@tocsin/domain/brand.ts'
import { Capacity, type HoldingId, type Person, type PostId } from '@tocsin/domain/people.ts'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { Choice, Field } from '../identity/Field.tsx'
import { useShell } from '../shell/context.ts'

type Props = {
  readonly post: PostId
  readonly people: readonly Person[]
  readonly today: Day
}

/** Puts a person of the organisation into a post, from a day on. */
export function AppointForm({ post, people, today }: Props) {
  const { t, client } = useShell()
  const able = people.filter(({ endedAt }) => endedAt === null)
  const put = async (fields: FormData, id: string) => {
    const body = {
      id: id as HoldingId,
      post,
      person: textOf(fields, 'person') as PersonId,
      capacity: Capacity.parse(textOf(fields, 'capacity')),
      fromDay: textOf(fields, 'fromDay') as Day,
      untilDay: (textOf(fields, 'untilDay') || null) as Day | null,
    }
    await client(appoint, { body })
  }
  return (
    <details className="sure">
      <summary>{t('people.appoint')}</summary>
      <ActForm submit={t('people.appoint')} deed={put}>
        <Choice name="person" label={t('enrol.person')}>
          {able.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Choice>
        <Choice name="capacity" label={t('people.capacity')} hint={t('people.capacity-hint')}>
          {Capacity.options.map((capacity) => (
            <option key={capacity} value={capacity}>
              {t(`people.capacity-${capacity}`)}
            </option>
          ))}
        </Choice>
        <Field
          name="fromDay"
          label={t('people.first-day')}
          type="date"
          defaultValue={today}
          required
        />
        <Field
          name="untilDay"
          label={t('people.last-day')}
          hint={t('people.last-day-hint')}
          type="date"
        />
      </ActForm>
    </details>
  )
}
