import type { ActionCard } from '@tocsin/domain/action-catalogue/card.ts'
import { type ActionCode, findCard } from '@tocsin/domain/action-catalogue/catalogue.ts'
import type { Translate } from '@tocsin/i18n/translate.ts'

/** A card's name in the reader's language; a code that no catalogue knows stands as it is. */
export function actionName(t: Translate, code: string): string {
  const card = findCard(code)
  return card ? t(`action.${card.code}`) : code
}

/** What a card rests on, with its article cited by number. */
export function basisWords(t: Translate, { basis, article }: ActionCard<ActionCode>): string {
  return t(`action.basis-${basis}`, { article: article ?? '' })
}
