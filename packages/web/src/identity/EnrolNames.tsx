import * as api from '@tocsin/api/enrolment.ts'
import type { Input, Output } from '@tocsin/api/route.ts'
import type { OrganisationId, PersonId } from '@tocsin/domain/brand.ts'
import type { Country } from '@tocsin/domain/country.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { SignInName } from '@tocsin/domain/people.ts'
import { OrganisationFields, organisationIn } from '../people/OrganisationFields.tsx'
import { useShell } from '../shell/context.ts'
import { ActForm, textOf } from './ActForm.tsx'
import type { Opened } from './EnrolPage.tsx'
import { Field } from './Field.tsx'

/** What the node offers to sign in with, and what goes back with the answer. */
export type Begun = Output<typeof api.startEnrolment> & {
  readonly signInName: string
  readonly organisation: Input<typeof api.enrol>['body']['organisation']
}

type Props = {
  readonly token: string
  readonly opened: Opened
  readonly places: readonly Country[]
  readonly onBegun: (begun: Begun) => void
}

/** Who somebody is; at set-up also the organisation they belong to. */
export function EnrolNames({ token, opened, places, onBegun }: Props) {
  const { t, client } = useShell()
  const { kind, person } = opened
  const begin = async (fields: FormData, id: string) => {
    const name = person?.name ?? textOf(fields, 'name')
    const signInName = textOf(fields, 'signInName') as SignInName
    const body = { token, person: person?.id ?? (id as PersonId), name, signInName }
    const offered = await client(api.startEnrolment, { body })
    const organisation =
      kind === 'set-up' ? { id: newId<OrganisationId>(), ...organisationIn(fields) } : undefined
    onBegun({ ...offered, signInName, organisation })
  }
  return (
    <ActForm submit={t('enrol.next')} isMain deed={begin}>
      {!person && (
        <Field name="name" label={t('enrol.name')} autoComplete="name" maxLength={200} required />
      )}
      <Field
        name="signInName"
        label={t('sign-in.name')}
        hint={t(person ? 'enrol.sign-in-name-again' : 'enrol.sign-in-name-hint')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        minLength={3}
        maxLength={120}
        pattern="\S+"
        required
      />
      {kind === 'set-up' && <OrganisationFields places={places} />}
    </ActForm>
  )
}
