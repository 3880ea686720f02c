import type { getEdition } from '@tocsin/api/risk.ts'
import type { Output } from '@tocsin/api/route.ts'
import { useShell } from '../shell/context.ts'
import { formatNumber, formatOneIn } from '../shell/format.ts'

type Props = Pick<Output<typeof getEdition>, 'standing' | 'edition'>

/** How such estimates have fared, beside what anybody could have guessed, and which onsets they missed. */
export function StandingNote({ standing, edition }: Props) {
  const { t, locale } = useShell()
  const { caught30, onsets, baselines } = standing
  const naive = baselines.find(({ name }) => name === 'terror-scale')
  const figure = (value: number) => formatNumber(locale, value, Number.isInteger(value) ? 0 : 1)
  return (
    <p className="md two">
      {t('country.base-rate', { chance: formatOneIn(locale, t, edition.baseRate) })}{' '}
      {t('world.standing', { caught: figure(caught30), onsets: figure(onsets) })}{' '}
      {naive && t('world.standing-naive', { caught: figure(naive.caught30) })}{' '}
      <a href="/scores#misses">{t('world.misses', { n: onsets - caught30 })}</a>
    </p>
  )
}
