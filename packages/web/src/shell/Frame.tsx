import { useLocation, useRouterState } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import { AccountMenu } from '../identity/AccountMenu.tsx'
import { useShell } from './context.ts'
import { Keys } from './Keys.tsx'
import { NetworkLine } from './NetworkLine.tsx'
import { Languages, TextOnlyLink, ThemeLink } from './Preferences.tsx'

const sections = [
  { to: '/world', name: 'app.world' },
  { to: '/scores', name: 'app.scores' },
  { to: '/data', name: 'app.data' },
  { to: '/help', name: 'app.help' },
] as const

/** The same in every language, like any name. */
const productName = 'Tocsin'

/** The bar, the page, and the small screen's tabs. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const { t } = useShell()
  const { pathname } = useLocation()
  const main = useRef<HTMLElement>(null)
  const arrived = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname })
  const before = useRef(arrived)
  useEffect(() => {
    // Somebody who cannot see the page change hears the new one from its top.
    if (before.current !== undefined && before.current !== arrived) {
      main.current?.focus({ preventScroll: true })
    }
    before.current = arrived
  }, [arrived])
  return (
    <>
      <a className="skip" href="#main">
        {t('app.skip')}
      </a>
      <header className="bar">
        <a className="word" href="/world">
          <Bell />
          <span>{productName}</span>
        </a>
        <nav aria-label={t('app.sections')}>
          <Sections pathname={pathname} />
        </nav>
        <div className="tools">
          <TextOnlyLink className="hide-s" />
          <ThemeLink />
          <Languages />
          <AccountMenu />
        </div>
      </header>
      <NetworkLine />
      <main id="main" className="page" tabIndex={-1} ref={main}>
        {children}
        <footer className="foot">
          <span>{t('app.foot')}</span>
          <TextOnlyLink className="only-s" />
          <Keys />
        </footer>
      </main>
      <nav className="tabbar" aria-label={t('app.sections-small')}>
        <Sections pathname={pathname} />
      </nav>
    </>
  )
}

function Sections({ pathname }: { readonly pathname: string }) {
  const { t } = useShell()
  // A country's page lies under the world's.
  const here = pathname.startsWith('/country/') ? '/world' : pathname
  return sections.map(({ to, name }) => (
    <a key={to} href={to} aria-current={to === here ? 'page' : undefined}>
      {t(name)}
    </a>
  ))
}

function Bell() {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
      <path
        d="M3 14.5h14M4.5 14.5V9a5.5 5.5 0 0 1 11 0v5.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="square"
      />
      <circle cx="10" cy="18" r="1.6" fill="currentColor" />
      <path d="M10 3.4V1" stroke="currentColor" strokeWidth="2" />
    </svg>
  )
}
