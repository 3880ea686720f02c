import { type Contact, testContact } from '@tocsin/api/contacts.ts'
import type { PersonId } from '@tocsin/domain/brand.ts'
import { useState } from 'react'
import { ActButton } from '../identity/ActButton.tsx'
import { Time } from '../identity/Time.tsx'
import { useShell } from '../shell/context.ts'

type Props = {
  readonly person: PersonId
  readonly contacts: readonly Contact[]
  /** The ways that this node has; undefined where that is not known here. */
  readonly ways?: readonly Contact['channel'][]
}

/** Where somebody is reached, the preferred way first: which ways are verified, when last used. */
export function ContactList({ person, contacts, ways }: Props) {
  const { t } = useShell()
  if (contacts.length === 0) return <p>{t('contacts.none')}</p>
  return (
    <ol className="list ways">
      {contacts.map((contact) => (
        <ContactItem
          key={contact.channel}
          person={person}
          contact={contact}
          isWay={ways?.includes(contact.channel) ?? true}
        />
      ))}
    </ol>
  )
}

type ItemProps = Pick<Props, 'person'> & { readonly contact: Contact; readonly isWay: boolean }

function ContactItem({ person, contact, isWay }: ItemProps) {
  const { t } = useShell()
  const { channel, address, usedAt } = contact
  const name = t(`channel.name-${channel}`)
  return (
    <li>
      <div>
        <p>
          <b>{name}</b> {address && <bdi className="address">{address}</bdi>}
        </p>
        <p className="two sm">
          <Verified contact={contact} />
          {' · '}
          {usedAt ? (
            <>
              {t('contacts.last-used')} <Time at={usedAt} />
            </>
          ) : (
            t('contacts.never-used')
          )}
        </p>
        {!isWay && <p className="hold sm">{t('contacts.no-way')}</p>}
      </div>
      {isWay && channel !== 'call-sheet' && (
        <div className="acts">
          <TestButton person={person} channel={channel} about={name}>
            {t('contacts.test')}
          </TestButton>
        </div>
      )}
    </li>
  )
}

function Verified({ contact: { channel, verifiedAt } }: { readonly contact: Contact }) {
  const { t } = useShell()
  // Whoever is reached by voice is verified by calling: no test notice could say so.
  if (channel === 'call-sheet') return <span className="chip">{t('contacts.by-voice')}</span>
  if (verifiedAt === null) return <span className="chip">{t('contacts.not-verified')}</span>
  return (
    <>
      <span className="chip ok">{t('contacts.verified')}</span> <Time at={verifiedAt} />
    </>
  )
}

type TestProps = {
  readonly person: PersonId
  readonly channel: Exclude<Contact['channel'], 'call-sheet'>
  readonly about: string
  readonly children: string
}

/** Sends a test notice and says what the other end said at once. */
export function TestButton({ person, channel, about, children }: TestProps) {
  const { t, client, has } = useShell()
  const [said, say] = useState<string | undefined>(undefined)
  const send = async () => {
    say(undefined)
    const { outcome, reason } = await client(testContact, { params: { person, channel } })
    const key = `channel.reason-${reason}`
    if (reason !== null && has(key)) say(t(key))
    else say(t(outcome === 'delivered' ? 'contacts.test-delivered' : 'contacts.test-sent'))
  }
  return (
    <>
      <ActButton deed={send} about={about}>
        {children}
      </ActButton>
      <p className="sm" role="status">
        {said}
      </p>
    </>
  )
}
