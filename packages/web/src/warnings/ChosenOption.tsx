import type { ActionCard } from '@tocsin/domain/action-catalogue/card.ts'
import type { ActionCode } from '@tocsin/domain/action-catalogue/catalogue.ts'
import type { Option } from '@tocsin/domain/warning.ts'
import { Field } from '../identity/Field.tsx'
import { useShell } from '../shell/context.ts'
import { actionName, basisWords } from './action-words.ts'

type Props = {
  readonly option: Option
  /** None where the catalogue in force does not know the code. */
  readonly card: ActionCard<ActionCode> | undefined
  readonly lang: string
  readonly set: (patch: Partial<Option>) => void
  readonly remove: () => void
}

/** A card that was chosen: what it shall bring about, how that will be known, and what binds it. */
export function ChosenOption({ option, card, lang, set, remove }: Props) {
  const { t } = useShell()
  const name = actionName(t, option.code)
  return (
    <section className="chosen" aria-label={name}>
      <div className="row">
        <h3>
          <bdi>{option.code}</bdi> {name}
        </h3>
        <button type="button" className="b q" onClick={remove}>
          {t('form.remove')}
          <span className="vh">{name}</span>
        </button>
      </div>
      {card && <Facts card={card} />}
      <div className="twos">
        <Field
          name="expectedEffect"
          label={t('warning.expected-effect')}
          value={option.expectedEffect}
          maxLength={200}
          dir="auto"
          lang={lang}
          onChange={(event) => set({ expectedEffect: event.target.value })}
        />
        <Field
          name="howWeWillKnow"
          label={t('warning.how-we-will-know')}
          value={option.howWeWillKnow}
          maxLength={200}
          dir="auto"
          lang={lang}
          onChange={(event) => set({ howWeWillKnow: event.target.value })}
        />
      </div>
      {card?.needsAuthorisation && (
        <Field
          name="authorisation"
          label={t('warning.authorisation')}
          hint={t('warning.needs-authorisation-why')}
          value={option.authorisation ?? ''}
          maxLength={200}
          dir="auto"
          onChange={(event) => set({ authorisation: event.target.value || null })}
        />
      )}
      {card?.regional && <p className="note">{t('warning.article-54')}</p>}
    </section>
  )
}

function Facts({ card }: { readonly card: ActionCard<ActionCode> }) {
  const { t, locale } = useShell()
  const facts = [
    basisWords(t, card),
    t(`action.lead-${card.lead}`),
    t(`action.coercion-${card.coercion}`),
    t(`action.effect-${card.effect}`),
    t(`action.cost-${card.cost}`),
    t(`action.risk-${card.risk}`),
    ...(card.needsConsent ? [t('action.needs-consent')] : []),
  ]
  return <p className="two sm">{new Intl.ListFormat(locale, { type: 'unit' }).format(facts)}</p>
}
