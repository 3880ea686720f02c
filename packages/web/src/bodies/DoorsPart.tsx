import type { listDoors } from '@tocsin/api/bodies.ts'
import type { Output } from '@tocsin/api/route.ts'
import { useShell } from '../shell/context.ts'
import { formatDay } from '../shell/format.ts'
import { SourceNotes } from '../shell/SourceNote.tsx'
import { DayForm } from './DayForm.tsx'
import { BodyLinks, PROCEDURE_COLUMNS, ProcedureHead, ProcedureRows } from './ProcedureRows.tsx'

export type OpenDoors = Output<typeof listDoors>
type Door = OpenDoors['regional'][number]

type Props = {
  readonly doors: OpenDoors
  /** The page that is asked again for another day. */
  readonly action: string
}

/** Where a matter in a State can be brought on a day, by whom and on which basis. */
export function DoorsPart({ doors, action }: Props) {
  const { t, locale } = useShell()
  const { day, source, state, regional, universal, withoutProcedure, unknown } = doors
  const said = { state: state.names[locale] ?? state.state, day: formatDay(locale, day) }
  return (
    <section className="sec" id="doors">
      <div className="h">
        <h2>{t('doors.title')}</h2>
      </div>
      <p className="two">{t('doors.lede', said)}</p>
      <DayForm action={action} day={day} />
      {regional.length === 0 && <p className="md">{t('doors.none')}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the keyboard */}
      <section className="scroll" tabIndex={0} aria-label={t('doors.title')}>
        <table className="tb wide doors" data-table-twin>
          <ProcedureHead />
          {[...regional, ...universal].map((door) => (
            <DoorRows key={door.body.code} door={door} isAlways={universal.includes(door)} />
          ))}
        </table>
      </section>
      {withoutProcedure.length > 0 && (
        <p className="md">
          {t('doors.without-procedure')} <BodyLinks bodies={withoutProcedure} />
        </p>
      )}
      {unknown.length > 0 && (
        <p className="md">
          {t('doors.unknown')} <BodyLinks bodies={unknown} />
        </p>
      )}
      <p className="src">{t('bodies.as-of', { day: formatDay(locale, source.asOf) })}</p>
      <SourceNotes held={{ source, earlier: [] }} />
    </section>
  )
}

type DoorProps = { readonly door: Door; readonly isAlways: boolean }

function DoorRows({ door: { body, isSuspended, procedures }, isAlways }: DoorProps) {
  const { t, locale } = useShell()
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={PROCEDURE_COLUMNS} className="grp">
          <a href={`/bodies/${body.code}`}>{body.names[locale]}</a>
          {isAlways && <small> {t('doors.always')}</small>}
          {isSuspended && (
            <small className="hold block">
              {t('standing.suspended')}
              {': '}
              {t(`body.effect-${body.suspension.effect}`)}
            </small>
          )}
          {body.isFictional && <small className="hold block">{t('bodies.fictional')}</small>}
        </th>
      </tr>
      <ProcedureRows organs={body.organs} procedures={procedures} />
    </tbody>
  )
}
