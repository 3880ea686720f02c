import type { WarningLevel } from '../level.ts'
import type { ActionCard, TimeToEffect } from './card.ts'
import { economicCards } from './economic-cards.ts'
import { humanRightsCards } from './human-rights-cards.ts'
import { informationCards } from './information-cards.ts'
import { legalCards } from './legal-cards.ts'
import { politicalCards } from './political-cards.ts'
import { protectionCards } from './protection-cards.ts'
import { resilienceCards } from './resilience-cards.ts'
import { securityCards } from './security-cards.ts'

/** Goes up with every change of a card. A code is never given to another card. */
export const CATALOGUE_VERSION = '2026.1'

/** Every card of the catalogue, by family. */
export const actionCards = [
  ...politicalCards,
  ...humanRightsCards,
  ...legalCards,
  ...economicCards,
  ...informationCards,
  ...protectionCards,
  ...securityCards,
  ...resilienceCards,
] as const

export type ActionCode = (typeof actionCards)[number]['code']

const byCode = new Map<string, ActionCard<ActionCode>>(actionCards.map((card) => [card.code, card]))

export function findCard(code: string): ActionCard<ActionCode> | undefined {
  return byCode.get(code)
}

const times: readonly TimeToEffect[] = ['hours', 'days', 'weeks', 'months', 'years']

/** The slowest act that can still help at this level: hours count at the highest ones. */
const slowest: Readonly<Record<WarningLevel, TimeToEffect>> = {
  1: 'years',
  2: 'months',
  3: 'weeks',
  4: 'days',
  5: 'days',
}

const SUGGESTED = 12

/**
 * Cards to show first at a level, the fastest first, families taking turns so that none fills the
 * list. What coerces a State (article 41 and 42 type) is never suggested: whoever wants it has to
 * look for it.
 */
export function suggestedCards(level: WarningLevel): readonly ActionCard<ActionCode>[] {
  const isFast = ({ effect }: ActionCard) => times.indexOf(effect) <= times.indexOf(slowest[level])
  const turns = new Map<string, number>()
  return actionCards
    .filter((card) => card.coercion <= 1 && isFast(card))
    .sort((a, b) => times.indexOf(a.effect) - times.indexOf(b.effect) || a.coercion - b.coercion)
    .map((card) => {
      const turn = (turns.get(card.family) ?? 0) + 1
      turns.set(card.family, turn)
      return { card, turn }
    })
    .sort((a, b) => a.turn - b.turn)
    .slice(0, SUGGESTED)
    .map(({ card }) => card)
}

/** Whether enforcement by a regional body is named without what it must rest on (article 53). */
export function lacksAuthorisation(
  { needsAuthorisation }: Pick<ActionCard, 'needsAuthorisation'>,
  authorisation: string | null,
): boolean {
  return needsAuthorisation && (authorisation === null || authorisation.trim() === '')
}

/** Whether the Security Council is owed a note: activities taken, and those only thought of (article 54). */
export function owesInformationNote(codes: readonly string[]): boolean {
  return codes.some((code) => (findCard(code)?.regional ?? null) !== null)
}
