import type { MatterPlan } from '@tocsin/api/action-plans.ts'
import { isOver } from '@tocsin/domain/action-plan.ts'
import { useShell } from '../shell/context.ts'
import { formatDay } from '../shell/format.ts'

const SHOWN = 4

/** What is done on the matter, in short: what is next to be done, and the note that the Council is due. */
export function PlanPart({
  plan,
  mayWork,
}: {
  readonly plan: MatterPlan
  readonly mayWork: boolean
}) {
  const { t, locale } = useShell()
  const { actions, notes, matter, offered } = plan
  const open = actions.filter(({ status }) => !isOver(status))
  const address = `/matters/${matter.id}/plan`
  const isDrafted = notes.some(({ sending }) => sending === null)
  return (
    <section>
      <div className="h">
        <h2>{t('plan.title')}</h2>
        <a className="more" href={address}>
          {t('plan.open-page', { n: actions.length })}
        </a>
      </div>
      {open.length === 0 && <p className="two">{t('plan.none-open')}</p>}
      <ul className="list">
        {open.slice(0, SHOWN).map(({ id, title, lead, status, due, isOverdue }) => (
          <li key={id}>
            <div>
              <a href={`${address}?action=${id}`} dir="auto">
                {title}
              </a>{' '}
              <span className={isOverdue ? 'chip late' : 'chip'}>
                {t(isOverdue ? 'plan.overdue' : `plan.status-${status}`)}
              </span>
              <small className="block mute">
                <bdi>{lead}</bdi>
                {due && ` · ${t('plan.due-on', { day: formatDay(locale, due) })}`}
              </small>
            </div>
          </li>
        ))}
      </ul>
      {mayWork && isDrafted && (
        <p className="note">
          <a href={`${address}#article-54`}>{t('plan.note-waits')}</a>
        </p>
      )}
      {mayWork && offered.length > 0 && (
        <p className="two sm">
          <a href={`${address}#offered`}>{t('plan.offered-n', { n: offered.length })}</a>
        </p>
      )}
    </section>
  )
}
