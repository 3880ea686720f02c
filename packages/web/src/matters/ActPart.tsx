import type { MatterPlan } from '@tocsin/api/action-plans.ts'
import type { OpenedMatter } from '@tocsin/api/docket.ts'
import type { Entry } from '@tocsin/domain/matter.ts'
import type { Report } from '@tocsin/domain/report.ts'
import type { ClockSettings } from '@tocsin/domain/service-clock.ts'
import type { ComponentType } from 'react'
import { addressTo, type Search } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { AttachForm } from './AttachForm.tsx'
import { AfterActionForm, AssessForm, ConsultForm, CorrectForm } from './act-forms.tsx'
import { ReviewForm } from './ReviewForm.tsx'

export type ActPartProps = {
  readonly opened: OpenedMatter
  readonly plan: MatterPlan
  readonly entries: readonly Entry[]
  readonly search: Search
  readonly settings: ClockSettings
  /** The organisation's reports that stand on no matter yet. */
  readonly loose: readonly Report[]
}

const forms = {
  report: AttachForm,
  assess: AssessForm,
  consult: ConsultForm,
  review: ReviewForm,
  'after-action': AfterActionForm,
  correct: CorrectForm,
} as const satisfies Readonly<Record<string, ComponentType<ActPartProps>>>

/** What a closed matter still takes. */
const late: readonly (keyof typeof forms)[] = ['after-action', 'correct']

const isAct = (name: string | undefined): name is keyof typeof forms =>
  name !== undefined && Object.hasOwn(forms, name)

/** The form of the act that the address names; nothing where it names none. */
export function ActPart(props: ActPartProps) {
  const { t } = useShell()
  const { act, entry: _, ...search } = props.search
  if (!isAct(act)) return null
  if (props.opened.matter.closedAt !== null && !late.includes(act)) return null
  const Form = forms[act]
  return (
    <section className="sec sign noprint" aria-labelledby="act">
      <div className="h">
        <h2 id="act">{t(`matter-act.${act}`)}</h2>
        <a
          className="more"
          href={addressTo(`/matters/${props.opened.matter.id}`, search)}
          data-stay
        >
          {t('form.cancel')}
        </a>
      </div>
      <p className="src">{t('matter-act.on-record')}</p>
      <Form {...props} key={`${act}-${props.search['entry']}`} />
    </section>
  )
}
