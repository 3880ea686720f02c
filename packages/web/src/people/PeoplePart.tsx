import { grantRole, revokeRole } from '@tocsin/api/people.ts'
import { mayOperateNode, Role } from '@tocsin/domain/actor.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import type { Person } from '@tocsin/domain/people.ts'
import { mayGrantRole } from '@tocsin/domain/people-access.ts'
import { type ComponentProps, useState } from 'react'
import { ActButton } from '../identity/ActButton.tsx'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { Choice } from '../identity/Field.tsx'
import { useActor } from '../identity/self.ts'
import { useShell } from '../shell/context.ts'
import { type CorrespondentsPart, PersonContacts } from './CorrespondentsPart.tsx'
import { type Outcome, OutcomeNote } from './OutcomeNote.tsx'
import { PersonActs } from './PersonActs.tsx'

type Props = {
  readonly organisation: OrganisationId
  readonly people: readonly Person[]
  /** Undefined for those who do not keep the list. */
  readonly contacts: ComponentProps<typeof CorrespondentsPart>['contacts']
}

/** The people of an organisation with their roles; former ones stay on record. */
export function PeoplePart({ organisation, people, contacts }: Props) {
  const { t } = useShell()
  const present = people.filter(({ endedAt }) => endedAt === null)
  const former = people.filter(({ endedAt }) => endedAt !== null)
  return (
    <section className="sec">
      <div className="h">
        <h2>{t('people.members')}</h2>
      </div>
      {present.length === 0 && <p>{t('people.no-members')}</p>}
      <ul className="list">
        {present.map((person) => (
          <PersonItem
            key={person.id}
            person={person}
            organisation={organisation}
            contacts={contacts}
          />
        ))}
      </ul>
      {former.length > 0 && (
        <p className="src">
          {t('people.former')} {former.map(({ name }) => name).join(', ')}
        </p>
      )}
    </section>
  )
}

type ItemProps = Pick<Props, 'organisation' | 'contacts'> & { readonly person: Person }

function PersonItem({ person, organisation, contacts }: ItemProps) {
  const { t, client } = useShell()
  const actor = useActor()
  const [outcome, setOutcome] = useState<Outcome | undefined>(undefined)
  const { id, name, roles } = person
  const grantable = Role.options.filter((role) => mayGrantRole(actor, { organisation, role }))
  const missing = grantable.filter((role) => !roles.includes(role))
  const revoke = (role: Role) => async () => {
    await client(revokeRole, { params: { person: id, role } })
  }
  const grant = async (fields: FormData) => {
    const role = Role.parse(textOf(fields, 'role'))
    setOutcome(await client(grantRole, { params: { person: id, role } }))
  }
  return (
    <li>
      <div>
        <h3>{name}</h3>
        <ul className="roles">
          {roles.map((role) => (
            <li key={role}>
              <span className="chip">{t(`people.role-${role}`)}</span>
              {grantable.includes(role) && (
                <ActButton deed={revoke(role)} about={`${t(`people.role-${role}`)}, ${name}`}>
                  {t('people.revoke')}
                </ActButton>
              )}
            </li>
          ))}
        </ul>
        {roles.length === 0 && <p className="two sm">{t('people.without-role')}</p>}
        {outcome && <OutcomeNote outcome={outcome} />}
        {contacts && (
          <details className="sure">
            <summary>{t('contacts.title-of', { name })}</summary>
            <PersonContacts person={person} contacts={contacts} />
          </details>
        )}
      </div>
      {grantable.length > 0 && (
        <div className="side">
          {missing.length > 0 && (
            <details className="sure">
              <summary>{t('people.grant')}</summary>
              <ActForm submit={t('people.grant')} deed={grant}>
                <Choice name="role" label={t('people.role')} hint={t('people.grant-hint')}>
                  {missing.map((role) => (
                    <option key={role} value={role}>
                      {t(`people.role-${role}`)}
                    </option>
                  ))}
                </Choice>
              </ActForm>
            </details>
          )}
          {mayOperateNode(actor) && (
            <PersonActs person={person} hasAccount onOutcome={setOutcome} />
          )}
        </div>
      )}
    </li>
  )
}
