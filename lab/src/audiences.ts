import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import type { LabAudience } from '../acquaint.ts'

/**
 * Everybody; everybody but one, for each as the one who must not know; and the first two alone. Owned
 * by different nodes, so that no node is needed by all.
 */
export function makeAudiences(all: readonly OrganisationId[]): LabAudience[] {
  const make = (
    owner: OrganisationId,
    members: readonly OrganisationId[],
    excluded: readonly OrganisationId[] = [],
  ): LabAudience => ({ id: newId<AudienceId>(), owner, members, excluded })
  const [first, second] = all
  if (!first || !second) return []
  return [
    make(first, all.slice(1)),
    make(second, [first]),
    ...all.map((one, place) => {
      const owner = all[(place + 1) % all.length] ?? first
      // Named as a member and shut out all the same: being shut out wins.
      return make(
        owner,
        all.filter((other) => other !== owner),
        [one],
      )
    }),
  ]
}

/** Exactly who may read what is told there. */
export const readersIn = ({ owner, members, excluded }: LabAudience): readonly OrganisationId[] =>
  [owner, ...members].filter((one) => one === owner || !excluded.includes(one))
