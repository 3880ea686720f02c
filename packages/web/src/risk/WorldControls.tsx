import type { Country } from '@tocsin/domain/country.ts'
import type { Edition } from '@tocsin/domain/risk.ts'
import { addressTo, type Search } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { EditionSlider } from './EditionSlider.tsx'
import { regions } from './world-rows.ts'

type Props = {
  readonly editions: readonly Edition[]
  readonly edition: Edition
  readonly places: readonly Country[]
  readonly search: Search
}

/** Region, organisation, edition and view: links and a form, so that they work without script. */
export function WorldControls({ editions, edition, places, search }: Props) {
  const { t, textOnly } = useShell()
  const { region: _, ...everywhere } = search
  const { view, ...withMap } = search
  return (
    <div className="ctl noprint">
      <nav className="seg" aria-label={t('world.region')}>
        <Choice search={everywhere} chosen={!search['region']} name={t('world.everywhere')} />
        {regions.map((region) => (
          <Choice
            key={region}
            search={{ ...search, region }}
            chosen={search['region'] === region}
            name={t(`world.region-${region}`)}
          />
        ))}
      </nav>
      <OrganisationForm places={places} search={search} />
      <a href="/bodies">{t('bodies.title')}</a>
      <EditionSlider editions={editions} edition={edition} search={search} />
      {!textOnly && (
        <nav className="seg end" aria-label={t('world.view')}>
          <Choice search={withMap} chosen={view !== 'table'} name={t('world.view-map')} />
          <Choice
            search={{ ...search, view: 'table' }}
            chosen={view === 'table'}
            name={t('world.view-table')}
          />
        </nav>
      )}
    </div>
  )
}

function OrganisationForm({ places, search }: Pick<Props, 'places' | 'search'>) {
  const { t } = useShell()
  const organisations = [...new Set(places.flatMap((place) => place.organisations))].sort()
  return (
    <form method="get" action="/world" className="row" data-stay>
      {Object.entries(search)
        .filter(([name]) => name !== 'organisation')
        .map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
      <label className="lab" htmlFor="organisation">
        {t('world.organisation')}
      </label>
      <select
        id="organisation"
        name="organisation"
        key={search['organisation']}
        defaultValue={search['organisation'] ?? ''}
      >
        <option value="">{t('world.any-organisation')}</option>
        {organisations.map((organisation) => (
          <option key={organisation}>{organisation}</option>
        ))}
      </select>
      <button type="submit" className="b">
        {t('world.apply')}
      </button>
    </form>
  )
}

type ChoiceProps = {
  readonly search: Search
  readonly chosen: boolean
  readonly name: string
}

function Choice({ search, chosen, name }: ChoiceProps) {
  return (
    <a href={addressTo('/world', search)} aria-current={chosen ? 'true' : undefined} data-stay>
      {name}
    </a>
  )
}
