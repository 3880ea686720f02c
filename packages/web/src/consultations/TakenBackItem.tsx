import type { TakenBack } from '@tocsin/api/taken-back.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import { formatShortDay, timeOf } from '../matters/moment.ts'
import { useShell } from '../shell/context.ts'
import { setApart } from '../shell/format.ts'

/** Where something stood that its author took back: by whom, when and why, and nothing of what it said. */
export function TakenBackItem({
  place,
  asOf,
}: {
  readonly place: TakenBack
  readonly asOf: Instant
}) {
  const { t, locale } = useShell()
  const { organisationName, stoodAt, takenBackAt, reason } = place
  const moment = (at: Instant) => `${formatShortDay(locale, at, asOf)} ${timeOf(at)}`
  return (
    <li>
      <div className="a">
        <b>
          <bdi>{organisationName}</bdi>
        </b>
        <time dateTime={stoodAt}>{moment(stoodAt)}</time>
      </div>
      <div>
        <p className="told">
          <span className="chip">{t('withdrawal.title')}</span>
          <span>{t(`withdrawal.class-${place.class}`)}</span>
        </p>
        <p className="two">
          {t('room.taken-back', { name: setApart(organisationName), at: moment(takenBackAt) })}
        </p>
        {reason && (
          <p className="src">
            {t('room.taken-back-reason')} <bdi>{reason}</bdi>
          </p>
        )}
      </div>
    </li>
  )
}
