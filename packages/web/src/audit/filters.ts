import { Day, Instant, PersonId } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import type { Search } from '../shell/address.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** What the address asks of the log: days as people name them, both included, in UTC. */
export function filtersIn(search: Search) {
  const from = Day.safeParse(search['from']).data
  const until = Day.safeParse(search['until']).data
  return {
    person: PersonId.safeParse(search['person']).data,
    act: search['act'] || undefined,
    from: from && startOf(from),
    until: until && addMilliseconds(startOf(until), DAY_MS),
  }
}

const startOf = (day: Day): Instant => Instant.parse(`${day}T00:00:00.000Z`)
