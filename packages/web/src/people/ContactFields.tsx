import type { Contact } from '@tocsin/api/contacts.ts'
import { setContacts } from '@tocsin/api/people.ts'
import type { PersonId } from '@tocsin/domain/brand.ts'
import { ContactInput, TypedChannel } from '@tocsin/domain/contact.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { Choice, Field } from '../identity/Field.tsx'
import { useShell } from '../shell/context.ts'

const inputs = {
  'e-mail': { type: 'email', autoComplete: 'email', maxLength: 254 },
  sms: { type: 'tel', autoComplete: 'tel', maxLength: 40 },
  'call-sheet': { type: 'tel', autoComplete: 'tel', maxLength: 40 },
  webhook: { type: 'url', autoComplete: 'off', maxLength: 300 },
} as const satisfies Record<TypedChannel, object>

const places = TypedChannel.options.map((_, index) => String(index + 1))

type Props = { readonly contacts: readonly Pick<Contact, 'channel' | 'address'>[] }

/** One address for each way, with the place of the way. */
export function ContactFields({ contacts }: Props) {
  const { t } = useShell()
  const known = contacts.filter(({ channel }) => channel !== 'web-push')
  const preferred = known.map(({ channel }) => channel)
  // Ways that are not known yet come after those that are.
  const order = new Set([...preferred, ...TypedChannel.options])
  const placeOf = (channel: TypedChannel) => [...order].indexOf(channel)
  return (
    <>
      <p className="hint">{t('contacts.place-hint')}</p>
      {TypedChannel.options.map((channel) => (
        <div key={channel} className="way">
          <Field
            name={channel}
            label={t(`channel.name-${channel}`)}
            hint={t(`contacts.hint-${channel}`)}
            dir="ltr"
            defaultValue={known.find((one) => one.channel === channel)?.address}
            {...inputs[channel]}
          />
          <Choice
            name={`place-${channel}`}
            label={t('contacts.place')}
            aria-label={`${t('contacts.place')}: ${t(`channel.name-${channel}`)}`}
            defaultValue={places[placeOf(channel)]}
          >
            {places.map((place) => (
              <option key={place}>{place}</option>
            ))}
          </Choice>
        </div>
      ))}
    </>
  )
}

/** What was typed into `ContactFields`, in the order of the places; names each field that cannot be. */
export function contactsIn(fields: FormData): ContactInput[] {
  const typed = TypedChannel.options
    .map((channel) => ({
      place: textOf(fields, `place-${channel}`),
      contact: { channel, address: textOf(fields, channel) },
    }))
    .filter(({ contact }) => contact.address !== '')
    .toSorted((a, b) => a.place.localeCompare(b.place))
  const issues = typed.flatMap(({ contact }) =>
    ContactInput.safeParse(contact).success ? [] : [{ path: contact.channel }],
  )
  if (issues.length > 0) throw new Problem('request.invalid', { issues })
  return typed.map(({ contact }) => ContactInput.parse(contact))
}

/** Changes where somebody is reached. */
export function ContactsForm({ person, contacts }: Props & { readonly person: PersonId }) {
  const { t, client } = useShell()
  const keep = async (fields: FormData) => {
    await client(setContacts, { params: { person }, body: { contacts: contactsIn(fields) } })
  }
  return (
    <details className="sure">
      <summary>{t('contacts.change')}</summary>
      {/* A new form when the ways changed: what it shows is what is kept. */}
      <ActForm
        key={JSON.stringify(contacts.map(({ channel, address }) => [channel, address]))}
        submit={t('contacts.keep')}
        deed={keep}
      >
        <ContactFields contacts={contacts} />
      </ActForm>
    </details>
  )
}
