import type { Level } from '@tocsin/domain/level.ts'
import type { Translate } from '@tocsin/i18n/translate.ts'
import { useShell } from '../shell/context.ts'

/** As many sides as the level: ring, disc, lens, triangle, square, pentagon. */
const shapes: Readonly<Record<Level, { readonly path: string; readonly at: number }>> = {
  0: { path: 'M13 2.5A10.5 10.5 0 1 1 12.99 2.5Z', at: 17.8 },
  1: { path: 'M13 2A11 11 0 1 1 12.99 2Z', at: 17.8 },
  2: { path: 'M13 1A13.6 13.6 0 0 1 13 25A13.6 13.6 0 0 1 13 1Z', at: 17.8 },
  3: { path: 'M13 1.8 25 23.4H1Z', at: 20.2 },
  4: { path: 'M2.5 2.5H23.5V23.5H2.5Z', at: 17.8 },
  5: { path: 'M13 1.2 25 10 20.4 24H5.6L1 10Z', at: 18.4 },
}

type Props = {
  readonly level: Level
  /** In pixels; 28 in a row, 20 within a line. */
  readonly size?: number
  /** Where the level is said in words beside it. */
  readonly isSaid?: boolean
}

/** The mark of an assessed level: numeral and shape say it, the colour only repeats it. */
export function LevelMark(props: Props) {
  const { t } = useShell()
  return <LevelShape t={t} {...props} />
}

/** The same where no shell is drawn: the page behind the link of a notice. */
export function LevelShape({
  t,
  level,
  size = 28,
  isSaid = false,
}: Props & { readonly t: Translate }) {
  const { path, at } = shapes[level]
  const says = t('level.mark', { level, name: t(`level.${level}`) })
  return (
    <svg
      className="lvs"
      width={size}
      height={size}
      viewBox="0 0 26 26"
      role="img"
      aria-label={says}
      aria-hidden={isSaid}
    >
      <path
        d={path}
        strokeLinejoin="round"
        fill={`var(--lv-${level})`}
        stroke={`var(--lv-${level}-line)`}
        strokeWidth="1.5"
      />
      <text x="13" y={at} fontSize={level === 3 ? 13 : 14} fill={`var(--lv-${level}-ink)`}>
        {level}
      </text>
    </svg>
  )
}
