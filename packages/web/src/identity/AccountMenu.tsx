import { useLocation } from '@tanstack/react-router'
import type { Self } from '@tocsin/api/session.ts'
import * as session from '@tocsin/api/session.ts'
import type { Role } from '@tocsin/domain/actor.ts'
import { forgetRoom } from '../consultations/kept-room.ts'
import { clearOutboxes } from '../consultations/outbox.ts'
import { addressTo } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { ActButton } from './ActButton.tsx'
import { useSelf } from './self.ts'

const places = [
  { href: '/account', name: 'account.title', roles: undefined },
  { href: '/people', name: 'people.title', roles: undefined },
  { href: '/approvals', name: 'approvals.title', roles: undefined },
  { href: '/audit', name: 'audit.title', roles: ['administrator', 'auditor'] },
  { href: '/settings', name: 'settings.title', roles: ['administrator'] },
] as const satisfies { href: string; name: string; roles: readonly Role[] | undefined }[]

/** The way in for visitors; for whoever is signed in, their own pages and the way out. */
export function AccountMenu() {
  const { t } = useShell()
  const { pathname, searchStr } = useLocation()
  const self = useSelf()
  if (self) return <OwnPages key={pathname} self={self} pathname={pathname} />
  const to = pathname === '/sign-in' ? '' : `${pathname}${searchStr}`
  return <a href={addressTo('/sign-in', { to })}>{t('sign-in.link')}</a>
}

function OwnPages({ self, pathname }: { readonly self: Self; readonly pathname: string }) {
  const { t, client } = useShell()
  const signOut = async () => {
    // Whether or not the node answers: what can be read on this device is gone at once.
    forgetRoom()
    await client(session.signOut, {})
    forgetRoom()
    clearOutboxes()
    location.assign('/world')
  }
  const open = places.filter(
    ({ roles }) => roles === undefined || self.roles.some((role) => roles.includes(role as never)),
  )
  return (
    <details className="langs own">
      <summary>
        <span className="vh">{t('account.menu')}</span> <bdi>{self.name}</bdi>
      </summary>
      <ul>
        {open.map(({ href, name }) => (
          <li key={href}>
            <a href={href} aria-current={pathname === href ? 'true' : undefined}>
              {t(name)}
            </a>
          </li>
        ))}
        <li>
          <ActButton deed={signOut}>{t('account.sign-out')}</ActButton>
        </li>
      </ul>
    </details>
  )
}
