import type { Room } from '@tocsin/api/consultations.ts'
import { Level } from '@tocsin/domain/level.ts'
import { isDecided, isOpen, type Proposals } from '../decisions/proposal.ts'
import { LevelMark } from '../docket/LevelMark.tsx'
import { formatShortDay, timeOf } from '../matters/moment.ts'
import { addressTo } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { formatDay, setApart } from '../shell/format.ts'

type Props = { readonly found: Room; readonly item: number | undefined }

type AgendaProps = Props & { readonly proposals: Proposals['proposals'] }

/** The agenda: what is open, and what became of the rest. */
export function AgendaRail({ found, item, proposals }: AgendaProps) {
  const { t, locale } = useShell()
  const { room, asOf } = found
  const to = (n?: number) =>
    addressTo(`/consultations/${room.id}`, n === undefined ? {} : { item: String(n) })
  return (
    <nav aria-label={t('room.agenda')}>
      <h2 className="vh">{t('room.agenda')}</h2>
      {room.agenda.length === 0 && <p className="two sm">{t('room.no-agenda')}</p>}
      <ol className="ag">
        {room.agenda.length > 0 && (
          <li aria-current={item === undefined || undefined}>
            <a href={to()} data-stay>
              {t('room.whole')}
            </a>
          </li>
        )}
        {room.agenda.map(({ n, title, settled, asks }) => (
          <li key={n} aria-current={n === item || undefined}>
            <a href={to(n)} data-stay>
              {t('room.item', { n, title: setApart(title) })}
            </a>
            {asks && <small className="late">{t('room.item-asks-reasons')}</small>}
            <small>
              {settled === null && <Open proposal={proposals.find((one) => one.item === n)} />}
              {settled?.how.outcome === 'deferred' &&
                t('room.item-deferred', { day: formatDay(locale, settled.how.until) })}
              {settled &&
                settled.how.outcome !== 'deferred' &&
                t(`room.item-${settled.how.outcome}`, {
                  at: `${formatShortDay(locale, settled.at, asOf)} ${timeOf(settled.at)}`,
                })}
            </small>
            {settled?.how.words && <small dir="auto">{settled.how.words}</small>}
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** What is open says how the last that was put about it stands. */
function Open({ proposal }: { readonly proposal: Proposals['proposals'][number] | undefined }) {
  const { t } = useShell()
  if (!proposal || proposal.endedFor !== null) return t('room.item-open')
  const { number } = proposal
  if (proposal.outcome === 'adopted') return t('vote.item-adopted', { number })
  if (isDecided(proposal)) return t('vote.item-not-adopted', { number })
  if (!isOpen(proposal)) return t('room.item-open')
  return t(proposal.ballots ? 'vote.item-voting' : 'vote.item-silence')
}

/** Who is in the room, and when something of theirs last came here. */
export function SeatsPart({ found }: Pick<Props, 'found'>) {
  const { t, locale } = useShell()
  const { room, seats, asOf, isOurs } = found
  const heard = (at: (typeof seats)[number]['heardAt']) =>
    at ? `${formatShortDay(locale, at, asOf)} ${timeOf(at)}` : t('room.nothing-yet')
  return (
    <section className="in" aria-labelledby="in-room">
      <div className="h">
        <h3 id="in-room">{t('room.in-room')}</h3>
        <span className="more">{t('room.last-received')}</span>
      </div>
      <ul>
        <li>
          <bdi>{room.organisationName}</bdi>
          <small>{t('room.role-convener')}</small>
        </li>
        {seats.map((seat) => (
          <li key={seat.organisation}>
            <bdi>
              {seat.role === 'observer'
                ? t('room.seat-observer', { name: setApart(seat.name) })
                : seat.name}
            </bdi>
            <small className={seat.missing > 0 ? 'hold' : undefined}>
              {seat.missing > 0 ? t('room.missing', { n: seat.missing }) : heard(seat.heardAt)}
            </small>
          </li>
        ))}
        {room.concerned.map(({ organisation, name, heardSince, reason }) => (
          <li key={organisation} className="mute">
            {isOurs && heardSince ? (
              <a href={`/consultations/${room.id}?thread=${organisation}`}>
                <bdi>{name}</bdi>
              </a>
            ) : (
              <bdi>{name}</bdi>
            )}
            <small>{t(heardSince ? 'room.heard-apart' : 'room.recused')}</small>
            <small className="why" dir="auto">
              {reason}
            </small>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The matter, its warnings, reports and files, as they stand now. */
export function CardsPart({ found }: Pick<Props, 'found'>) {
  const { t, locale, has } = useShell()
  const { cards, asOf } = found
  return (
    <section className="noprint" aria-labelledby="cards">
      <div className="h">
        <h2 id="cards">{t('room.cards')}</h2>
        <span className="more">{t('room.cards-total', { n: cards.total })}</span>
      </div>
      {cards.total === 0 && <p className="two sm">{t('room.cards-none')}</p>}
      <ul className="ref">
        {cards.newest.map((card) => {
          const level = Level.safeParse(card.level).data
          const state = `room.state-${card.state}`
          return (
            <li key={card.id}>
              <span className="told">
                {level !== undefined && <LevelMark level={level} size={18} isSaid />}
                {t(`shared.type-${card.type}`)}
                {card.state && has(state) && <span className="chip">{t(state)}</span>}
              </span>
              {found.isOurs ? (
                <bdi>{card.title}</bdi>
              ) : (
                <a href={`/network/shared/${card.id}`}>
                  <bdi>{card.title}</bdi>
                </a>
              )}
              <small>{`${formatShortDay(locale, card.at, asOf)} ${timeOf(card.at)}`}</small>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
