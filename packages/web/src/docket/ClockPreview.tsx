import type { Office } from '@tocsin/api/warnings.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import { planClock } from '@tocsin/domain/clock-plan.ts'
import { WarningLevel } from '@tocsin/domain/level.ts'
import {
  ClockKind,
  type ClockPlan,
  ClockSettings,
  type StepPlan,
} from '@tocsin/domain/service-clock.ts'
import { useId, useState } from 'react'
import { Time } from '../identity/Time.tsx'
import { useShell } from '../shell/context.ts'
import { officeName } from './OfficeFields.tsx'

type Props = {
  readonly settings: ClockSettings
  readonly offices: readonly Office[]
  readonly asOf: Instant
}

type Planned = { readonly kind: ClockKind; readonly plan: ClockPlan }

/** By the function that starts real clocks; undefined while what is typed is not valid. */
function plansOf(settings: ClockSettings, level: WarningLevel, start: Instant) {
  const valid = ClockSettings.safeParse(settings).data
  if (!valid) return undefined
  return ClockKind.options.flatMap((kind): readonly Planned[] => {
    const plan = planClock(valid, { kind, level, start })
    return plan ? [{ kind, plan }] : []
  })
}

/** Every moment at which a warning that left now would tell somebody. */
export function ClockPreview({ settings, offices, asOf }: Props) {
  const { t } = useShell()
  const id = useId()
  const [level, setLevel] = useState<WarningLevel>(3)
  const plans = plansOf(settings, level, asOf)
  return (
    <section className="sec">
      <div className="h">
        <h2>{t('clocks.preview')}</h2>
        <span className="more">
          <Time at={asOf} />
        </span>
      </div>
      <div className="f clock-choice">
        <label htmlFor={id}>{t('clocks.preview-level')}</label>
        <select
          id={id}
          value={level}
          onChange={({ target }) => setLevel(WarningLevel.parse(Number(target.value)))}
        >
          {([1, 2, 3, 4, 5] as const).map((one) => (
            <option key={one} value={one}>
              {t('level.mark', { level: one, name: t(`level.${one}`) })}
            </option>
          ))}
        </select>
      </div>
      {plans ? (
        <div className="scroll">
          <table className="tb">
            <thead>
              <tr>
                <th scope="col">{t('clocks.kind')}</th>
                <th scope="col">{t('clocks.runs-out')}</th>
                <th scope="col">{t('clocks.then-told')}</th>
              </tr>
            </thead>
            <tbody>
              {plans.map(({ kind, plan }) => (
                <tr key={kind}>
                  <th scope="row">{t(`clock.${kind}`)}</th>
                  <td>
                    <Time at={plan.dueAt} />
                  </td>
                  <td>
                    <Steps steps={plan.steps} settings={settings} offices={offices} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <p className="hold">{t('clocks.preview-not')}</p>
      )}
      <p className="src">{t('clocks.preview-hint')}</p>
    </section>
  )
}

type StepsProps = Pick<Props, 'settings' | 'offices'> & { readonly steps: readonly StepPlan[] }

function Steps({ steps, settings, offices }: StepsProps) {
  const { t } = useShell()
  const nameOf = ({ tell }: StepPlan) => {
    if (tell === 'addressee' || tell === 'deputy') return t(`rung.${tell}`)
    const office = offices.find(({ post }) => post === settings.offices[tell])
    return office ? officeName(t, office) : `${t(`rung.${tell}`)}: ${t('clocks.nobody')}`
  }
  return (
    <ol>
      {steps.map((step) => (
        <li key={`${step.percent} ${step.tell}`}>
          <Time at={step.dueAt} /> <b>{nameOf(step)}</b>
        </li>
      ))}
    </ol>
  )
}
