import { type CatchUpEvent, type catchUp, markLooked } from '@tocsin/api/consultations.ts'
import type { Output } from '@tocsin/api/route.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import type { ConsultationId } from '@tocsin/domain/consultation.ts'
import { ActButton } from '../identity/ActButton.tsx'
import { formatShortDay, timeOf } from '../matters/moment.ts'
import { useShell } from '../shell/context.ts'
import { formatInstant, setApart } from '../shell/format.ts'

type Props = {
  readonly consultation: ConsultationId
  readonly news: Output<typeof catchUp>
  /** As of when the page was read: up to then it counts as looked at. */
  readonly asOf: Instant
}

/** What happened since this person last looked, as a list that ends. */
export function CatchUpPart({ consultation, news, asOf }: Props) {
  const { t, locale, client } = useShell()
  const { since, said, events } = news
  const isSaid = ({ kind }: CatchUpEvent) => kind === 'said'
  const more = said - events.filter(isSaid).length
  const mark = async () => {
    await client(markLooked, { params: { consultation }, body: { asOf } })
  }
  const title = (
    <>
      {since ? t('room.catch-up') : t('room.catch-up-first')}
      {since && <span className="mute sm"> {formatInstant(locale, since)}</span>}
    </>
  )
  if (events.length === 0) {
    return (
      <p className="catch noprint" role="status">
        <b>{title}</b> {t('room.nothing-new')}
      </p>
    )
  }
  return (
    <details className="catch noprint" open>
      <summary>{title}</summary>
      <ul>
        {events.map((event) => (
          <li key={`${event.kind} ${event.at} ${event.contribution ?? event.what ?? event.who}`}>
            <time dateTime={event.at}>
              {formatShortDay(locale, event.at, asOf)} {timeOf(event.at)}
            </time>
            <span>
              <Words event={event} />
            </span>
          </li>
        ))}
      </ul>
      {more > 0 && <p className="two">{t('room.more-said', { n: more })}</p>}
      <p className="acts">
        <ActButton deed={mark}>{t('room.mark-looked')}</ActButton>
      </p>
    </details>
  )
}

function Words({ event: { kind, who, what, contribution } }: { readonly event: CatchUpEvent }) {
  const { t } = useShell()
  const words = t(`room.event-${kind}`, { who: setApart(who ?? ''), what: setApart(what ?? '') })
  return contribution ? <a href={`#c-${contribution}`}>{words}</a> : words
}
