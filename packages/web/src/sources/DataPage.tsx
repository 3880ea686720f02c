import type { Source } from '@tocsin/domain/source.ts'
import { useShell } from '../shell/context.ts'
import { formatDay, formatNumber } from '../shell/format.ts'
import { Masthead } from '../shell/Masthead.tsx'

/** Where every figure comes from, and on which terms. */
export function DataPage({ sources }: { readonly sources: readonly Source[] }) {
  const { t, locale } = useShell()
  return (
    <>
      <Masthead
        path={t('app.data')}
        title={t('data.title')}
        lede={t('data.lede')}
        facts={[{ name: t('data.sources'), value: sources.length }]}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the keyboard */}
      <section className="scroll sec" tabIndex={0} aria-label={t('data.title')}>
        <table className="tb">
          <thead>
            <tr>
              {(
                ['source', 'version', 'as-of', 'rows', 'licence', 'pass-on', 'checked'] as const
              ).map((column) => (
                <th key={column} scope="col" className={column === 'rows' ? 'n' : ''}>
                  {t(`data.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sources.map((source) => (
              <tr key={source.name}>
                <th scope="row">
                  {source.title}
                  <small className="block mute">
                    {source.publisher}
                    {'. '}
                    {source.citation}
                  </small>
                </th>
                <td>{source.version}</td>
                <td>{formatDay(locale, source.asOf)}</td>
                <td className="n">{formatNumber(locale, source.rows)}</td>
                <td>{source.licence}</td>
                <td>{t(source.redistributable ? 'data.yes' : 'data.no')}</td>
                <td>{t(source.verified ? 'data.yes' : 'data.not-verified')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}
