import type { RoomLine } from '@tocsin/api/consultations.ts'
import type { Matter } from '@tocsin/domain/matter.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { useShell } from '../shell/context.ts'

type Props = {
  readonly matter: Matter
  readonly rooms: readonly RoomLine[]
  readonly mayWork: boolean
}

/** The consultations on a matter that the reader may see, and the way to open one. */
export function ConsultationsPart({ matter, rooms, mayWork }: Props) {
  const { t } = useShell()
  const mayOpen = mayWork && matter.closedAt === null
  if (rooms.length === 0 && !mayOpen) return null
  return (
    <section className={rooms.length === 0 ? 'noprint' : undefined}>
      <div className="h">
        <h3>{t('room.of-matter')}</h3>
      </div>
      <ul className="ref">
        {rooms.map((room) => (
          <li key={room.id}>
            <bdi>{symbolOf('C', room)}</bdi>{' '}
            <a href={`/consultations/${room.id}`}>
              <bdi>{room.title}</bdi>
            </a>
            <small>
              {room.closedAt ? t('room.closed') : <bdi>{room.openItem}</bdi>}
              {room.fresh > 0 && !room.closedAt && ` · ${t('room.fresh', { n: room.fresh })}`}
            </small>
          </li>
        ))}
      </ul>
      {mayOpen && (
        <p className="acts noprint">
          <a className="b" href={`/matters/${matter.id}/consultation`}>
            {t('room.convene')}
          </a>
        </p>
      )}
    </section>
  )
}
