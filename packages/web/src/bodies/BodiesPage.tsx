import type { BodyLine, listBodies } from '@tocsin/api/bodies.ts'
import type { Output } from '@tocsin/api/route.ts'
import { BodyRegion } from '@tocsin/domain/regional-body.ts'
import { Choice, Field } from '../identity/Field.tsx'
import { addressTo, type Search } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { formatDay, formatNumber } from '../shell/format.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { SourceNotes } from '../shell/SourceNote.tsx'
import { linesIn } from './body-lines.ts'
import { DayForm } from './DayForm.tsx'

type Props = { readonly found: Output<typeof listBodies>; readonly search: Search }

/** Every body held here, and how many belonged to it on the day looked at. */
export function BodiesPage({ found, search }: Props) {
  const { t, locale } = useShell()
  const { day, source } = found
  const lines = linesIn(found.bodies, search, locale)
  return (
    <>
      <Masthead
        path={<a href="/world">{t('app.world')}</a>}
        title={t('bodies.title')}
        lede={t('bodies.lede')}
        facts={[
          { name: t('bodies.count'), value: lines.length },
          { name: t('bodies.day'), value: formatDay(locale, day) },
        ]}
      />
      <DayForm action="/bodies" day={day} key={JSON.stringify(search)}>
        <Field
          name="text"
          type="search"
          label={t('bodies.text')}
          maxLength={100}
          defaultValue={search['text']}
        />
        <Choice name="region" label={t('bodies.region')} defaultValue={search['region'] ?? ''}>
          <option value="">{t('bodies.any-region')}</option>
          {BodyRegion.options.map((region) => (
            <option key={region} value={region}>
              {t(`bodies.region-${region}`)}
            </option>
          ))}
        </Choice>
      </DayForm>
      {lines.length === 0 ? (
        <p className="sec">{t('bodies.none')}</p>
      ) : (
        <Table lines={lines} day={search['day']} />
      )}
      <p className="src">{t('bodies.as-of', { day: formatDay(locale, source.asOf) })}</p>
      <SourceNotes held={{ source, earlier: [] }} />
    </>
  )
}

const figures = ['members', 'suspended', 'unknown', 'procedures'] as const

type TableProps = { readonly lines: readonly BodyLine[]; readonly day: string | undefined }

function Table({ lines, day = '' }: TableProps) {
  const { t, locale } = useShell()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the keyboard
    <section className="scroll sec" tabIndex={0} aria-label={t('bodies.title')}>
      <table className="tb" data-table-twin>
        <thead>
          <tr>
            <th scope="col">{t('bodies.col-body')}</th>
            <th scope="col">{t('bodies.region')}</th>
            {figures.map((figure) => (
              <th key={figure} scope="col" className="n">
                {t(`bodies.col-${figure}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.code}>
              <th scope="row">
                <a href={addressTo(`/bodies/${line.code}`, { day })}>{line.names[locale]}</a>{' '}
                <small className="mute">
                  <bdi>{line.code}</bdi>
                </small>
                {line.isFictional && <small className="hold block">{t('bodies.fictional')}</small>}
              </th>
              <td>{t(`bodies.region-${line.region}`)}</td>
              {line.region === 'universal' ? (
                <td colSpan={3}>{t('bodies.any-state')}</td>
              ) : (
                figures.slice(0, -1).map((figure) => (
                  <td key={figure} className="n">
                    {formatNumber(locale, line[figure])}
                  </td>
                ))
              )}
              <td className="n">{formatNumber(locale, line.procedures)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
