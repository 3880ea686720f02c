import type { LadderStep, OpenedMatter } from '@tocsin/api/docket.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import { formatLeft } from '../docket/span.ts'
import { useShell } from '../shell/context.ts'
import { wordOf } from './entry-words.ts'
import { formatShortDay, timeOf } from './moment.ts'

/** Steps to come that are shown at once; the others on request. */
const SHOWN = 4

/** Who is told next if nobody answers, who was told already, and who was passed over and why. */
export function LadderPart({ steps, asOf }: Pick<OpenedMatter, 'steps' | 'asOf'>) {
  const { t } = useShell()
  const past = steps.filter(({ outcome }) => outcome !== null)
  const coming = steps.filter(({ outcome }) => outcome === null)
  const next = coming[0]
  return (
    <section>
      <div className="h">
        <h2>{t('ladder.title')}</h2>
      </div>
      {steps.length === 0 && <p className="two">{t('ladder.none')}</p>}
      <Steps steps={[...past, ...coming.slice(0, SHOWN)]} next={next} asOf={asOf} />
      {coming.length > SHOWN && (
        <details className="sure">
          <summary>{t('ladder.more', { n: coming.length - SHOWN })}</summary>
          <Steps steps={coming.slice(SHOWN)} next={next} asOf={asOf} />
        </details>
      )}
    </section>
  )
}

type StepsProps = {
  readonly steps: readonly LadderStep[]
  readonly next: LadderStep | undefined
  readonly asOf: Instant
}

function Steps({ steps, next, asOf }: StepsProps) {
  const shell = useShell()
  const { t, locale } = shell
  return (
    <ol className="lad">
      {steps.map((step) => {
        const at = step.doneAt ?? step.dueAt
        return (
          <li key={step.id} className={classOf(step, next)}>
            <span>
              <b>{step.office ?? t(`rung.${step.tell}`)}</b>
              <small>
                {t(`clock.${step.clock}`)}
                {step.about && `: ${step.about}`}
              </small>
              <small>
                {step.outcome === 'told' && t('ladder.told')}
                {step.outcome === 'skipped' &&
                  t('ladder.skipped', { reason: wordOf(shell, 'ladder.skip-', step.reason ?? '') })}
                {step.outcome === null && formatLeft(t, asOf, step.dueAt)}
              </small>
            </span>
            <time dateTime={at} className="mute sm">
              {`${formatShortDay(locale, at, asOf)}, ${timeOf(at)}`}
            </time>
          </li>
        )
      })}
    </ol>
  )
}

function classOf(step: LadderStep, next: LadderStep | undefined): string {
  if (step.outcome === 'skipped') return 's'
  if (step.outcome === 'told') return 'd'
  return step === next ? 'r' : 'n'
}
