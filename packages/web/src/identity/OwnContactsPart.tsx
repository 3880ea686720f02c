import type { listOwnContacts } from '@tocsin/api/contacts.ts'
import type { Output } from '@tocsin/api/route.ts'
import type { PersonId } from '@tocsin/domain/brand.ts'
import { ContactsForm } from '../people/ContactFields.tsx'
import { ContactList } from '../people/ContactList.tsx'
import { useShell } from '../shell/context.ts'

type Props = Pick<Output<typeof listOwnContacts>, 'contacts' | 'ways'> & {
  readonly person: PersonId
}

/** Where one is reached oneself. */
export function OwnContactsPart({ person, contacts, ways }: Props) {
  const { t } = useShell()
  return (
    <section className="sec" id="contacts">
      <div className="h">
        <h2>{t('contacts.title')}</h2>
      </div>
      <p className="src">{t('contacts.who-sees')}</p>
      <ContactList person={person} contacts={contacts} ways={ways} />
      <ContactsForm person={person} contacts={contacts} />
    </section>
  )
}
