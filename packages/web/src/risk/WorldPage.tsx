import { addressOf } from '@tocsin/api/client.ts'
import { exportEdition } from '@tocsin/api/risk.ts'
import type { Country } from '@tocsin/domain/country.ts'
import type { CountryRisk, Edition } from '@tocsin/domain/risk.ts'
import { useState } from 'react'
import { useShell } from '../shell/context.ts'
import { formatDay } from '../shell/format.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { RiskLegend } from './RiskLegend.tsx'
import { RiskTable } from './RiskTable.tsx'
import { RiskTip } from './RiskTip.tsx'
import { WorldControls } from './WorldControls.tsx'
import { WorldMap } from './WorldMap.tsx'
import { choiceIn, worldRows } from './world-rows.ts'

type Props = {
  readonly editions: readonly Edition[]
  readonly edition: Edition
  readonly countries: readonly CountryRisk[]
  readonly places: readonly Country[]
  readonly search: Readonly<Record<string, string>>
}

/** The world's risk picture: a map and its table twin, always of the same rows. */
export function WorldPage({ editions, edition, countries, places, search }: Props) {
  const { t, locale, textOnly } = useShell()
  const choice = choiceIn(search)
  const rows = worldRows(countries, places, choice, locale)
  const [pointed, point] = useState<string | undefined>(undefined)
  const first = rows.find(({ shown }) => shown)
  const told = rows.find(({ country }) => country === pointed) ?? first
  const { from, to } = edition.horizon
  return (
    <>
      <Masthead
        path={t('world.path')}
        title={t('world.title', { from: String(from), to: String(to) })}
        lede={t('world.lede', { states: edition.countries, year: String(edition.dataYear) })}
        facts={[
          { name: t('app.source'), value: t('world.source') },
          {
            name: t('world.data-year'),
            value: edition.issuedOn
              ? t('world.issued', {
                  year: String(edition.dataYear),
                  day: formatDay(locale, edition.issuedOn),
                })
              : String(edition.dataYear),
          },
        ]}
      />
      <WorldControls editions={editions} edition={edition} places={places} search={search} />
      <div className="cols wg">
        {!textOnly && (
          <section className="sheet mp" aria-label={t('world.map')}>
            <WorldMap rows={rows} choice={choice} places={places} onPoint={point} />
            {told && <RiskTip row={told} edition={edition} />}
            <RiskLegend rows={rows} choice={choice} search={search} />
          </section>
        )}
        <section className="sheet" aria-label={t('world.table')}>
          <RiskTable rows={rows} choice={choice} search={search} onPoint={point} />
        </section>
      </div>
      <p className="src">
        {t('world.note-bars')} {t('app.map-disclaimer')} {t('world.note-map')}
      </p>
      <p className="src">
        {edition.citation}
        {'. '}
        {t('world.licence', { licence: edition.licence })}{' '}
        {(['csv', 'json', 'hxl'] as const).map((format) => (
          <a
            key={format}
            className="b q noprint"
            href={addressOf(exportEdition, {
              params: { edition: edition.id },
              query: { format, region: choice.region, organisation: choice.organisation },
            })}
            download
          >
            {t(`world.export-${format}`)}
          </a>
        ))}
      </p>
    </>
  )
}
