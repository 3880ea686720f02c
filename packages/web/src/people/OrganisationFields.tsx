import type { CountryCode } from '@tocsin/domain/brand.ts'
import type { Country } from '@tocsin/domain/country.ts'
import { type Organisation, OrganisationKind } from '@tocsin/domain/people.ts'
import { textOf } from '../identity/ActForm.tsx'
import { Choice, Field } from '../identity/Field.tsx'
import { useShell } from '../shell/context.ts'

type Props = {
  readonly places: readonly Country[]
  readonly organisation?: Pick<Organisation, 'name' | 'kind' | 'country'>
}

/** Name, kind and State of an organisation. */
export function OrganisationFields({ places, organisation }: Props) {
  const { t, locale } = useShell()
  const nameOf = ({ names, iso3 }: Country) => names[locale] ?? iso3
  const sorted = places.toSorted((a, b) => nameOf(a).localeCompare(nameOf(b), locale))
  return (
    <>
      <Field
        name="organisationName"
        label={t('people.organisation-name')}
        autoComplete="organization"
        maxLength={200}
        defaultValue={organisation?.name}
        required
      />
      <Choice name="kind" label={t('people.kind')} defaultValue={organisation?.kind}>
        {OrganisationKind.options.map((kind) => (
          <option key={kind} value={kind}>
            {t(`people.kind-${kind}`)}
          </option>
        ))}
      </Choice>
      <Choice
        name="country"
        label={t('people.country')}
        hint={t('people.country-hint')}
        defaultValue={organisation?.country ?? ''}
      >
        <option value="">{t('people.no-country')}</option>
        {sorted.map((place) => (
          <option key={place.iso3} value={place.iso3}>
            {nameOf(place)}
          </option>
        ))}
      </Choice>
    </>
  )
}

/** What was typed into `OrganisationFields`. */
export const organisationIn = (fields: FormData) => ({
  name: textOf(fields, 'organisationName'),
  kind: OrganisationKind.parse(textOf(fields, 'kind')),
  country: (textOf(fields, 'country') || null) as CountryCode | null,
})
