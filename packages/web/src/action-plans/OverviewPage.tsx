import { exportPlans, type listPlans } from '@tocsin/api/action-plans.ts'
import { addressOf } from '@tocsin/api/client.ts'
import type { Output } from '@tocsin/api/route.ts'
import { ActionStatus, type PlannedAction } from '@tocsin/domain/action-plan.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { useReady } from '../identity/ActForm.tsx'
import { Choice, Field } from '../identity/Field.tsx'
import { ExerciseBand } from '../matters/ExerciseBand.tsx'
import { addressTo, type Search } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { formatDay, formatInstant } from '../shell/format.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { PageLinks } from '../shell/PageLinks.tsx'
import { overviewIn, PAGE } from './overview-filters.ts'

type Props = { readonly found: Output<typeof listPlans>; readonly search: Search }

/** The actions on every matter that the reader may see: what is late stands first. */
export function OverviewPage({ found, search }: Props) {
  const { t, locale } = useShell()
  const ready = useReady()
  const { asOf, total, overdue, actions } = found
  const { limit: _, offset: __, ...query } = overviewIn(search)
  return (
    <>
      {query.exercise && <ExerciseBand />}
      <Masthead
        path={<a href="/matters">{t('matters.title')}</a>}
        title={t('plan.overview')}
        lede={t('plan.overview-lede')}
        marking="TLP:AMBER+STRICT"
        facts={[
          { name: t('matters.found'), value: total },
          { name: t('plan.overdue'), value: overdue },
          { name: t('matter.as-of'), value: formatInstant(locale, asOf) },
        ]}
      />
      <Filters search={search} />
      <p className="acts noprint">
        <a className="b" href={addressOf(exportPlans, { query })} download>
          {t('plan.export')}
        </a>
        <a className="b" href={addressTo('/plans', { exercise: query.exercise ? '' : 'true' })}>
          {t(query.exercise ? 'matters.show-real' : 'matters.show-drills')}
        </a>
        <button type="button" className="b q" disabled={!ready} onClick={() => window.print()}>
          {t('matter-act.print')}
        </button>
      </p>
      {actions.length === 0 && <p className="sec">{t('plan.overview-none')}</p>}
      <ul className="list plan-list">
        {actions.map((action) => (
          <Line key={action.id} action={action} />
        ))}
      </ul>
      <p className="acts noprint">
        <PageLinks
          path="/plans"
          search={search}
          size={PAGE}
          total={total}
          before="plan.before"
          after="plan.after"
        />
      </p>
    </>
  )
}

function Filters({ search }: { readonly search: Search }) {
  const { t } = useShell()
  const spans = ['any', 'overdue', 'days-7', 'days-30'] as const
  return (
    <form method="get" action="/plans" className="filters noprint" key={JSON.stringify(search)}>
      {search['exercise'] && <input type="hidden" name="exercise" value={search['exercise']} />}
      <Choice name="status" label={t('plan.status')} defaultValue={search['status'] ?? 'open'}>
        <option value="open">{t('plan.status-open')}</option>
        {ActionStatus.options.map((status) => (
          <option key={status} value={status}>
            {t(`plan.status-${status}`)}
          </option>
        ))}
        <option value="all">{t('plan.status-all')}</option>
      </Choice>
      <Choice name="due" label={t('plan.due')} defaultValue={search['due'] ?? 'any'}>
        {spans.map((span) => (
          <option key={span} value={span}>
            {t(`plan.due-${span}`)}
          </option>
        ))}
      </Choice>
      <Field
        name="lead"
        label={t('plan.lead-or-office')}
        type="search"
        maxLength={200}
        defaultValue={search['lead']}
      />
      <button type="submit" className="b">
        {t('matters.show')}
      </button>
    </form>
  )
}

function Line({ action }: { readonly action: PlannedAction }) {
  const { t, locale } = useShell()
  const { id, matter, title, lead, officeName, due, status, isOverdue, about } = action
  return (
    <li className={isOverdue ? 'late-edge' : undefined}>
      <div>
        <h2>
          <a href={`/matters/${matter}/plan?action=${id}`} dir="auto">
            {title}
          </a>
        </h2>
        <p className="two sm">
          <bdi>{symbolOf('M', action)}</bdi>
          {' · '}
          <bdi>{about}</bdi>
        </p>
        <p className="sm">
          <bdi>{lead}</bdi>
          {officeName && officeName !== lead && (
            <>
              {' · '}
              <bdi>{officeName}</bdi>
            </>
          )}
        </p>
      </div>
      <div className="st">
        <span className={isOverdue ? 'chip late' : 'chip'}>
          {t(isOverdue ? 'plan.overdue' : `plan.status-${status}`)}
        </span>
        <span className={isOverdue ? 'block late sm' : 'block two sm'}>
          {due ? t('plan.due-on', { day: formatDay(locale, due) }) : t('plan.no-day')}
        </span>
      </div>
    </li>
  )
}
