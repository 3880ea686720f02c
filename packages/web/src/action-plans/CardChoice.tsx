import type { ActionCard } from '@tocsin/domain/action-catalogue/card.ts'
import {
  type ActionCode,
  actionCards,
  CATALOGUE_VERSION,
  findCard,
  suggestedCards,
} from '@tocsin/domain/action-catalogue/catalogue.ts'
import type { Level } from '@tocsin/domain/level.ts'
import { useState } from 'react'
import { Field } from '../identity/Field.tsx'
import { useShell } from '../shell/context.ts'
import { actionName, basisWords } from '../warnings/action-words.ts'

const FOUND = 12
const SHORTEST = 2

type Props = {
  readonly level: Level
  readonly chosen: string | null
  readonly choose: (code: string | null) => void
}

/**
 * A card of the catalogue, or none. What coerces a State is never among those that are suggested:
 * whoever wants it looks for it.
 */
export function CardChoice({ level, chosen, choose }: Props) {
  const { t } = useShell()
  const [sought, seek] = useState('')
  const wanted = sought.trim().toLocaleLowerCase()
  const isSeeking = wanted.length >= SHORTEST
  const found = isSeeking
    ? actionCards
        .filter((card) =>
          `${card.code} ${actionName(t, card.code)}`.toLocaleLowerCase().includes(wanted),
        )
        .slice(0, FOUND)
    : suggestedCards(level === 0 ? 1 : level)
  const card = chosen === null ? undefined : findCard(chosen)
  const others = found.filter(({ code }) => code !== chosen)
  return (
    <fieldset className="plan-cards">
      <legend>{t('plan.card')}</legend>
      <p className="note">{t('warning.catalogue-unverified', { version: CATALOGUE_VERSION })}</p>
      <div className="seek">
        <Field
          name="seek"
          type="search"
          label={t('warning.seek-option')}
          hint={t('warning.seek-hint')}
          value={sought}
          onChange={({ target }) => seek(target.value)}
        />
      </div>
      <p className="vh" role="status">
        {isSeeking ? t('warning.found', { n: found.length }) : ''}
      </p>
      <div className="cd">
        <label>
          <input type="radio" name="card" checked={chosen === null} onChange={() => choose(null)} />
          <span>{t('plan.own-words')}</span>
        </label>
        {[...(card ? [card] : []), ...others].map((one) => (
          <label key={one.code}>
            <input
              type="radio"
              name="card"
              checked={one.code === chosen}
              onChange={() => choose(one.code)}
            />
            <span>{actionName(t, one.code)}</span>
            <Facts card={one} />
          </label>
        ))}
      </div>
    </fieldset>
  )
}

function Facts({ card }: { readonly card: ActionCard<ActionCode> }) {
  const { t, locale } = useShell()
  const facts = [
    basisWords(t, card),
    t(`action.coercion-${card.coercion}`),
    t(`action.effect-${card.effect}`),
    ...(card.needsAuthorisation ? [t('warning.needs-authorisation')] : []),
    ...(card.regional ? [t(`plan.regional-${card.regional}`)] : []),
  ]
  return (
    <small>
      <bdi>{card.code}</bdi>
      {'. '}
      {new Intl.ListFormat(locale, { type: 'unit' }).format(facts)}
    </small>
  )
}
