import type { Office } from '@tocsin/api/warnings.ts'
import {
  type ActionBasis,
  ActionPlan,
  type CouncilReference,
  commitments,
  RISK_FACTORS,
} from '@tocsin/domain/action-plan.ts'
import type { Day } from '@tocsin/domain/brand.ts'
import { PostId } from '@tocsin/domain/people.ts'
import type { MessageKey } from '@tocsin/i18n/catalogue.ts'
import { textOf } from '../identity/ActForm.tsx'
import { Choice, Field } from '../identity/Field.tsx'
import { useShell } from '../shell/context.ts'

export const factors: readonly number[] = Array.from({ length: RISK_FACTORS }, (_, at) => at + 1)

/** The office that answers for an action and is reminded of it. */
export function OfficeField({
  offices,
  chosen,
}: {
  readonly offices: readonly Office[]
  readonly chosen: string | null
}) {
  const { t } = useShell()
  return (
    <Choice
      name="office"
      label={t('plan.office')}
      hint={t('plan.office-hint')}
      defaultValue={chosen ?? ''}
    >
      <option value="">{t('plan.office-none')}</option>
      {offices.map(({ post, title, organisationName }) => (
        <option key={post} value={post}>
          {`${title}, ${organisationName}`}
        </option>
      ))}
    </Choice>
  )
}

export const officeIn = (fields: FormData): PostId | null =>
  PostId.safeParse(textOf(fields, 'office')).data ?? null
export const dayIn = (fields: FormData, name: string): Day | null =>
  (textOf(fields, name) || null) as Day | null

type Days = { readonly start: string | null; readonly due: string | null }

export function DayFields({ start, due }: Days) {
  const { t } = useShell()
  return (
    <div className="twos">
      <Field name="start" label={t('plan.begins')} type="date" defaultValue={start ?? ''} />
      <Field name="due" label={t('plan.due')} type="date" defaultValue={due ?? ''} />
    </div>
  )
}

/** On what it was decided; an answer that was given here is chosen by the office that gave it. */
export function BasisFields({ basis }: { readonly basis: ActionBasis | null }) {
  const { t } = useShell()
  const kinds = ['decision', 'answer', 'reference'] as const
  return (
    <div className="twos">
      <Choice name="basisKind" label={t('plan.basis')} defaultValue={basis?.kind ?? 'decision'}>
        {kinds.map((kind) => (
          <option key={kind} value={kind}>
            {t(`plan.basis-${kind}`)}
          </option>
        ))}
      </Choice>
      <Field
        name="basis"
        label={t('plan.basis-text')}
        hint={t('plan.basis-hint')}
        maxLength={200}
        dir="auto"
        defaultValue={basis?.text ?? ''}
        required
      />
    </div>
  )
}

export function basisIn(fields: FormData, known: ActionBasis | null): ActionBasis | null {
  const text = textOf(fields, 'basis')
  if (text === '') return null
  const kind = textOf(fields, 'basisKind') as ActionBasis['kind']
  return { kind, text, notification: kind === 'answer' ? (known?.notification ?? null) : null }
}

/** The decision of the Security Council, where nothing may be decided without one. */
export function AuthorisationFields({ known }: { readonly known: CouncilReference | null }) {
  const { t } = useShell()
  return (
    <fieldset className="plan-bound">
      <legend>{t('plan.authorisation')}</legend>
      <p className="note">{t('plan.authorisation-why')}</p>
      <div className="twos">
        <Field
          name="symbol"
          label={t('plan.authorisation-symbol')}
          placeholder="S/RES/1973 (2011)"
          dir="ltr"
          maxLength={40}
          defaultValue={known?.symbol ?? ''}
        />
        <Field
          name="paragraph"
          label={t('plan.authorisation-paragraph')}
          dir="auto"
          maxLength={200}
          defaultValue={known?.paragraph ?? ''}
        />
      </div>
    </fieldset>
  )
}

/** Sent as typed: the node says which of the two it cannot read. */
export function authorisationIn(fields: FormData): CouncilReference | null {
  const symbol = textOf(fields, 'symbol')
  const paragraph = textOf(fields, 'paragraph')
  return symbol === '' && paragraph === '' ? null : { symbol, paragraph }
}

type CheckProps = {
  readonly name: string
  readonly legend: string
  readonly options: readonly { readonly value: string; readonly says: string }[]
}

/** Several of a list that is closed until somebody wants it. */
export function CheckList({ name, legend, options }: CheckProps) {
  return (
    <details className="sure">
      <summary>{legend}</summary>
      <fieldset className="plan-checks">
        <legend className="vh">{legend}</legend>
        {options.map(({ value, says }) => (
          <label key={value} className="check">
            <input type="checkbox" name={name} value={value} />
            <span>{says}</span>
          </label>
        ))}
      </fieldset>
    </details>
  )
}

export function LinkFields() {
  const { t } = useShell()
  return (
    <>
      <CheckList
        name="factor"
        legend={t('plan.factors')}
        options={factors.map((n) => ({
          value: String(n),
          says: t('plan.numbered', { mark: n, name: t(`plan.factor-${n}` as MessageKey) }),
        }))}
      />
      <CheckList
        name="commitment"
        legend={t('plan.commitments')}
        options={commitments.map((letter) => ({
          value: letter,
          says: t('plan.numbered', {
            mark: letter,
            name: t(`plan.commitment-${letter}` as MessageKey),
          }),
        }))}
      />
    </>
  )
}

export const linksIn = (fields: FormData): Pick<ActionPlan, 'riskFactors' | 'commitments'> => ({
  riskFactors: fields.getAll('factor').map(Number),
  commitments: fields.getAll('commitment').map(String),
})

export const costIn = (fields: FormData): ActionPlan['cost'] =>
  ActionPlan.shape.cost.safeParse(textOf(fields, 'cost') || null).data ?? null
