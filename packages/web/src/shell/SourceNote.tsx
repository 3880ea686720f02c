import type { Source } from '@tocsin/domain/source.ts'
import { useShell } from './context.ts'
import { formatDay } from './format.ts'

/** Where a figure comes from and on which terms, one click away. */
export function SourceNote({ source }: { readonly source: Source }) {
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
