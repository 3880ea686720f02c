import { listPlans } from '@tocsin/api/action-plans.ts'
import type { Search } from '../shell/address.ts'

/** Actions on a page of the overview. */
export const PAGE = 50

/** What the address asks of the overview; what it cannot mean is left out, so that any address is a page. */
export function overviewIn(search: Search) {
  const { status, due, lead, offset } = listPlans.query.shape
  return {
    status: status.safeParse(search['status']).data ?? 'open',
    due: due.safeParse(search['due']).data ?? 'any',
    lead: lead.safeParse(search['lead']).data,
    exercise: search['exercise'] === 'true',
    offset: offset.safeParse(search['offset']).data ?? 0,
    limit: PAGE,
  }
}
