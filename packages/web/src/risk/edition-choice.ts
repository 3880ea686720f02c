import { Problem } from '@tocsin/domain/problem.ts'
import type { Edition } from '@tocsin/domain/risk.ts'

/** The edition an address asks for; the newest where it asks for none that exists. */
export function editionIn(editions: readonly Edition[], wanted: string | undefined): Edition {
  const edition = editions.find(({ id }) => id === wanted) ?? editions[0]
  if (!edition) throw new Problem('edition.not-found', { edition: wanted ?? '' })
  return edition
}
