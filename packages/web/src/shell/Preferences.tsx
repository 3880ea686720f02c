import { useLocation } from '@tanstack/react-router'
import { Locale } from '@tocsin/domain/locale.ts'
import { addressTo, readSearch } from './address.ts'
import { useShell } from './context.ts'

/** Languages name themselves: somebody who cannot read the page finds their own. */
export const languageNames: Readonly<Record<Locale, string>> = {
  ar: 'العربية',
  en: 'English',
  es: 'Español',
  fr: 'Français',
  ru: 'Русский',
  zh: '中文',
}

/** A link to this page that also keeps a choice: answered with a cookie, so it works without script. */
function useChoice(): (name: string, value: string) => string {
  const { pathname, searchStr } = useLocation()
  return (name, value) => addressTo(pathname, { ...readSearch(searchStr), [name]: value })
}

/** To the page without scripts, fonts and map, for the slowest links, and back. */
export function TextOnlyLink({ className }: { readonly className: string }) {
  const { t, textOnly } = useShell()
  const choose = useChoice()
  return (
    <a className={className} href={choose('text', textOnly ? '0' : '1')}>
      {t(textOnly ? 'app.full-page' : 'app.text-only')}
    </a>
  )
}

const themeAfter = { auto: 'dark', dark: 'light', light: 'auto' } as const

/** To the next choice of colours: as the device, dark, light. */
export function ThemeLink() {
  const { t, theme } = useShell()
  const choose = useChoice()
  const next = themeAfter[theme]
  return (
    <a href={choose('theme', next)} title={t('app.theme')}>
      {t(`app.theme-${next}`)}
    </a>
  )
}

/** The six languages, behind the name of the one in use. */
export function Languages() {
  const { t, locale } = useShell()
  return (
    <details className="langs">
      <summary aria-label={t('app.language', { language: languageNames[locale] })}>
        {languageNames[locale]}
      </summary>
      <LanguageList />
    </details>
  )
}

/** The page in each of the six languages. */
export function LanguageList() {
  const { locale } = useShell()
  const choose = useChoice()
  return (
    <ul className="tongues">
      {Locale.options.map((language) => (
        <li key={language}>
          <a
            href={choose('lang', language)}
            lang={language}
            hrefLang={language}
            aria-current={language === locale ? 'true' : undefined}
          >
            {languageNames[language]}
          </a>
        </li>
      ))}
    </ul>
  )
}
