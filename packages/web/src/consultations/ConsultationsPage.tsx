import type { listConsultations, RoomLine } from '@tocsin/api/consultations.ts'
import type { Output } from '@tocsin/api/route.ts'
import { isMoreClosed, type Marking } from '@tocsin/domain/audience.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { ExerciseBand } from '../exercises/ExerciseBand.tsx'
import { addressTo } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { formatDay, formatInstant, formatNumber, setApart } from '../shell/format.ts'
import { MarkingWords, Masthead } from '../shell/Masthead.tsx'

const MOST_COUNTED = 100

type Props = Output<typeof listConsultations> & { readonly isExercise: boolean }

/** The rooms that the reader's organisation is in or heard by, the newest first, with what is new in each. */
export function ConsultationsPage({ rooms, asOf, isExercise }: Props) {
  const { t, locale } = useShell()
  return (
    <>
      {isExercise && <ExerciseBand />}
      <Masthead
        path={t('matters.path')}
        title={t('sections.consultations')}
        lede={t('room.list-lede')}
        marking={rooms.reduce<Marking>(mostClosed, 'TLP:AMBER+STRICT')}
        facts={[
          { name: t('room.list-total'), value: formatNumber(locale, rooms.length) },
          { name: t('room.as-of'), value: formatInstant(locale, asOf) },
        ]}
      />
      <p className="acts noprint">
        <a className="b" href={addressTo('/consultations', { exercise: isExercise ? '' : 'true' })}>
          {t(isExercise ? 'room.show-real' : 'matters.show-drills')}
        </a>
        <a className="b" href="/agendas">
          {t('agenda.organs')}
        </a>
      </p>
      {rooms.length === 0 && <p className="sec">{t('room.list-none')}</p>}
      <RoomList rooms={rooms} />
    </>
  )
}

/** The page is for no more eyes than the most closed thing on it. */
const mostClosed = (marking: Marking, room: RoomLine): Marking =>
  isMoreClosed(room.marking, marking) ? room.marking : marking

function RoomList({ rooms }: { readonly rooms: readonly RoomLine[] }) {
  return (
    <ul className="list">
      {rooms.map((room) => (
        <Line key={room.id} room={room} />
      ))}
    </ul>
  )
}

function Line({ room }: { readonly room: RoomLine }) {
  const { t, locale } = useShell()
  const { id, title, fresh, closedAt, openItem, openedAt } = room
  return (
    <li>
      <div>
        <div className="told">
          <bdi>{symbolOf('C', room)}</bdi>
          <MarkingWords marking={room.marking} />
          <span>{t('room.convened-by', { name: setApart(room.organisationName) })}</span>
          <span>{formatDay(locale, openedAt.slice(0, 10))}</span>
          {fresh > 0 && !closedAt && (
            <span className="chip">
              {fresh >= MOST_COUNTED ? t('room.fresh-many') : t('room.fresh', { n: fresh })}
            </span>
          )}
        </div>
        <p>
          <a href={`/consultations/${id}`}>
            <bdi>{title ?? t('room.neutral-title')}</bdi>
          </a>
        </p>
        {closedAt && (
          <p className="mute">
            {t('room.closed-on', { day: formatDay(locale, closedAt.slice(0, 10)) })}
          </p>
        )}
        {!closedAt && openItem && (
          <p className="two">
            <bdi>{openItem}</bdi>
          </p>
        )}
      </div>
    </li>
  )
}
