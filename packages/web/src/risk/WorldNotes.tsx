import { addressOf } from '@tocsin/api/client.ts'
import { exportEdition, type getEdition } from '@tocsin/api/risk.ts'
import type { Output } from '@tocsin/api/route.ts'
import { useShell } from '../shell/context.ts'
import { formatNumber } from '../shell/format.ts'
import { isComparable } from './EditionSlider.tsx'
import { countDots } from './WorldMap.tsx'
import type { WorldChoice, WorldRow } from './world-rows.ts'

type Props = Pick<Output<typeof getEdition>, 'edition' | 'standing'> & {
  readonly rows: readonly WorldRow[]
  readonly choice: WorldChoice
}

/** What the marks mean, how such estimates have fared, whose figures these are, and the files to keep. */
export function WorldNotes({ edition, standing, rows, choice }: Props) {
  const { t, locale } = useShell()
  const naive = standing.baselines.find(({ name }) => name === 'terror-scale')
  const figure = (value: number) => formatNumber(locale, value, Number.isInteger(value) ? 0 : 1)
  return (
    <div className="sec">
      <p className="md two">
        {t('world.standing', {
          caught: figure(standing.caught30),
          onsets: figure(standing.onsets),
        })}{' '}
        {naive && t('world.standing-naive', { caught: figure(naive.caught30) })}{' '}
        <a href="/scores">{t('country.see-scores')}</a>
      </p>
      <p className="src">
        {t('world.note-bars')} {t('app.map-disclaimer')}{' '}
        {t('world.note-map', { dots: countDots(rows) })}
        {!isComparable(edition) && ` ${t('world.other-method')}`}
      </p>
      <p className="src">
        {edition.citation}
        {'. '}
        {t('world.licence', { licence: edition.licence })}
      </p>
      <p className="files noprint">
        {(['csv', 'json', 'hxl'] as const).map((format) => (
          <a
            key={format}
            className="b"
            href={addressOf(exportEdition, {
              params: { edition: edition.id },
              query: { format, region: choice.region, organisation: choice.organisation },
            })}
            download
          >
            {t(`world.export-${format}`)}
          </a>
        ))}
      </p>
    </div>
  )
}
