import type { HearingRoom } from '@tocsin/api/consultations.ts'
import { ContributionKind, whyNotReply } from '@tocsin/domain/consultation.ts'
import { mayWork } from '@tocsin/domain/docket-access.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { AudienceSentence } from '../docket/AudienceSentence.tsx'
import { ExerciseBand } from '../exercises/ExerciseBand.tsx'
import { StepUp } from '../identity/StepUp.tsx'
import { useActor } from '../identity/self.ts'
import { PrintMarking } from '../matters/PrintMarking.tsx'
import type { Answers } from '../shell/answers.ts'
import { useShell } from '../shell/context.ts'
import { formatDay, setApart } from '../shell/format.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { Exchange } from './Exchange.tsx'
import type { Exchange as Answer } from './use-exchange.ts'

type Props = HearingRoom & { readonly exchange: Answer; readonly answers: Answers }

/** What an organisation sees that the matter concerns: that a consultation exists, and its own right of reply. */
export function HearingPage({ hearing, exchange, answers }: Props) {
  const { t, locale } = useShell()
  const actor = useActor()
  const { id, organisationName, closedAt, openedAt, marking, hearsName } = hearing
  const name = setApart(organisationName)
  const kinds = ContributionKind.options.filter(
    (kind) =>
      actor.kind === 'person' &&
      mayWork(actor) &&
      whyNotReply(hearing, actor.organisation, kind) === undefined,
  )
  const day = (at: string) => formatDay(locale, at.slice(0, 10))
  return (
    <StepUp>
      <PrintMarking marking={marking} symbol={symbolOf('C', hearing)} />
      {hearing.isExercise && <ExerciseBand />}
      <Masthead
        path={
          <>
            <a href="/consultations">{t('sections.consultations')}</a>
            {' / '}
            <bdi>{symbolOf('C', hearing)}</bdi>
          </>
        }
        title={t('room.neutral-title')}
        lede={t('room.hearing-lede', { name })}
        symbol={symbolOf('C', hearing)}
        marking={marking}
        facts={[
          { name: t('room.opened'), value: day(openedAt) },
          ...(closedAt ? [{ name: t('room.closed'), value: day(closedAt) }] : []),
        ]}
      />
      <div className="sec">
        <AudienceSentence
          visibleTo={[hearsName, t('room.hearing-readers', { name })]}
          notVisibleTo={[t('matter.public')]}
        />
      </div>
      <div className="sec narrow">
        <Exchange
          consultation={id}
          first={exchange}
          thread={hearing.hears}
          title={t('room.hearing-thread')}
          closedAt={closedAt}
          kinds={kinds}
          keeping={{ marking, title: t('room.neutral-title'), answers }}
        />
      </div>
    </StepUp>
  )
}
