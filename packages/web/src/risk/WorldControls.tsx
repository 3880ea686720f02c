import { Link } from '@tanstack/react-router'
import type { Country } from '@tocsin/domain/country.ts'
import type { Edition } from '@tocsin/domain/risk.ts'
import { useShell } from '../shell/context.ts'
import { regions } from './world-rows.ts'

type Props = {
  readonly editions: readonly Edition[]
  readonly edition: Edition
  readonly places: readonly Country[]
  readonly search: Readonly<Record<string, string>>
}

/** Region, organisation and edition: links and a form, so that they work without script. */
export function WorldControls({ editions, edition, places, search }: Props) {
  const { t } = useShell()
  const { region: _, ...everywhere } = search
  const organisations = [...new Set(places.flatMap((place) => place.organisations))].sort()
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
      <form method="get" action="/world" className="row">
        {Object.entries(search)
          .filter(([name]) => name !== 'organisation')
          .map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
        <label className="lab" htmlFor="organisation">
          {t('world.organisation')}
        </label>
        <select id="organisation" name="organisation" defaultValue={search['organisation'] ?? ''}>
          <option value="">{t('world.any-organisation')}</option>
          {organisations.map((organisation) => (
            <option key={organisation}>{organisation}</option>
          ))}
        </select>
        <button type="submit" className="b">
          {t('world.apply')}
        </button>
      </form>
      <nav className="seg" aria-label={t('world.edition')}>
        {editions.toReversed().map(({ id }) => (
          <Choice
            key={id}
            search={{ ...search, edition: id }}
            chosen={id === edition.id}
            name={t('world.edition-of', { id })}
          />
        ))}
      </nav>
    </div>
  )
}

function Choice(props: {
  readonly search: Readonly<Record<string, string>>
  readonly chosen: boolean
  readonly name: string
}) {
  return (
    <Link
      to="/world"
      search={props.search as never}
      aria-current={props.chosen ? 'true' : undefined}
      activeProps={{}}
      resetScroll={false}
    >
      {props.name}
    </Link>
  )
}
