import type { Notified } from '@tocsin/api/opened-warning.ts'
import { type Delivery, getWarning, type OpenedWarning } from '@tocsin/api/warnings.ts'
import { useEffect, useState } from 'react'
import { useShell } from '../shell/context.ts'
import { formatInstant } from '../shell/format.ts'

/** Each office that was told: how far the notice came on each way, and what the office said. */
export function NotifiedPart({ opened }: { readonly opened: OpenedWarning }) {
  const { t } = useShell()
  const { notifications, deliveries } = useLookingAgain(opened)
  if (notifications.length === 0) return null
  return (
    <section className="sec">
      <div className="h">
        <h2>{t('warning.notified')}</h2>
        <span className="more">
          {t('warning.answered-of', {
            n: notifications.filter(({ answeredAt }) => answeredAt !== null).length,
            all: notifications.length,
          })}
        </span>
      </div>
      <ul className="list">
        {notifications.map((one) => (
          <Office
            key={one.id}
            notified={one}
            deliveries={deliveries.filter(({ notification }) => notification === one.id)}
          />
        ))}
      </ul>
    </section>
  )
}

const LOOK_MS = 5000

/** The warning as it stands now: asked again while notices are under way and somebody looks. */
function useLookingAgain(opened: OpenedWarning): OpenedWarning {
  const { client } = useShell()
  const [fresh, refresh] = useState(opened)
  const isMoving = fresh.deliveries.some(
    ({ state }) => state === 'queued' || state === 'handing-over',
  )
  const { id: warning } = opened.warning
  useEffect(() => refresh(opened), [opened])
  useEffect(() => {
    if (!isMoving) return undefined
    const look = async () => {
      if (!document.hidden) refresh(await client(getWarning, { params: { warning } }))
    }
    // What cannot be asked stays as it was last heard; it is asked again.
    const timer = setInterval(() => void look().catch(() => undefined), LOOK_MS)
    return () => clearInterval(timer)
  }, [isMoving, client, warning])
  return fresh
}

function Office(props: { readonly notified: Notified; readonly deliveries: readonly Delivery[] }) {
  const { t, locale } = useShell()
  const { notified, deliveries } = props
  const at = (instant: string) => ({ at: formatInstant(locale, instant) })
  return (
    <li>
      <div>
        <b className="block">{notified.office}</b>
        <span className="two sm">{notified.authority}</span>
        {deliveries.map((delivery) => (
          <Notice key={`${delivery.channel} ${delivery.step} ${delivery.nextAt}`} of={delivery} />
        ))}
      </div>
      <div>
        <p className={notified.state === 'failed' ? 'late' : undefined}>
          <b>{t(`warning.notified-${notified.state}`)}</b>
        </p>
        <p className="two sm">
          {notified.acknowledgedAt
            ? t('warning.acknowledged-at', at(notified.acknowledgedAt))
            : t('warning.acknowledge-by', at(notified.acknowledgeBy))}
        </p>
        <AnswerLine notified={notified} />
      </div>
    </li>
  )
}

function AnswerLine({ notified }: { readonly notified: Notified }) {
  const { t, locale } = useShell()
  const { answeredAt, answerBy } = notified
  if (answeredAt) {
    const at = formatInstant(locale, answeredAt)
    return <p className="two sm">{t('warning.answered-at', { at })}</p>
  }
  if (!answerBy) return null
  return <p className="two sm">{t('warning.answer-by', { at: formatInstant(locale, answerBy) })}</p>
}

function Notice({
  of: { channel, state, reason, sentAt, nextAt, mayRepeat },
}: {
  readonly of: Delivery
}) {
  const { t, locale, has } = useShell()
  const known = `warning.reason-${reason}`
  const when = state === 'queued' ? nextAt : sentAt
  const words = [
    t(`warning.channel-${channel}`),
    t(`warning.delivery-${state}`),
    ...(when ? [formatInstant(locale, when)] : []),
    ...(reason ? [has(known) ? t(known) : reason] : []),
    ...(mayRepeat ? [t('warning.may-repeat')] : []),
  ]
  return (
    <p className={state === 'failed' ? 'late sm' : 'two sm'}>
      {new Intl.ListFormat(locale, { type: 'unit' }).format(words)}
    </p>
  )
}
