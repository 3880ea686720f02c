import type { listMatters, MatterLine } from '@tocsin/api/matters.ts'
import type { Output } from '@tocsin/api/route.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import type { Country } from '@tocsin/domain/country.ts'
import { mayWork } from '@tocsin/domain/docket-access.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { LevelMark } from '../docket/LevelMark.tsx'
import { Pips } from '../docket/Pips.tsx'
import { formatLeft } from '../docket/span.ts'
import { Choice, Field } from '../identity/Field.tsx'
import { useActor } from '../identity/self.ts'
import { addressTo, type Search } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { MarkingWords, Masthead } from '../shell/Masthead.tsx'
import { PageLinks } from '../shell/PageLinks.tsx'
import { ExerciseBand } from './ExerciseBand.tsx'
import { PAGE } from './matter-filters.ts'
import { formatShortDay, timeOf } from './moment.ts'

type Props = {
  readonly found: Output<typeof listMatters>
  readonly places: readonly Country[]
  readonly search: Search
}

/** All matters that the reader may see, open and closed; drills on a page of their own. */
export function MattersPage({ found, places, search }: Props) {
  const { t } = useShell()
  const { asOf, total, matters } = found
  const isDrill = search['exercise'] === 'true'
  return (
    <>
      {isDrill && <ExerciseBand />}
      <Masthead
        path={t('matters.path')}
        title={t(isDrill ? 'matters.title-drills' : 'matters.title')}
        lede={t('matters.lede')}
        marking="TLP:AMBER+STRICT"
        facts={[{ name: t('matters.found'), value: total }]}
      />
      <p className="acts noprint">
        {mayWork(useActor()) && (
          <a className="b p" href="/matters/new">
            {t('matters.open')}
          </a>
        )}
        <a className="b" href={addressTo('/plans', { exercise: isDrill ? 'true' : '' })}>
          {t('plan.overview')}
        </a>
        <a className="b" href={addressTo('/liaison', { exercise: isDrill ? 'true' : '' })}>
          {t('liaison.title')}
        </a>
        <a className="b" href={addressTo('/matters', { exercise: isDrill ? '' : 'true' })}>
          {t(isDrill ? 'matters.show-real' : 'matters.show-drills')}
        </a>
      </p>
      <Filters search={search} />
      {matters.length === 0 && <p className="sec">{t('matters.none')}</p>}
      <ul className="list mat">
        {matters.map((matter) => (
          <Line key={matter.id} matter={matter} asOf={asOf} places={places} />
        ))}
      </ul>
      <p className="acts noprint">
        <PageLinks path="/matters" search={search} size={PAGE} total={total} />
      </p>
    </>
  )
}

function Filters({ search }: { readonly search: Search }) {
  const { t } = useShell()
  const states = ['open', 'closed', 'all'] as const
  const levels = [0, 1, 2, 3, 4, 5] as const
  return (
    <form method="get" action="/matters" className="filters noprint" key={JSON.stringify(search)}>
      {search['exercise'] && <input type="hidden" name="exercise" value={search['exercise']} />}
      <Choice name="state" label={t('matters.state')} defaultValue={search['state'] ?? 'open'}>
        {states.map((state) => (
          <option key={state} value={state}>
            {t(`matters.state-${state}`)}
          </option>
        ))}
      </Choice>
      <Choice name="level" label={t('matter.level')} defaultValue={search['level'] ?? ''}>
        <option value="">{t('matters.any-level')}</option>
        {levels.map((level) => (
          <option key={level} value={level}>
            {t('assess.level-option', { level, name: t(`level.${level}`) })}
          </option>
        ))}
      </Choice>
      <Field
        name="text"
        label={t('matters.text')}
        type="search"
        maxLength={200}
        defaultValue={search['text']}
      />
      <button type="submit" className="b">
        {t('matters.show')}
      </button>
    </form>
  )
}

type LineProps = {
  readonly matter: MatterLine
  readonly asOf: Instant
  readonly places: readonly Country[]
}

function Line({ matter, asOf, places }: LineProps) {
  const { t, locale } = useShell()
  const { id, title, level, dueAt, dueKind, closedAt, marking, owner } = matter
  const country = places.find(({ iso3 }) => iso3 === matter.country)?.names[locale]
  const where = [matter.place, country].filter((part) => part !== null && part !== undefined)
  const isOverdue = dueAt !== null && dueAt <= asOf
  return (
    <li>
      <LevelMark level={level} />
      <div>
        <h2>
          <a href={`/matters/${id}`}>{title}</a>
        </h2>
        <p className="two sm">
          <bdi>{symbolOf('M', matter)}</bdi>
          {['', ...where, owner].join(' · ')}
        </p>
        <p className="sm">
          <MarkingWords marking={marking} />
        </p>
      </div>
      <div className="st">
        {closedAt && (
          <span className="mute">
            {t('matter.closed-on', { day: formatShortDay(locale, closedAt, asOf) })}
          </span>
        )}
        {!closedAt && (
          <>
            <Pips stations={matter.stations} isOverdue={isOverdue} />
            {dueAt && dueKind && (
              <span className={isOverdue ? 'late' : 'two'}>
                <b>{formatLeft(t, asOf, dueAt)}</b>{' '}
                <span className="block sm">
                  {[t(`clock.${dueKind}`), formatShortDay(locale, dueAt, asOf), timeOf(dueAt)].join(
                    ', ',
                  )}
                </span>
              </span>
            )}
          </>
        )}
      </div>
    </li>
  )
}
