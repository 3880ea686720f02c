import type { catchUp, Room } from '@tocsin/api/consultations.ts'
import type { ProposalView } from '@tocsin/api/decisions.ts'
import type { Reader } from '@tocsin/api/matters.ts'
import type { Output } from '@tocsin/api/route.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { ContributionKind, maySay, whyNotReply } from '@tocsin/domain/consultation.ts'
import { mayWork } from '@tocsin/domain/docket-access.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { DecisionDoc } from '../decisions/DecisionDoc.tsx'
import { HomePart } from '../decisions/HomePart.tsx'
import { ProposalsPart } from '../decisions/ProposalsPart.tsx'
import { isOpen, type Proposals, useMoment } from '../decisions/proposal.ts'
import { AudienceSentence } from '../docket/AudienceSentence.tsx'
import { LevelMark } from '../docket/LevelMark.tsx'
import { ExerciseBand } from '../exercises/ExerciseBand.tsx'
import { StepUp } from '../identity/StepUp.tsx'
import { useActor } from '../identity/self.ts'
import { PrintMarking } from '../matters/PrintMarking.tsx'
import type { Answers } from '../shell/answers.ts'
import { useShell } from '../shell/context.ts'
import { formatDay, setApart } from '../shell/format.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { CatchUpPart } from './CatchUpPart.tsx'
import { Exchange, gapsOf } from './Exchange.tsx'
import { LeadPart } from './LeadPart.tsx'
import { AgendaRail, CardsPart, SeatsPart } from './RoomAside.tsx'
import type { Exchange as Answer } from './use-exchange.ts'

type Props = {
  readonly found: Room
  readonly exchange: Answer
  readonly news: Output<typeof catchUp>
  readonly readers: readonly Reader[]
  readonly decided: Proposals
  /** The thread in which one organisation is heard, for whoever convened. */
  readonly thread: OrganisationId | undefined
  readonly item: number | undefined
  /** What the page is drawn from. */
  readonly answers: Answers
}

/** A consultation as a document: who sees it, its agenda, what was said, and what can be said. */
export function RoomPage(props: Props) {
  const { found, exchange, news, readers, decided, thread, item, answers } = props
  const { t, locale } = useShell()
  const { room, seats, asOf } = found
  const [newest] = decided.proposals
  const heard = room.concerned.find((one) => one.organisation === thread)
  const shared = {
    consultation: room.id,
    first: exchange,
    closedAt: room.closing?.closedAt ?? null,
    kinds: useKinds(found, thread),
    keeping: { marking: room.marking, title: room.title, answers },
  }
  const missing = (name: string, n: number) => `${setApart(name)}, ${t('room.missing', { n })}`
  return (
    <StepUp>
      <PrintMarking marking={room.marking} symbol={symbolOf('C', room)} />
      {room.isExercise && <ExerciseBand />}
      <Head found={found} newest={newest} />
      <div className="sec">
        <Visible found={found} />
      </div>
      <div className="cols rg sec">
        <aside className="noprint">
          <AgendaRail found={found} item={thread ? 0 : item} proposals={decided.proposals} />
          <SeatsPart found={found} />
        </aside>
        <div>
          {!thread && <CatchUpPart consultation={room.id} news={news} asOf={asOf} />}
          {!thread && <ProposalsPart found={found} decided={decided} />}
          {heard ? (
            <Exchange
              {...shared}
              thread={heard.organisation}
              title={t('room.hearing-of', { name: setApart(heard.name) })}
            />
          ) : (
            <Exchange
              {...shared}
              title={t('room.exchange')}
              agenda={room.agenda}
              item={item}
              total={found.said}
              gaps={gapsOf(seats, missing, locale)}
            />
          )}
        </div>
        <div className="aside">
          {!thread && newest && <DecisionDoc one={newest} found={found} decided={decided} />}
          {!thread && decided.home && (
            <HomePart found={found} home={decided.home} proposals={decided.proposals} />
          )}
          <CardsPart found={found} />
          {found.isOurs && <LeadPart found={found} readers={readers} />}
        </div>
      </div>
    </StepUp>
  )
}

/** What the reader may say: in the room, or in the thread in which somebody is heard. */
function useKinds({ room, seats }: Room, thread: OrganisationId | undefined) {
  const actor = useActor()
  const all = { ...room, seats: seats.map((seat) => ({ ...seat, since: room.openedAt })) }
  return ContributionKind.options.filter((kind) => {
    if (!thread) return maySay(actor, all, kind)
    const { organisation, closing } = room
    const hearing = { organisation, hears: thread, closedAt: closing?.closedAt ?? null }
    if (actor.kind !== 'person' || !mayWork(actor)) return false
    return whyNotReply(hearing, actor.organisation, kind) === undefined
  })
}

type HeadProps = Pick<Props, 'found'> & { readonly newest: ProposalView | undefined }

function Head({ found: { room, asOf }, newest }: HeadProps) {
  const { t, locale } = useShell()
  const moment = useMoment(asOf)
  const { closing, level, openedAt } = room
  const day = (at: string) => formatDay(locale, at.slice(0, 10))
  return (
    <Masthead
      path={
        <>
          <a href="/consultations">{t('sections.consultations')}</a>
          {' / '}
          <bdi>{symbolOf('C', room)}</bdi>
        </>
      }
      title={room.title}
      lede={
        <>
          <bdi>{room.request}</bdi>
          {closing && (
            <>
              {' '}
              <b>{t('room.closed-on', { day: day(closing.closedAt) })}</b>{' '}
              <bdi>{closing.words}</bdi>
            </>
          )}
        </>
      }
      symbol={symbolOf('C', room)}
      marking={room.marking}
      facts={[
        {
          name: t('matter.level'),
          value: (
            <span className="lv">
              <LevelMark level={level} size={18} isSaid />
              <span>{t('matter.level-words', { level, name: t(`level.${level}`) })}</span>
            </span>
          ),
        },
        { name: t('room.opened'), value: day(openedAt) },
        { name: t('room.convener'), value: <bdi>{room.organisationName}</bdi> },
        ...(newest && isOpen(newest)
          ? [
              {
                name: t(newest.ballots ? 'vote.fact-voting' : 'vote.fact-silence'),
                value: `${moment(newest.deadline)} UTC`,
              },
            ]
          : []),
      ]}
    />
  )
}

/** Who reads what is said here and who does not, by the function that decides it. */
function Visible({ found: { room, seats, keptOut } }: Pick<Props, 'found'>) {
  const { t } = useShell()
  const name = (seat: (typeof seats)[number]) =>
    seat.role === 'observer' ? t('room.seat-observer', { name: setApart(seat.name) }) : seat.name
  const left = seats.flatMap(({ organisation, name: who, why: reason, from }) =>
    reason ? [{ organisation, name: who, reason, from }] : [],
  )
  const isConcerned = (who: OrganisationId) =>
    room.concerned.some(({ organisation }) => organisation === who)
  return (
    <AudienceSentence
      visibleTo={[
        room.organisationName,
        ...seats.filter(({ why }) => why === null || why === undefined).map(name),
      ]}
      notVisibleTo={[
        ...room.concerned.map((one) =>
          t(one.heardSince ? 'room.told-heard' : 'room.not-told', { names: setApart(one.name) }),
        ),
        t('matter.public'),
      ]}
      notSent={[...left, ...keptOut.filter(({ organisation }) => !isConcerned(organisation))]}
    />
  )
}
