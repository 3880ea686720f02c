import { useNavigate } from '@tanstack/react-router'
import type { getEdition } from '@tocsin/api/risk.ts'
import type { Output } from '@tocsin/api/route.ts'
import type { Country } from '@tocsin/domain/country.ts'
import type { Edition } from '@tocsin/domain/risk.ts'
import { useCallback, useMemo, useState } from 'react'
import { addressTo, type Search } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { formatDay } from '../shell/format.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { isComparable } from './EditionSlider.tsx'
import { RiskLegend } from './RiskLegend.tsx'
import { RiskTable } from './RiskTable.tsx'
import { RiskTip } from './RiskTip.tsx'
import { WorldControls } from './WorldControls.tsx'
import { WorldMap } from './WorldMap.tsx'
import { WorldNotes } from './WorldNotes.tsx'
import { choiceIn, worldRows } from './world-rows.ts'

type Props = Output<typeof getEdition> & {
  readonly editions: readonly Edition[]
  readonly places: readonly Country[]
  readonly search: Search
}

/** The world's risk picture: a map and its table twin, always of the same rows. */
export function WorldPage(props: Props) {
  const { editions, edition, standing, countries, places, search } = props
  const { locale, textOnly } = useShell()
  const choice = useMemo(() => choiceIn(search), [search])
  const rows = useMemo(
    () => worldRows(countries, places, choice, locale),
    [countries, places, choice, locale],
  )
  const [pointed, point] = useState<string | undefined>(undefined)
  const navigate = useNavigate()
  const pick = useCallback(
    (country: string) => {
      point(country)
      const href = addressTo('/world', { ...search, country })
      void navigate({ href, replace: true, resetScroll: false })
    },
    [navigate, search],
  )
  const told =
    rows.find(({ country }) => country === (pointed ?? choice.country)) ??
    rows.find(({ shown }) => shown)
  const withMap = !(textOnly || choice.tableOnly)
  return (
    <>
      <WorldMasthead edition={edition} newest={editions[0] === edition} />
      <WorldControls editions={editions} edition={edition} places={places} search={search} />
      <div className={withMap ? 'cols wg' : 'cols'}>
        {withMap && (
          <section className="sheet mp">
            <WorldMap rows={rows} choice={choice} places={places} onPoint={point} onPick={pick} />
            {told && <RiskTip row={told} edition={edition} search={search} />}
            <RiskLegend rows={rows} choice={choice} search={search} />
          </section>
        )}
        <section className="sheet">
          <RiskTable rows={rows} choice={choice} search={search} onPoint={point} />
        </section>
      </div>
      {/* One rule for the State told of, instead of drawing the map and all rows anew at each move. */}
      {told && <style>{pickedOut(told.country)}</style>}
      <WorldNotes edition={edition} standing={standing} rows={rows} choice={choice} />
    </>
  )
}

const pickedOut = (code: string): string =>
  `.mp [data-c="${code}"]{stroke:var(--ink);stroke-width:1.6}.tw tr[data-c="${code}"] td{background:var(--sel)}`

type MastheadProps = { readonly edition: Edition; readonly newest: boolean }

function WorldMasthead({ edition, newest }: MastheadProps) {
  const { t, locale } = useShell()
  const { from, to } = edition.horizon
  const year = String(edition.dataYear)
  return (
    <Masthead
      path={t('world.path')}
      title={t('world.title', { from: String(from), to: String(to) })}
      lede={t('world.lede', { states: edition.countries, year })}
      symbol={`TCN/WRP/${edition.id}`}
      stood={newest ? undefined : t('world.as-it-stood', { edition: edition.id })}
      facts={[
        {
          name: t('app.source'),
          value: t(isComparable(edition) ? 'world.source' : 'world.source-published'),
        },
        {
          name: t('world.data-year'),
          value: edition.issuedOn
            ? t('world.issued', { year, day: formatDay(locale, edition.issuedOn) })
            : year,
        },
      ]}
    />
  )
}
