import type { Day } from '@tocsin/domain/brand.ts'
import type { ReactNode } from 'react'
import { Field } from '../identity/Field.tsx'
import { useShell } from '../shell/context.ts'

type Props = {
  readonly action: string
  readonly day: Day
  /** More to choose by. */
  readonly children?: ReactNode
}

/** Asks for the same page as of another day; an ordinary form, so that it works without script. */
export function DayForm({ action, day, children }: Props) {
  const { t } = useShell()
  return (
    <form method="get" action={action} className="filters noprint" key={day} data-stay>
      {children}
      <Field name="day" type="date" label={t('bodies.day')} defaultValue={day} required />
      <button type="submit" className="b">
        {t('bodies.show')}
      </button>
    </form>
  )
}
