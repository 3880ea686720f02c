import { likelihoodOf } from '@tocsin/domain/likelihood.ts'
import { type Scenario, ScenarioKind } from '@tocsin/domain/warning.ts'
import { useShell } from '../shell/context.ts'
import { formatPercent } from '../shell/format.ts'
import { Area } from './Area.tsx'
import type { Part } from './TextPart.tsx'

/** Best, likely and worst: what may happen, what would set it off, and how likely that is judged. */
export function ScenariosPart({ draft, change }: Part) {
  const { t, locale } = useShell()
  const { scenarios } = draft
  const sum = scenarios.reduce((all, { percent }) => all + percent, 0)
  const lacking = ScenarioKind.options.filter((kind) => !scenarios.some((one) => one.kind === kind))
  const set = (index: number, patch: Partial<Scenario>) =>
    change({ scenarios: scenarios.map((one, at) => (at === index ? { ...one, ...patch } : one)) })
  return (
    <section className="sec">
      <div className="h">
        <h2>{t('warning.scenarios')}</h2>
        {scenarios.length > 0 && (
          <span className={sum === 100 ? 'more' : 'more hold'} role="status">
            {t('warning.scenarios-sum', { sum: formatPercent(locale, sum / 100, 0) })}
          </span>
        )}
      </div>
      <ul className="cases">
        {scenarios.map((scenario, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a scenario is what stands at its place
          <li key={index}>
            <Row
              scenario={scenario}
              lang={draft.locale}
              set={(patch) => set(index, patch)}
              remove={() => change({ scenarios: scenarios.filter((_, at) => at !== index) })}
            />
          </li>
        ))}
      </ul>
      <div className="acts">
        {lacking.map((kind) => (
          <button
            key={kind}
            type="button"
            className="b"
            onClick={() =>
              change({ scenarios: [...scenarios, { kind, text: '', trigger: '', percent: 0 }] })
            }
          >
            {t('warning.add-scenario', { kind: t(`warning.scenario-${kind}`) })}
          </button>
        ))}
      </div>
    </section>
  )
}

function Row(props: {
  readonly scenario: Scenario
  readonly lang: string
  readonly set: (patch: Partial<Scenario>) => void
  readonly remove: () => void
}) {
  const { t, locale } = useShell()
  const { scenario, lang, set, remove } = props
  const name = t(`warning.scenario-${scenario.kind}`)
  return (
    <>
      <h3>{name}</h3>
      <Area
        label={t('warning.what-may-happen', { scenario: name })}
        rows={2}
        lang={lang}
        value={scenario.text}
        onChange={(text) => set({ text })}
      />
      <Area
        label={t('warning.trigger', { scenario: name })}
        rows={2}
        isLine
        maxLength={200}
        lang={lang}
        value={scenario.trigger}
        onChange={(trigger) => set({ trigger })}
      />
      <div className="chance">
        <input
          type="range"
          min={0}
          max={100}
          step={1}
          value={scenario.percent}
          aria-label={t('warning.probability', { scenario: name })}
          onChange={(event) => set({ percent: Number(event.target.value) })}
        />
        <b className="nw">{formatPercent(locale, scenario.percent / 100, 0)}</b>
        <span className="two sm">{t(`warning.likelihood-${likelihoodOf(scenario.percent)}`)}</span>
        <button type="button" className="b q" onClick={remove}>
          {t('form.remove')}
          <span className="vh">{name}</span>
        </button>
      </div>
    </>
  )
}
