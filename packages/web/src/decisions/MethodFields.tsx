import type { Room } from '@tocsin/api/consultations.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { MajorityOf } from '@tocsin/domain/proposal.ts'
import { useState } from 'react'
import { Choice, Field } from '../identity/Field.tsx'
import { Check } from '../network/Check.tsx'
import { useShell } from '../shell/context.ts'
import { setApart } from '../shell/format.ts'
import { asChosen, type Kind, kinds, recusalReasons } from './put-rule.ts'
import { useRuleWords } from './rule.ts'

const DAY_MS = 86_400_000

/** By which rule it is decided, with a sentence for each, and what that rule needs to be told. */
export function MethodFields({ found }: { readonly found: Room }) {
  const { t } = useShell()
  const ruleOf = useRuleWords()
  const [kind, choose] = useState<Kind>('silence')
  const [of, setOf] = useState<MajorityOf>('voting')
  const [atLeast, setAtLeast] = useState(2)
  const [parts, setParts] = useState(3)
  const isConcerned = found.room.concerned.length > 0
  const offered = kinds.filter((one) => one !== 'consensus-without-concerned' || isConcerned)
  const method = asChosen(kind, of, atLeast, parts)
  return (
    <>
      <fieldset className="methods">
        <legend>{t('vote.method')}</legend>
        {offered.map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="method"
              value={one}
              checked={one === kind}
              onChange={() => choose(one)}
            />
            <span>
              <b>{t(`vote.method-${one}`)}</b>
              <small>{ruleOf(asChosen(one, of, atLeast, parts))}</small>
            </span>
          </label>
        ))}
      </fieldset>
      {'of' in method && (
        <Choice
          name="of"
          label={t('vote.of')}
          value={of}
          onChange={({ target }) => setOf(MajorityOf.parse(target.value))}
        >
          {MajorityOf.options.map((one) => (
            <option key={one} value={one}>
              {t(`vote.of-${one}`)}
            </option>
          ))}
        </Choice>
      )}
      {kind === 'weighted' && (
        <>
          <div className="twos">
            <NumberField
              name="atLeast"
              label={t('vote.at-least')}
              value={atLeast}
              set={setAtLeast}
            />
            <NumberField name="parts" label={t('vote.parts')} value={parts} set={setParts} />
          </div>
          <Weights found={found} />
        </>
      )}
      {kind === 'silence' ? <SilenceFields asOf={found.asOf} /> : <BallotFields found={found} />}
    </>
  )
}

type NumberProps = {
  readonly name: string
  readonly label: string
  readonly value: number
  readonly set: (value: number) => void
}

const NumberField = ({ set, ...field }: NumberProps) => (
  <Field
    {...field}
    type="number"
    min={1}
    max={1_000_000}
    onChange={({ target }) => set(Number(target.value))}
    required
  />
)

const inDays = (asOf: Instant, days: number) => addMilliseconds(asOf, days * DAY_MS).slice(0, 16)

function SilenceFields({ asOf }: { readonly asOf: Instant }) {
  const { t } = useShell()
  const hours = { type: 'number', max: 2160, required: true } as const
  return (
    <>
      <Field
        name="closesAt"
        label={t('proposal.put-closes')}
        type="datetime-local"
        defaultValue={inDays(asOf, 3)}
        required
      />
      <Field
        {...hours}
        name="minimumHours"
        label={t('proposal.put-minimum')}
        min={1}
        defaultValue={24}
      />
      <Field
        {...hours}
        name="extensionHours"
        label={t('proposal.put-extension')}
        min={0}
        defaultValue={72}
      />
    </>
  )
}

/** Who can have a say: whoever convened and the participants. */
const votersIn = ({ room, seats }: Room) => [
  { organisation: room.organisation, name: room.organisationName },
  ...seats.filter(({ role }) => role === 'participant'),
]

function BallotFields({ found }: { readonly found: Room }) {
  const { t } = useShell()
  const n = votersIn(found).length
  return (
    <>
      <Field name="opensAt" label={t('vote.opens')} type="datetime-local" />
      <Field
        name="closesAt"
        label={t('vote.closes')}
        type="datetime-local"
        defaultValue={inDays(found.asOf, 3)}
        required
      />
      <Field
        name="quorum"
        label={t('vote.quorum')}
        hint={t('vote.quorum-hint', { n })}
        type="number"
        min={1}
        max={n}
        defaultValue={Math.floor(n / 2) + 1}
        required
      />
      <Check name="isSealed" label={t('vote.sealed')} isSet />
      <Check name="mayChange" label={t('vote.may-change')} isSet />
      <Recusals found={found} />
    </>
  )
}

function Weights({ found }: { readonly found: Room }) {
  const { t } = useShell()
  return (
    <fieldset className="said-of">
      <legend>{t('vote.weights')}</legend>
      {votersIn(found).map(({ organisation, name }) => (
        <Field
          key={organisation}
          name={`weight-${organisation}`}
          label={t('vote.weight-of', { name: setApart(name) })}
          type="number"
          min={1}
          max={1_000_000}
          defaultValue={1}
          required
        />
      ))}
    </fieldset>
  )
}

/** Who takes no part, besides those whom the matter concerns: they are not asked. */
function Recusals({ found }: { readonly found: Room }) {
  const { t } = useShell()
  return (
    <details className="sure">
      <summary>{t('vote.recuse')}</summary>
      {votersIn(found).map(({ organisation, name }) => (
        <Choice key={organisation} name={`recuse-${organisation}`} label={name} defaultValue="">
          <option value="">{t('vote.recuse-none')}</option>
          {recusalReasons.map((reason) => (
            <option key={reason} value={reason}>
              {t(`vote.recusal-${reason}`)}
            </option>
          ))}
        </Choice>
      ))}
    </details>
  )
}
