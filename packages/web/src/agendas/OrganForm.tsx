import { setUpOrgan } from '@tocsin/api/agendas.ts'
import type { BodyLine } from '@tocsin/api/bodies.ts'
import type { Office } from '@tocsin/api/warnings.ts'
import type { PostId } from '@tocsin/domain/people.ts'
import type { OrganId } from '@tocsin/domain/trigger-rule.ts'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { Choice, Field } from '../identity/Field.tsx'
import { useSelf } from '../identity/self.ts'
import { useShell } from '../shell/context.ts'

type Props = { readonly offices: readonly Office[]; readonly bodies: readonly BodyLine[] }

/** Sets up an organ of one's own organisation. */
export function OrganForm({ offices, bodies }: Props) {
  const { t, client, locale } = useShell()
  const organisation = useSelf()?.organisation.id
  const own = offices.filter((office) => office.organisation === organisation)
  const setUp = async (fields: FormData, id: string) => {
    await client(setUpOrgan, {
      params: { organ: id as OrganId },
      body: {
        name: textOf(fields, 'name'),
        body: textOf(fields, 'body') || null,
        office: textOf(fields, 'office') as PostId,
      },
    })
  }
  if (own.length === 0) return <p className="note">{t('agenda.no-office')}</p>
  return (
    <ActForm submit={t('agenda.set-up')} isMain deed={setUp}>
      <Field name="name" label={t('agenda.name')} maxLength={200} required />
      <Choice name="office" label={t('agenda.office')} hint={t('agenda.office-hint')} required>
        {own.map(({ post, title }) => (
          <option key={post} value={post}>
            {title}
          </option>
        ))}
      </Choice>
      <Choice name="body" label={t('agenda.body')}>
        <option value="">{t('agenda.body-none')}</option>
        {bodies.map(({ code, names }) => (
          <option key={code} value={code}>
            {names[locale] ?? code}
          </option>
        ))}
      </Choice>
    </ActForm>
  )
}
