import { listMatters } from '@tocsin/api/matters.ts'
import type { Search } from '../shell/address.ts'

/** Matters on a page of the list. */
export const PAGE = 50

/** What the address asks of the list; what it cannot mean is left out, so that any address is a page. */
export function filtersIn(search: Search) {
  const { state, level, text, offset } = listMatters.query.shape
  return {
    state: state.safeParse(search['state']).data ?? 'open',
    level: search['level'] ? level.safeParse(search['level']).data : undefined,
    text: text.safeParse(search['text']).data,
    exercise: search['exercise'] === 'true',
    offset: offset.safeParse(search['offset']).data ?? 0,
    limit: PAGE,
  }
}
