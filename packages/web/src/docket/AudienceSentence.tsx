import type { Left } from '@tocsin/api/sharing.ts'
import { useShell } from '../shell/context.ts'
import { formatInstant, setApart } from '../shell/format.ts'

type Props = {
  readonly visibleTo: readonly string[]
  readonly notVisibleTo: readonly string[]
  readonly leftOut?: readonly string[]
  /** Organisations whose nodes are elsewhere and do not get it. */
  readonly notSent?: readonly Left[]
}

/** Who will see it and who will not, in words, computed by the function that enforces it. */
export function AudienceSentence({ visibleTo, notVisibleTo, leftOut = [], notSent = [] }: Props) {
  const { t, locale } = useShell()
  const list = (names: readonly string[]) =>
    names.length === 0
      ? t('audience.nobody')
      : new Intl.ListFormat(locale, { type: 'unit' }).format(names.map(setApart))
  const why = ({ reason, from }: Left) =>
    reason === 'waiting' && from !== null
      ? t('sharing.why-waiting', { time: formatInstant(locale, from) })
      : t(`sharing.why-${reason === 'waiting' ? 'not-in-audience' : reason}`)
  return (
    <div className="aud">
      <dl>
        <dt>{t('audience.visible')}</dt>
        <dd>{list(visibleTo)}</dd>
        <dt className="no">{t('audience.not-visible')}</dt>
        <dd>{list(notVisibleTo)}</dd>
        {leftOut.length > 0 && (
          <>
            <dt className="no">{t('audience.left-out')}</dt>
            <dd>{list(leftOut)}</dd>
          </>
        )}
        {notSent.length > 0 && (
          <>
            <dt className="no">{t('sharing.not-sent')}</dt>
            <dd>{list(notSent.map((left) => `${setApart(left.name)} (${why(left)})`))}</dd>
          </>
        )}
      </dl>
    </div>
  )
}
