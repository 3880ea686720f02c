import type { Docket } from '@tocsin/api/docket.ts'
import { drawAxisGround, drawAxisHead } from '@tocsin/charts/time-axis.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import { directionOf } from '@tocsin/domain/locale.ts'
import { DocketPart } from '@tocsin/domain/matter.ts'
import { useMemo } from 'react'
import { useActor } from '../identity/self.ts'
import { useShell } from '../shell/context.ts'
import { DrawingView } from '../shell/DrawingView.tsx'
import { DocketRowView } from './DocketRowView.tsx'
import { actionOf, type Reading } from './row-words.ts'

type Props = { readonly docket: Docket; readonly now: Instant }

/** The rows in their four parts, by the clock that runs out first, and what the marks mean. */
export function DocketTable({ docket, now }: Props) {
  const shell = useShell()
  const actor = useActor()
  const { t, locale } = shell
  const isMirrored = directionOf(locale) === 'rtl'
  const { organisation, names, rows, counts } = docket
  const reading = useMemo<Reading>(
    () => ({ shell, actor, now, country: organisation.country, names }),
    [shell, actor, now, organisation.country, names],
  )
  // One solid button a page: the first signature that waits.
  const main = rows.find((row) => actionOf(row, reading).isMain)
  const words = {
    thirtyDays: t('axis.thirtyDays'),
    sevenDays: t('axis.sevenDays'),
    oneDay: t('axis.oneDay'),
    sixHours: t('axis.sixHours'),
    now: t('axis.now'),
  }
  return (
    <>
      <DrawingView drawing={drawAxisGround(isMirrored)} />
      <section className="dk" aria-label={t('docket.name')}>
        <div className="dr hd" aria-hidden="true">
          <span />
          <span>{t('docket.matter')}</span>
          <DrawingView drawing={drawAxisHead(words, isMirrored)} />
          <span>{t('docket.waiting-for')}</span>
          <span />
        </div>
        {DocketPart.options.map((part) => {
          const inPart = rows.filter((row) => row.part === part)
          if (inPart.length === 0 && !counts[part]) return null
          return (
            <div key={part} className="part">
              <h2 className={part === 'over-time' ? 'gr o' : 'gr'}>
                {t(`part.${part}`)}
                <span>{counts[part]}</span>
              </h2>
              <ul data-rows>
                {inPart.map((row) => (
                  <DocketRowView key={row.id} row={row} reading={reading} isMain={row === main} />
                ))}
              </ul>
            </div>
          )
        })}
      </section>
      <Legend />
    </>
  )
}

const flag = 'M9 13V1h9l-3 4 3 4H9'
const marks = [
  ['station', <circle key="m" cx="13" cy="7" r="4.5" fill="var(--ink-2)" />],
  ['used', <rect key="m" y="3" width="26" height="8" fill="var(--ink-2)" />],
  ['left', <path key="m" d="M.5 3.5h25v7H.5Z" fill="var(--sheet)" stroke="var(--ink-2)" />],
  ['over', <path key="m" d="M.5 3.5h25v7H.5Z" fill="url(#axis-hatch)" stroke="var(--late)" />],
  ['next', <path key="m" d={flag} fill="var(--ink)" stroke="var(--ink)" />],
  ['made', <path key="m" d="M9 12V2l8 4-8 4" fill="none" stroke="var(--late)" strokeWidth="1.5" />],
] as const

function Legend() {
  const { t } = useShell()
  return (
    <div className="marks" aria-hidden="true">
      {marks.map(([name, mark]) => (
        <span key={name}>
          <svg width="26" height="14" viewBox="0 0 26 14" aria-hidden="true">
            {mark}
          </svg>
          {t(`legend.${name}`)}
        </span>
      ))}
      <span>{t('legend.scale')}</span>
    </div>
  )
}
