import { addressOf } from '@tocsin/api/client.ts'
import type { Output } from '@tocsin/api/route.ts'
import {
  exportShared,
  type listShared,
  type SharedFilters,
  type SharedLine,
  SharedType,
} from '@tocsin/api/shared.ts'
import { isMoreClosed, type Marking } from '@tocsin/domain/audience.ts'
import { Level } from '@tocsin/domain/level.ts'
import { LevelMark } from '../docket/LevelMark.tsx'
import { Choice, Field } from '../identity/Field.tsx'
import type { Search } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { formatInstant, formatNumber } from '../shell/format.ts'
import { MarkingWords, Masthead } from '../shell/Masthead.tsx'
import { PageLinks } from '../shell/PageLinks.tsx'
import { SHARED_PAGE } from './shared-filters.ts'

type Props = {
  readonly found: Output<typeof listShared>
  readonly filters: SharedFilters
  readonly search: Search
}

/** What other organisations shared with ours, the latest first: warnings, matters, reports, answers. */
export function SharedPage({ found, filters, search }: Props) {
  const { t, locale } = useShell()
  const { total, shared, asOf } = found
  return (
    <>
      <Masthead
        path={<a href="/network">{t('network.path')}</a>}
        title={t('shared.title')}
        lede={t('shared.lede')}
        marking={mostClosed(shared)}
        facts={[
          { name: t('shared.total'), value: formatNumber(locale, total) },
          { name: t('shared.as-of'), value: formatInstant(locale, asOf) },
        ]}
      />
      {filters.exercise && (
        <p className="drill" role="note">
          <strong>{t('exercise.word')}</strong> {t('exercise.means')}
        </p>
      )}
      <form method="get" action="/network/shared" className="filters noprint">
        <Choice name="type" label={t('shared.type')} defaultValue={filters.type ?? ''}>
          <option value="">{t('shared.every-type')}</option>
          {SharedType.options.map((type) => (
            <option key={type} value={type}>
              {t(`shared.type-${type}`)}
            </option>
          ))}
        </Choice>
        <Field
          name="text"
          label={t('shared.text')}
          type="search"
          defaultValue={filters.text ?? ''}
        />
        <Choice name="exercise" label={t('shared.view')} defaultValue={String(filters.exercise)}>
          <option value="false">{t('shared.real')}</option>
          <option value="true">{t('shared.exercises')}</option>
        </Choice>
        <button type="submit" className="b">
          {t('shared.show')}
        </button>
      </form>
      {total === 0 && <p className="sec">{t('shared.none')}</p>}
      <ul className="list">
        {shared.map((line) => (
          <Line key={line.id} line={line} />
        ))}
      </ul>
      <p className="acts noprint">
        <PageLinks path="/network/shared" search={search} size={SHARED_PAGE} total={total} />
        {total > 0 && (
          <a className="b" href={addressOf(exportShared, { query: filters })} download>
            {t('shared.export')}
          </a>
        )}
      </p>
    </>
  )
}

/** The page is for no more eyes than the most closed thing on it. */
const mostClosed = (shared: readonly SharedLine[]): Marking =>
  shared.reduce<Marking>(
    (marking, line) => (isMoreClosed(line.marking, marking) ? line.marking : marking),
    'TLP:AMBER+STRICT',
  )

function Line({ line }: { readonly line: SharedLine }) {
  const { t, locale } = useShell()
  const level = Level.safeParse(line.level).data
  return (
    <li>
      <div>
        <div className="told">
          {level !== undefined && <LevelMark level={level} size={20} />}
          <b>{t(`shared.type-${line.type}`)}</b>
          <bdi>{line.author}</bdi>
          <span>{formatInstant(locale, line.modified)}</span>
          <MarkingWords marking={line.marking} />
          {line.asksWhoRead && <span className="chip">{t('shared.asks-who-read')}</span>}
          {line.isExercise && <span className="chip hold">{t('exercise.word')}</span>}
        </div>
        <p>
          <a href={`/network/shared/${line.id}`}>
            <bdi>{line.title}</bdi>
          </a>
        </p>
      </div>
    </li>
  )
}
