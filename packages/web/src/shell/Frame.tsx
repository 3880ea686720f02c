import { useLocation, useRouterState } from '@tanstack/react-router'
import { mayUseDocket } from '@tocsin/domain/docket-access.ts'
import { type ReactNode, useEffect, useRef } from 'react'
import { AccountMenu } from '../identity/AccountMenu.tsx'
import { useActor } from '../identity/self.ts'
import { useShell } from './context.ts'
import { Keys } from './Keys.tsx'
import { NetworkLine } from './NetworkLine.tsx'
import { Languages, TextOnlyLink, ThemeLink } from './Preferences.tsx'
import { OtherSections, Sections, useDue } from './Sections.tsx'

/** The same in every language, like any name. */
const productName = 'Tocsin'

type Props = { readonly due: number | undefined; readonly children: ReactNode }

/** The bar, the page, and the small screen's tabs. */
export function Frame({ due: first, children }: Props) {
  const { t } = useShell()
  const due = useDue(first)
  const hasDocket = mayUseDocket(useActor())
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
        <a className="word" href={hasDocket ? '/docket' : '/world'}>
          <Bell />
          <span>{productName}</span>
        </a>
        <nav aria-label={t('app.sections')}>
          <Sections pathname={pathname} due={due} />
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
          <OtherSections pathname={pathname} />
          <Keys />
        </footer>
      </main>
      <nav className="tabbar" aria-label={t('app.sections-small')}>
        <Sections pathname={pathname} due={due} isSmall />
      </nav>
    </>
  )
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
