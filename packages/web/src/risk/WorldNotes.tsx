import { addressOf } from '@tocsin/api/client.ts'
import { exportEdition, type getEdition } from '@tocsin/api/risk.ts'
import type { Output } from '@tocsin/api/route.ts'
import { useShell } from '../shell/context.ts'
import { isComparable } from './EditionSlider.tsx'
import { StandingNote } from './StandingNote.tsx'
import { countDots } from './WorldMap.tsx'
import type { WorldChoice, WorldRow } from './world-rows.ts'

type Props = Pick<Output<typeof getEdition>, 'edition' | 'standing'> & {
  readonly rows: readonly WorldRow[]
  readonly choice: WorldChoice
}

/** How such estimates have fared, what the marks mean, whose figures these are, and the files to keep. */
export function WorldNotes({ edition, standing, rows, choice }: Props) {
  const { t } = useShell()
  return (
    <div className="sec">
      <StandingNote standing={standing} edition={edition} />
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
