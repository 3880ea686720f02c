import { Link, useLocation } from '@tanstack/react-router'
import { Locale } from '@tocsin/domain/locale.ts'
import type { ReactNode } from 'react'
import { useShell } from './context.ts'
import { Keys } from './Keys.tsx'

/** Languages name themselves: somebody who cannot read the page finds their own. */
const languageNames: Readonly<Record<Locale, string>> = {
  ar: 'العربية',
  en: 'English',
  es: 'Español',
  fr: 'Français',
  ru: 'Русский',
  zh: '中文',
}

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
  return (
    <>
      <a className="skip" href="#main">
        {t('app.skip')}
      </a>
      <header className="bar">
        <Link className="word" to="/world">
          <Bell />
          <span>{productName}</span>
        </Link>
        <Sections label={t('app.sections')} />
        <Preferences />
      </header>
      <main id="main" className="page" tabIndex={-1}>
        {children}
        <footer className="foot">
          <span>{t('app.foot')}</span>
          <Keys />
        </footer>
      </main>
      <nav className="tabbar" aria-label={t('app.sections-small')}>
        {sections.map(({ to, name }) => (
          <Link key={to} to={to} activeProps={{ 'aria-current': 'page' }}>
            {t(name)}
          </Link>
        ))}
      </nav>
    </>
  )
}

function Sections({ label }: { readonly label: string }) {
  const { t } = useShell()
  return (
    <nav aria-label={label}>
      {sections.map(({ to, name }) => (
        <Link key={to} to={to} activeProps={{ 'aria-current': 'page' }}>
          {t(name)}
        </Link>
      ))}
    </nav>
  )
}

/** Language, colours and the text-only page: plain links, answered with a cookie. */
function Preferences() {
  const { t, locale, theme, textOnly } = useShell()
  const { pathname, searchStr } = useLocation()
  const here = (name: string, value: string) => {
    const search = new URLSearchParams(searchStr)
    search.set(name, value)
    return `${pathname}?${search}`
  }
  const next = { auto: 'dark', dark: 'light', light: 'auto' } as const
  return (
    <div className="tools">
      <a className="hide-s" href={here('text', textOnly ? '0' : '1')}>
        {t(textOnly ? 'app.full-page' : 'app.text-only')}
      </a>
      <a href={here('theme', next[theme])}>{t(`app.theme-${next[theme]}`)}</a>
      <details className="langs">
        <summary>{languageNames[locale]}</summary>
        <ul>
          {Locale.options.map((language) => (
            <li key={language}>
              <a
                href={here('lang', language)}
                lang={language}
                hrefLang={language}
                aria-current={language === locale ? 'true' : undefined}
              >
                {languageNames[language]}
              </a>
            </li>
          ))}
        </ul>
      </details>
    </div>
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
