import type { Contact } from '@tocsin/api/contacts.ts'
import { addCorrespondent } from '@tocsin/api/people.ts'
import { mayOperateNode } from '@tocsin/domain/actor.ts'
import type { OrganisationId, PersonId } from '@tocsin/domain/brand.ts'
import { Locale } from '@tocsin/domain/locale.ts'
import type { Person } from '@tocsin/domain/people.ts'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { Choice, Field } from '../identity/Field.tsx'
import { useActor } from '../identity/self.ts'
import { useShell } from '../shell/context.ts'
import { languageNames } from '../shell/Preferences.tsx'
import { ContactFields, ContactsForm, contactsIn } from './ContactFields.tsx'
import { ContactList } from './ContactList.tsx'
import { PersonActs } from './PersonActs.tsx'

type Owned = Contact & { readonly person: PersonId }

type Props = {
  readonly organisation: OrganisationId
  readonly people: readonly Person[]
  /** Undefined for those who do not keep the list. */
  readonly contacts: readonly Owned[] | undefined
  readonly isOpen: boolean
}

/** Those who are told and answer by a link, without an account. */
export function CorrespondentsPart({ organisation, people, contacts, isOpen }: Props) {
  const { t, locale, client } = useShell()
  const actor = useActor()
  const add = async (fields: FormData, id: string) => {
    const body = {
      id: id as PersonId,
      organisation,
      name: textOf(fields, 'name'),
      locale: Locale.parse(textOf(fields, 'locale')),
      contacts: contactsIn(fields),
    }
    await client(addCorrespondent, { body })
  }
  return (
    <section className="sec">
      <div className="h">
        <h2>{t('contacts.correspondents')}</h2>
        <span className="more">{t('contacts.correspondents-hint')}</span>
      </div>
      {people.length === 0 && <p>{t('contacts.no-correspondents')}</p>}
      <ul className="list">
        {people.map((person) => (
          <li key={person.id}>
            <div>
              <h3>{person.name}</h3>
              {contacts && <PersonContacts person={person} contacts={contacts} />}
            </div>
            {mayOperateNode(actor) && (
              <div className="side">
                <PersonActs person={person} hasAccount={false} />
              </div>
            )}
          </li>
        ))}
      </ul>
      {contacts && isOpen && (
        <details className="sure">
          <summary>{t('contacts.add-correspondent')}</summary>
          <ActForm submit={t('contacts.add-correspondent')} deed={add}>
            <Field name="name" label={t('contacts.name')} maxLength={200} required />
            <Choice name="locale" label={t('contacts.language')} defaultValue={locale}>
              {Locale.options.map((one) => (
                <option key={one} value={one} lang={one}>
                  {languageNames[one]}
                </option>
              ))}
            </Choice>
            <ContactFields contacts={[]} />
          </ActForm>
        </details>
      )}
    </section>
  )
}

type PersonProps = { readonly person: Person; readonly contacts: readonly Owned[] }

/** Where one person is reached, for those who keep the list. */
export function PersonContacts({ person: { id }, contacts }: PersonProps) {
  const own = contacts.filter(({ person }) => person === id)
  return (
    <>
      <ContactList person={id} contacts={own} />
      <ContactsForm person={id} contacts={own} />
    </>
  )
}
