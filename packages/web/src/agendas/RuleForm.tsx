import { type KeptRule, setRule } from '@tocsin/api/agendas.ts'
import type { Outcome } from '@tocsin/api/people.ts'
import { WarningLevel } from '@tocsin/domain/level.ts'
import {
  AnswerFailure,
  type Condition,
  type OrganId,
  RuleClock,
  type TriggerRuleId,
} from '@tocsin/domain/trigger-rule.ts'
import { useState } from 'react'
import { LongField } from '../docket/LongField.tsx'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { Choice, Field } from '../identity/Field.tsx'
import { OutcomeNote } from '../people/OutcomeNote.tsx'
import { useShell } from '../shell/context.ts'

type Props = {
  readonly organ: OrganId
  /** What is changed; undefined for a new rule. */
  readonly rule:
    | { readonly id: TriggerRuleId; readonly last: KeptRule['versions'][number] }
    | undefined
}

const kinds = ['level', 'clock', 'answer', 'consultation'] as const
type Kind = (typeof kinds)[number]
const levels = [1, 2, 3, 4, 5] as const

/** Proposes a rule or another version of one; a second person approves it. */
export function RuleForm({ organ, rule }: Props) {
  const { t, client } = useShell()
  const last = rule?.last
  const [kind, choose] = useState<Kind>(last?.condition.kind ?? 'level')
  const [outcome, setOutcome] = useState<Outcome | undefined>(undefined)
  const propose = async (fields: FormData, id: string) => {
    const params = { organ, rule: rule?.id ?? (id as TriggerRuleId) }
    const body = {
      condition: conditionIn(fields, kind),
      answerHours: Number(textOf(fields, 'answerHours')),
      isInForce: fields.get('isInForce') === 'on',
      read: last?.version ?? 0,
      reasons: textOf(fields, 'reasons'),
    }
    setOutcome(await client(setRule, { params, body }))
  }
  return (
    <>
      <ActForm submit={t('agenda.propose-rule')} isMain deed={propose}>
        <p className="src">{t('agenda.takes-two')}</p>
        <Choice
          name="kind"
          label={t('agenda.condition')}
          value={kind}
          onChange={({ target }) => choose(target.value as Kind)}
        >
          {kinds.map((one) => (
            <option key={one} value={one}>
              {t(`agenda.kind-${one}`)}
            </option>
          ))}
        </Choice>
        <Choice
          name="least"
          label={t('agenda.least')}
          defaultValue={String(last?.condition.least ?? 3)}
        >
          {levels.map((level) => (
            <option key={level} value={level}>
              {t('matter.level-words', { level, name: t(`level.${level}`) })}
            </option>
          ))}
        </Choice>
        <KindFields key={kind} kind={kind} known={last?.condition} />
        <Field
          name="answerHours"
          label={t('agenda.answer-hours')}
          type="number"
          min={1}
          max={8784}
          defaultValue={last?.answerHours ?? 168}
          required
        />
        <label className="check">
          <input type="checkbox" name="isInForce" defaultChecked={last?.isInForce ?? true} />
          <span>{t('agenda.in-force')}</span>
        </label>
        <LongField name="reasons" label={t('agenda.rule-reasons')} rows={3} required />
      </ActForm>
      {outcome && <OutcomeNote outcome={outcome} />}
    </>
  )
}

type KindProps = { readonly kind: Kind; readonly known: Condition | undefined }

/** What a rule of this kind asks besides the level. */
function KindFields({ kind, known }: KindProps) {
  const { t } = useShell()
  const hours = known && 'hours' in known && known.kind === kind ? known.hours : 24
  if (kind === 'answer') {
    const chosen = known?.kind === 'answer' ? known.failures : AnswerFailure.options
    return (
      <fieldset>
        <legend>{t('agenda.failures')}</legend>
        {AnswerFailure.options.map((one) => (
          <label key={one} className="check">
            <input
              type="checkbox"
              name="failures"
              value={one}
              defaultChecked={chosen.includes(one)}
            />
            <span>{t(`agenda.failure-${one}`)}</span>
          </label>
        ))}
      </fieldset>
    )
  }
  return (
    <>
      {kind === 'clock' && (
        <Choice
          name="clock"
          label={t('agenda.kind-clock')}
          defaultValue={known?.kind === 'clock' ? known.clock : 'decide'}
        >
          {RuleClock.options.map((one) => (
            <option key={one} value={one}>
              {t(`clock.${one}`)}
            </option>
          ))}
        </Choice>
      )}
      <Field
        name="hours"
        label={t('agenda.after-hours')}
        type="number"
        min={kind === 'consultation' ? 1 : 0}
        max={8784}
        defaultValue={hours}
        required
      />
      {kind === 'level' && (
        <label className="check">
          <input
            type="checkbox"
            name="unlessDecided"
            defaultChecked={known?.kind !== 'level' || known.unlessDecided}
          />
          <span>{t('agenda.unless-decided')}</span>
        </label>
      )}
    </>
  )
}

function conditionIn(fields: FormData, kind: Kind): Condition {
  const least = WarningLevel.parse(Number(textOf(fields, 'least')))
  const hours = Number(textOf(fields, 'hours'))
  switch (kind) {
    case 'level':
      return { kind, least, hours, unlessDecided: fields.get('unlessDecided') === 'on' }
    case 'clock':
      return { kind, least, hours, clock: RuleClock.parse(textOf(fields, 'clock')) }
    case 'answer':
      return { kind, least, failures: fields.getAll('failures') as AnswerFailure[] }
    case 'consultation':
      return { kind, least, hours }
  }
}
