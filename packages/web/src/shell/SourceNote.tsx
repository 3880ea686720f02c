import type { Source } from '@tocsin/domain/source.ts'
import { useShell } from './context.ts'
import { formatDay } from './format.ts'

/** Where a figure comes from and on which terms, one click away. */
function SourceNote({ source }: { readonly source: Source }) {
  const { t, locale } = useShell()
  return (
    <details className="src">
      <summary>{t('app.source-of', { title: source.title, version: source.version })}</summary>
      <p>
        {source.citation}
        {'. '}
        {source.publisher}
        {'. '}
        {t('app.as-of', { day: formatDay(locale, source.asOf) })} {source.licence}
        {'. '}
        {t(source.redistributable ? 'app.may-pass-on' : 'app.may-not-pass-on')}{' '}
        {t(source.verified ? 'app.verified' : 'app.not-verified')}
        {source.gaps && ` ${t('app.gaps')}`}
      </p>
    </details>
  )
}

type Held = { readonly source: Source; readonly earlier: readonly Source[] }

/** Every source of a series whose figures come from more than one, the latest first. */
export function SourceNotes({ held }: { readonly held: Held }) {
  return [held.source, ...held.earlier].map((source) => (
    <SourceNote key={source.sha256} source={source} />
  ))
}
