import type { MatterPlan, readNote } from '@tocsin/api/action-plans.ts'
import type { Output } from '@tocsin/api/route.ts'
import type { Office } from '@tocsin/api/warnings.ts'
import { mayReadOwn, mayWorkOnMatter } from '@tocsin/domain/docket-access.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { useReady } from '../identity/ActForm.tsx'
import { StepUp } from '../identity/StepUp.tsx'
import { useActor } from '../identity/self.ts'
import { ExerciseBand } from '../matters/ExerciseBand.tsx'
import { PrintMarking } from '../matters/PrintMarking.tsx'
import { addressTo, type Search } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { formatDay, formatInstant } from '../shell/format.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { Board } from './Board.tsx'
import { ChosenAction } from './ChosenAction.tsx'
import { NotesPart } from './NotesPart.tsx'
import { OfferedPart } from './OfferedPart.tsx'
import { PlanForm } from './PlanForm.tsx'
import { TimelinePart } from './TimelinePart.tsx'

export type PlanProps = {
  readonly plan: MatterPlan
  /** Offices to choose from, where the form that is open offers them. */
  readonly offices: readonly Office[]
  readonly search: Search
  readonly mayWork: boolean
}

type Props = Omit<PlanProps, 'mayWork'> & {
  /** The note whose text is open. */
  readonly opened: Output<typeof readNote> | undefined
}

/** What is planned and done on one matter: by how far it is, over time, and each action by itself. */
export function PlanPage({ plan, offices, search, opened }: Props) {
  const { t, locale } = useShell()
  const actor = useActor()
  const ready = useReady()
  const { matter, actions, asOf } = plan
  const mayWork = mayWorkOnMatter(actor, matter) && matter.closedAt === null
  const address = `/matters/${matter.id}/plan`
  const given = { plan, offices, search, mayWork }
  return (
    <StepUp>
      <PrintMarking marking={matter.marking} symbol={symbolOf('M', matter)} />
      {matter.isExercise && <ExerciseBand />}
      <Masthead
        path={
          <>
            <a href="/matters">{t('matters.title')}</a>
            {' / '}
            <a href={`/matters/${matter.id}`}>
              <bdi>{symbolOf('M', matter)}</bdi>
            </a>
          </>
        }
        title={t('plan.title')}
        lede={<bdi>{matter.title}</bdi>}
        symbol={symbolOf('M', matter)}
        stood={
          matter.closedAt
            ? t('matter.closed-on', { day: formatDay(locale, matter.closedAt.slice(0, 10)) })
            : undefined
        }
        marking={matter.marking}
        facts={[
          { name: t('plan.overdue'), value: actions.filter((one) => one.isOverdue).length },
          { name: t('matter.as-of'), value: formatInstant(locale, asOf) },
        ]}
      />
      <div className="acts noprint">
        {mayWork && (
          <a
            className={search['act'] || search['action'] || search['note'] ? 'b' : 'b p'}
            href={addressTo(address, { act: 'plan' })}
            data-stay
          >
            {t('plan.new')}
          </a>
        )}
        <a className="b q" href="/plans">
          {t('plan.overview')}
        </a>
        <button type="button" className="b q" disabled={!ready} onClick={() => window.print()}>
          {t('matter-act.print')}
        </button>
      </div>
      {mayWork && search['act'] === 'plan' && (
        <section className="sec sign noprint" aria-labelledby="act">
          <div className="h">
            <h2 id="act">{t('plan.new')}</h2>
            <a className="more" href={address} data-stay>
              {t('form.cancel')}
            </a>
          </div>
          <p className="src">{t('matter-act.on-record')}</p>
          <PlanForm {...given} />
        </section>
      )}
      <ChosenAction {...given} />
      <Board plan={plan} search={search} />
      <TimelinePart plan={plan} />
      {mayWork && <OfferedPart plan={plan} />}
      {(plan.notes.length > 0 || mayReadOwn(actor, matter)) && (
        <NotesPart {...given} opened={opened} />
      )}
    </StepUp>
  )
}
