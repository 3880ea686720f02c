import { useShell } from '../shell/context.ts'
import { setApart } from '../shell/format.ts'

type Props = {
  readonly visibleTo: readonly string[]
  readonly notVisibleTo: readonly string[]
  readonly leftOut?: readonly string[]
}

/** Who will see it and who will not, in words, computed by the function that enforces it. */
export function AudienceSentence({ visibleTo, notVisibleTo, leftOut = [] }: Props) {
  const { t, locale } = useShell()
  const list = (names: readonly string[]) =>
    names.length === 0
      ? t('audience.nobody')
      : new Intl.ListFormat(locale, { type: 'unit' }).format(names.map(setApart))
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
      </dl>
    </div>
  )
}
