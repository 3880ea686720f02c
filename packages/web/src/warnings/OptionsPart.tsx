import type { ActionCard } from '@tocsin/domain/action-catalogue/card.ts'
import {
  type ActionCode,
  actionCards,
  findCard,
  suggestedCards,
} from '@tocsin/domain/action-catalogue/catalogue.ts'
import type { Option } from '@tocsin/domain/warning.ts'
import { useState } from 'react'
import { Field } from '../identity/Field.tsx'
import { useShell } from '../shell/context.ts'
import { actionName, basisWords } from './action-words.ts'
import { ChosenOption } from './ChosenOption.tsx'
import type { Part } from './TextPart.tsx'

type Card = ActionCard<ActionCode>

const FOUND = 12
const SHORTEST = 2

/** What the authority could do: suggested by level, found by search, chosen with its expected effect. */
export function OptionsPart({ draft, change }: Part) {
  const { t } = useShell()
  const [sought, seek] = useState('')
  const { options } = draft
  const isChosen = ({ code }: Card) => options.some((one) => one.code === code)
  const toggle = (card: Card) => {
    const rest = options.filter(({ code }) => code !== card.code)
    const chosen = {
      code: card.code,
      expectedEffect: '',
      howWeWillKnow: '',
      authorisation: null,
    }
    change({ options: isChosen(card) ? rest : [...options, chosen] })
  }
  const set = (code: string, patch: Partial<Option>) =>
    change({ options: options.map((one) => (one.code === code ? { ...one, ...patch } : one)) })
  const wanted = sought.trim().toLocaleLowerCase()
  const found =
    wanted.length < SHORTEST
      ? []
      : actionCards.filter((card) =>
          `${card.code} ${actionName(t, card.code)}`.toLocaleLowerCase().includes(wanted),
        )
  const suggested = suggestedCards(draft.level)
  return (
    <section className="sec">
      <div className="h">
        <h2>{t('warning.options')}</h2>
        <span className="more">{t('warning.options-chosen', { n: options.length })}</span>
      </div>
      <p className="note">{t('warning.catalogue-unverified', { version: draft.catalogue })}</p>
      {options.map((option) => (
        <ChosenOption
          key={option.code}
          option={option}
          card={findCard(option.code)}
          lang={draft.locale}
          set={(patch) => set(option.code, patch)}
          remove={() => change({ options: options.filter(({ code }) => code !== option.code) })}
        />
      ))}
      <div className="seek">
        <Field
          name="seek"
          type="search"
          label={t('warning.seek-option')}
          hint={t('warning.seek-hint')}
          value={sought}
          onChange={(event) => seek(event.target.value)}
        />
      </div>
      <p className="vh" role="status">
        {wanted.length < SHORTEST ? '' : t('warning.found', { n: found.length })}
      </p>
      {wanted.length >= SHORTEST && found.length === 0 && <p>{t('warning.found', { n: 0 })}</p>}
      <h3 className="sub">{t(found.length > 0 ? 'warning.found-title' : 'warning.suggested')}</h3>
      <div className="cd">
        {(found.length > 0 ? found.slice(0, FOUND) : suggested).map((card) => (
          <label key={card.code}>
            <input type="checkbox" checked={isChosen(card)} onChange={() => toggle(card)} />
            <span>{actionName(t, card.code)}</span>
            <CardFacts card={card} />
          </label>
        ))}
      </div>
    </section>
  )
}

function CardFacts({ card }: { readonly card: Card }) {
  const { t, locale } = useShell()
  const facts = [
    basisWords(t, card),
    t(`action.coercion-${card.coercion}`),
    t(`action.effect-${card.effect}`),
    ...(card.needsAuthorisation ? [t('warning.needs-authorisation')] : []),
  ]
  return (
    <small>
      <bdi>{card.code}</bdi>
      {'. '}
      {new Intl.ListFormat(locale, { type: 'unit' }).format(facts)}
    </small>
  )
}
