import type { WarningLevel } from '@tocsin/domain/level.ts'
import { ClockKind, type LevelRule, type Rung, RungOffice } from '@tocsin/domain/service-clock.ts'
import { useId } from 'react'
import { useShell } from '../shell/context.ts'
import { LevelMark } from './LevelMark.tsx'

type Props = {
  readonly level: WarningLevel
  readonly rule: LevelRule
  readonly mayChange: boolean
  readonly change: (rule: LevelRule) => void
}

/** From here on clocks run day and night. */
const ALWAYS_FROM = 4

/** The hours and the ladder of one level. */
export function LevelFields({ level, rule, mayChange, change }: Props) {
  const { t } = useShell()
  const { hours, inWorkingTime, rungs } = rule
  const setRung = (at: number, rung: Rung) => change({ ...rule, rungs: rungs.with(at, rung) })
  return (
    <details className="clock-level" open={level === 3}>
      <summary>
        <span className="lv">
          <LevelMark level={level} size={20} isSaid />
          {t('level.mark', { level, name: t(`level.${level}`) })}
        </span>
      </summary>
      <div className="clock-hours">
        {ClockKind.options.map((kind) => (
          <HourField
            key={kind}
            label={t('clocks.hours', { clock: t(`clock.${kind}`) })}
            hours={hours[kind]}
            change={(value) => change({ ...rule, hours: { ...hours, [kind]: value } })}
          />
        ))}
      </div>
      {level < ALWAYS_FROM ? (
        <label className="check">
          <input
            type="checkbox"
            checked={inWorkingTime}
            onChange={({ target }) => change({ ...rule, inWorkingTime: target.checked })}
          />
          {t('clocks.working-time')}
        </label>
      ) : (
        <p className="two sm">{t('clocks.day-and-night')}</p>
      )}
      <h3>{t('clocks.rungs')}</h3>
      <ol className="clock-rungs">
        {rungs.map((rung, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a rung has no name but its place
          <li key={at}>
            <RungFields rung={rung} n={at + 1} change={(changed) => setRung(at, changed)} />
            {mayChange && (
              <button
                type="button"
                className="b q"
                onClick={() => change({ ...rule, rungs: rungs.toSpliced(at, 1) })}
              >
                {t('clocks.remove-rung')}
                <span className="vh">{t('clocks.rung-name', { n: at + 1, level })}</span>
              </button>
            )}
          </li>
        ))}
      </ol>
      {mayChange && (
        <button
          type="button"
          className="b"
          onClick={() => change({ ...rule, rungs: [...rungs, newRung] })}
        >
          {t('clocks.add-rung')}
        </button>
      )}
    </details>
  )
}

const newRung: Rung = { clock: 'acknowledge', percent: 100, tell: 'addressee' }

type HourProps = {
  readonly label: string
  readonly hours: number | null
  readonly change: (hours: number | null) => void
}

function HourField({ label, hours, change }: HourProps) {
  const id = useId()
  return (
    <div className="f">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="number"
        min={1}
        max={8784}
        value={hours ?? ''}
        onChange={({ target }) => change(target.value === '' ? null : Number(target.value))}
      />
    </div>
  )
}

type RungProps = {
  readonly rung: Rung
  readonly n: number
  readonly change: (rung: Rung) => void
}

function RungFields({ rung, n, change }: RungProps) {
  const { t } = useShell()
  return (
    <>
      <select
        aria-label={t('clocks.rung-clock', { n })}
        value={rung.clock}
        onChange={({ target }) => change({ ...rung, clock: ClockKind.parse(target.value) })}
      >
        {ClockKind.options.map((kind) => (
          <option key={kind} value={kind}>
            {t(`clock.${kind}`)}
          </option>
        ))}
      </select>
      <span className="clock-percent">
        <input
          type="number"
          min={1}
          max={1000}
          aria-label={t('clocks.rung-percent', { n })}
          value={rung.percent}
          onChange={({ target }) => change({ ...rung, percent: Number(target.value) })}
        />
        <span aria-hidden>{t('clocks.percent')}</span>
      </span>
      <select
        aria-label={t('clocks.rung-tell', { n })}
        value={rung.tell}
        onChange={({ target }) => change({ ...rung, tell: RungOffice.parse(target.value) })}
      >
        {RungOffice.options.map((office) => (
          <option key={office} value={office}>
            {t(`rung.${office}`)}
          </option>
        ))}
      </select>
    </>
  )
}
