import { Choice, Field } from '../identity/Field.tsx'
import type { Search } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { areas, type Entry, personOf } from './entries.ts'

type Props = { readonly entries: readonly Entry[]; readonly search: Search }

/** Whose entries, of which kind, in which days: a plain form, so that each choice is an address. */
export function AuditFilters({ entries, search }: Props) {
  const { t } = useShell()
  const people = new Map(
    entries.flatMap((entry) => {
      const person = personOf(entry)
      return person ? [[person, entry.actorName ?? person] as const] : []
    }),
  )
  const chosen = search['person']
  if (chosen && !people.has(chosen)) people.set(chosen, chosen)
  return (
    <form method="get" action="/audit" className="filters noprint" key={JSON.stringify(search)}>
      <Choice name="person" label={t('audit.actor')} defaultValue={chosen ?? ''}>
        <option value="">{t('audit.anybody')}</option>
        {[...people].map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Choice>
      <Choice name="act" label={t('audit.act')} defaultValue={search['act'] ?? ''}>
        <option value="">{t('audit.any-act')}</option>
        {areas.map((area) => (
          <option key={area} value={area}>
            {t(`audit.area-${area}`)}
          </option>
        ))}
      </Choice>
      <Field name="from" label={t('audit.from')} type="date" defaultValue={search['from']} />
      <Field name="until" label={t('audit.until')} type="date" defaultValue={search['until']} />
      <button type="submit" className="b">
        {t('audit.show')}
      </button>
    </form>
  )
}
