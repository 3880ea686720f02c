import type { Country } from '@tocsin/domain/country.ts'
import { memo, type PointerEvent } from 'react'
import { useShell } from '../shell/context.ts'
import map from './world-map.json' with { type: 'json' }
import { isIn, type WorldChoice, type WorldRow } from './world-rows.ts'

type Props = {
  readonly rows: readonly WorldRow[]
  readonly choice: WorldChoice
  readonly places: readonly Country[]
  readonly onPoint: (country: string) => void
  /** A State was chosen by click or tap. */
  readonly onPick: (country: string) => void
}

const { sprite, width, height } = map

/** Equal Earth; shapes come from one file kept for a year, the page says only which class each has. */
export const WorldMap = memo(function WorldMap({ rows, choice, places, onPoint, onPick }: Props) {
  const { t } = useShell()
  const byCode = new Map(rows.map((row) => [row.country as string, row]))
  const placeOf = new Map(places.map((place) => [place.iso3 as string, place]))
  const classOf = (code: string): string => {
    const row = byCode.get(code)
    const shown = row
      ? row.shown
      : isIn(placeOf.get(code), choice) && choice.riskClass === undefined
    return `k${row?.riskClass ?? 0}${shown ? '' : ' off'}`
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the table twin beside it is the keyboard's way
    <svg
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={t('world.map-label')}
      onPointerOver={(event) => tell(event, onPoint)}
      onClick={(event) => tell(event, onPick)}
    >
      <defs>
        <pattern
          id="nd"
          width="5"
          height="5"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="5" height="5" fill="var(--nodata)" />
          <path d="M0 0V5" stroke="var(--nodata-line)" strokeWidth="1.4" />
        </pattern>
      </defs>
      <use href={`${sprite}#sphere`} className="sph" />
      <use href={`${sprite}#graticule`} className="grt" />
      {map.shapes.map(({ code, drawnAs, disputed }) => (
        <use
          key={code}
          href={`${sprite}#c-${code}`}
          data-c={drawnAs}
          className={`${classOf(drawnAs)}${disputed ? ' dis' : ''}`}
        />
      ))}
      {map.dots
        .filter(({ code }) => byCode.has(code))
        .map(({ code, x, y }) => (
          <circle key={code} cx={x} cy={y} r="4" data-c={code} className={`${classOf(code)} isl`} />
        ))}
    </svg>
  )
})

/** How many States of these rows are drawn as dots, because their land is too small to see. */
export function countDots(rows: readonly WorldRow[]): number {
  const dots = new Set(map.dots.map(({ code }) => code))
  return rows.filter(({ country }) => dots.has(country)).length
}

function tell({ target }: Pick<PointerEvent, 'target'>, listen: (country: string) => void): void {
  const code = (target as Element).getAttribute('data-c')
  if (code) listen(code)
}
