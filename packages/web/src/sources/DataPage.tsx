import { removeVintage } from '@tocsin/api/sources.ts'
import type { Vintage } from '@tocsin/domain/source.ts'
import { mayImportSources } from '@tocsin/domain/source-access.ts'
import { SureButton } from '../identity/ActButton.tsx'
import { useActor } from '../identity/self.ts'
import { useShell } from '../shell/context.ts'
import { formatDay, formatNumber, formatPeriod } from '../shell/format.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { AddFile } from './AddFile.tsx'

/** Where every figure comes from, and on which terms; files are taken in and removed here. */
export function DataPage({ sources }: { readonly sources: readonly Vintage[] }) {
  const { t } = useShell()
  const mayImport = mayImportSources(useActor())
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
        <table className="tb wide">
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col" className={column === 'rows' ? 'n' : ''}>
                  {t(`data.${column}`)}
                </th>
              ))}
              {mayImport && <th scope="col">{t('data.remove')}</th>}
            </tr>
          </thead>
          <tbody>
            {sources.map((vintage) => (
              <Row key={vintage.id ?? vintage.file} vintage={vintage} mayRemove={mayImport} />
            ))}
          </tbody>
        </table>
      </section>
      {mayImport && (
        <section className="sec">
          <div className="h">
            <h2>{t('data.add')}</h2>
          </div>
          <AddFile />
        </section>
      )}
    </>
  )
}

const columns = [
  'source',
  'version',
  'as-of',
  'rows',
  'last-period',
  'taken-in',
  'licence',
  'pass-on',
  'checked',
] as const

type RowProps = { readonly vintage: Vintage; readonly mayRemove: boolean }

function Row({ vintage, mayRemove }: RowProps) {
  const { t, locale } = useShell()
  const { lastPeriod, importedAt } = vintage
  return (
    <tr>
      <th scope="row">
        {vintage.title}
        <small className="block mute">
          {vintage.publisher}
          {'. '}
          {vintage.citation}
        </small>
        {vintage.id !== null && (
          <small className="block mute">
            <bdi>{vintage.file}</bdi>
          </small>
        )}
      </th>
      <td>{vintage.version || t('data.not-stated')}</td>
      <td>{formatDay(locale, vintage.asOf)}</td>
      <td className="n">{formatNumber(locale, vintage.rows)}</td>
      <td>{lastPeriod ? formatPeriod(locale, lastPeriod) : t('world.none')}</td>
      <td>{importedAt ? formatDay(locale, importedAt.slice(0, 10)) : t('data.ships')}</td>
      <td>{vintage.licence}</td>
      <td>{t(vintage.redistributable ? 'data.yes' : 'data.no')}</td>
      <td>{t(vintage.verified ? 'data.yes' : 'data.not-verified')}</td>
      {mayRemove && (
        <td>
          <Remove vintage={vintage} />
        </td>
      )}
    </tr>
  )
}

function Remove({ vintage }: { readonly vintage: Vintage }) {
  const { t, client } = useShell()
  const { id, title, version } = vintage
  // What ships with the product stays: a node must show the picture without a network.
  if (id === null) return null
  const remove = async () => {
    await client(removeVintage, { params: { vintage: id } })
  }
  return (
    <SureButton
      deed={remove}
      act={t('data.remove')}
      warning={t('data.remove-warning')}
      about={`${title}, ${version}`}
    >
      {t('data.remove')}
    </SureButton>
  )
}
