import { reviewMatter } from '@tocsin/api/docket.ts'
import type { Outcome } from '@tocsin/api/people.ts'
import { isOver } from '@tocsin/domain/action-plan.ts'
import type { Day } from '@tocsin/domain/brand.ts'
import { planClock } from '@tocsin/domain/clock-plan.ts'
import type { Level } from '@tocsin/domain/level.ts'
import type { Review } from '@tocsin/domain/matter.ts'
import { owedBy } from '@tocsin/domain/notification.ts'
import type { ClockSettings } from '@tocsin/domain/service-clock.ts'
import { useState } from 'react'
import { BigChoice } from '../docket/BigChoice.tsx'
import { LongField } from '../docket/LongField.tsx'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { Field } from '../identity/Field.tsx'
import { OutcomeNote } from '../people/OutcomeNote.tsx'
import { useShell } from '../shell/context.ts'
import { formatDay } from '../shell/format.ts'
import type { ActPartProps } from './ActPart.tsx'
import { JudgementFields, judgementIn } from './JudgementFields.tsx'
import { toldBy } from './OwingPart.tsx'

const outcomes = ['keep', 'change-level', 'close'] as const

/** From here on two persons close a matter. */
const CLOSING_TAKES_TWO_FROM = 2

/** Keeps a matter, puts it at another level, or closes it, with reasons and a fresh proof of identity. */
export function ReviewForm({ opened, plan, settings }: ActPartProps) {
  const { t, client, locale } = useShell()
  const { matter, asOf } = opened
  const [chosen, choose] = useState<string>('keep')
  const [outcome, setOutcome] = useState<Outcome | undefined>(undefined)
  const [level, setLevel] = useState<Level>(matter.level)
  const latest = latestReview(settings, chosen === 'keep' ? matter.level : level, asOf)
  const review = async (fields: FormData) => {
    const body = reviewIn(fields, chosen)
    setOutcome(await client(reviewMatter, { params: { matter: matter.id }, body }))
    choose('keep')
  }
  const owing = toldBy(opened).filter((one) => owedBy(one) !== undefined)
  const unfinished = plan.actions.filter(({ status }) => !isOver(status)).length
  return (
    <>
      <ActForm submit={t(`review.sign-${chosen as Review['outcome']}`)} isMain deed={review}>
        <BigChoice
          name="outcome"
          legend={t('review.outcome')}
          options={outcomes.map((value) => ({ value, says: t(`review.${value}`) }))}
          chosen="keep"
          onChoose={choose}
        />
        {chosen === 'change-level' && <JudgementFields {...matter} onLevel={setLevel} />}
        {chosen !== 'close' && (
          <Field
            // Another level allows another day.
            key={latest}
            name="reviewBy"
            label={t('review.next')}
            hint={latest && t('review.latest', { day: formatDay(locale, latest) })}
            type="date"
            min={asOf.slice(0, 10)}
            max={latest}
            defaultValue={latest}
            required
          />
        )}
        {chosen === 'close' && owing.length > 0 && (
          <p className="note" role="status">
            {t('review.owing', {
              n: owing.length,
              names: owing.map(({ authority }) => authority).join(', '),
            })}
          </p>
        )}
        {chosen === 'close' && unfinished > 0 && (
          <p className="note">{t('review.unfinished', { n: unfinished })}</p>
        )}
        {chosen === 'close' && matter.level >= CLOSING_TAKES_TWO_FROM && (
          <p className="two">{t('review.takes-two')}</p>
        )}
        <LongField name="reasons" label={t('assess.reasons')} required />
      </ActForm>
      {outcome?.state === 'waiting' && <OutcomeNote outcome={outcome} />}
    </>
  )
}

function reviewIn(fields: FormData, chosen: string): Review {
  const reasons = textOf(fields, 'reasons')
  if (chosen === 'close') return { outcome: 'close', reasons }
  const reviewBy = textOf(fields, 'reviewBy') as Day
  if (chosen === 'keep') return { outcome: 'keep', reasons, reviewBy }
  return { outcome: 'change-level', ...judgementIn(fields), reasons, reviewBy }
}

/** The last day on which the level allows the next review. */
function latestReview(
  settings: ClockSettings,
  level: Level,
  start: ActPartProps['opened']['asOf'],
): Day | undefined {
  const plan = planClock(settings, { kind: 'review', level: level === 0 ? 1 : level, start })
  return plan?.dueAt.slice(0, 10) as Day | undefined
}
