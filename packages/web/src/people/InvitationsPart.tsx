import { invite, revokeInvitation } from '@tocsin/api/enrolment.ts'
import { Role } from '@tocsin/domain/actor.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import type { Invitation, InvitationId, Post, PostId } from '@tocsin/domain/people.ts'
import { mayInvite } from '@tocsin/domain/people-access.ts'
import { useState } from 'react'
import { ActButton } from '../identity/ActButton.tsx'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { Choice } from '../identity/Field.tsx'
import { ShownOnce } from '../identity/ShownOnce.tsx'
import { useActor } from '../identity/self.ts'
import { Time } from '../identity/Time.tsx'
import { useShell } from '../shell/context.ts'

type Props = {
  readonly organisation: OrganisationId
  readonly posts: readonly Post[]
  readonly invitations: readonly Invitation[]
  readonly isOpen: boolean
}

/** Who was invited, and a new link, told once to whoever makes it. */
export function InvitationsPart({ organisation, posts, invitations, isOpen }: Props) {
  const { t, client } = useShell()
  const actor = useActor()
  const [link, setLink] = useState<string | null>(null)
  // An administrator is made by two people after joining, never by a link.
  const roles = Role.options.filter(
    (role) =>
      role !== 'administrator' && mayInvite(actor, { kind: 'invite', organisation, roles: [role] }),
  )
  const make = async (fields: FormData, id: string) => {
    const body = {
      id: id as InvitationId,
      organisation,
      post: (textOf(fields, 'post') || null) as PostId | null,
      roles: Role.array().parse(fields.getAll('roles')),
    }
    setLink((await client(invite, { body })).link)
  }
  return (
    <section className="sec">
      <div className="h">
        <h2>{t('people.invitations')}</h2>
      </div>
      {invitations.length === 0 && <p>{t('people.no-invitations')}</p>}
      <ul className="list">
        {invitations.map((invitation) => (
          <InvitationItem key={invitation.id} invitation={invitation} posts={posts} />
        ))}
      </ul>
      {link && (
        <ShownOnce label={t('people.link')} text={link}>
          {t('people.link-hint')}
        </ShownOnce>
      )}
      {isOpen && (
        <ActForm submit={t('people.invite')} deed={make}>
          <Choice name="post" label={t('enrol.post')} hint={t('people.invite-post-hint')}>
            <option value="">{t('people.no-post')}</option>
            {posts
              .filter(({ abolishedAt }) => abolishedAt === null)
              .map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
          </Choice>
          <fieldset>
            <legend>{t('people.roles')}</legend>
            {roles.map((role) => (
              <label key={role} className="check">
                <input
                  type="checkbox"
                  name="roles"
                  value={role}
                  defaultChecked={role === 'reader'}
                />
                {t(`people.role-${role}`)}
              </label>
            ))}
          </fieldset>
        </ActForm>
      )}
    </section>
  )
}

type ItemProps = Pick<Props, 'posts'> & { readonly invitation: Invitation }

function InvitationItem({ invitation, posts }: ItemProps) {
  const { t, client } = useShell()
  const { id, kind, roles, post, madeAt, expiresAt } = invitation
  const title = posts.find((one) => one.id === post)?.title
  const state = stateOf(invitation)
  const revoke = async () => {
    await client(revokeInvitation, { params: { invitation: id } })
  }
  const named = [title, ...roles.map((role) => t(`people.role-${role}`))].filter(Boolean)
  return (
    <li>
      <div>
        <b>{named.join(', ') || t(`people.invitation-${kind}`)}</b>{' '}
        <span className="chip">{t(`people.invitation-${state}`)}</span>
        <p className="two sm">
          {t(`people.invitation-${kind}`)}
          {' · '}
          {t('people.made')} <Time at={madeAt} />
          {state === 'open' && (
            <>
              {' · '}
              {t('enrol.until')} <Time at={expiresAt} />
            </>
          )}
        </p>
      </div>
      {state === 'open' && (
        <div className="acts">
          <ActButton deed={revoke}>{t('people.revoke-invitation')}</ActButton>
        </div>
      )}
    </li>
  )
}

function stateOf({ usedAt, revokedAt, expiresAt }: Invitation) {
  if (usedAt) return 'used'
  if (revokedAt) return 'revoked'
  return Date.parse(expiresAt) < Date.now() ? 'expired' : 'open'
}
