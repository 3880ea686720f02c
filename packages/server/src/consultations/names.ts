import { system } from '@tocsin/domain/actor.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import type { App } from '../app.ts'
import { listOrganisationNames } from '../people/queries.ts'

type Named = { readonly organisation: OrganisationId; readonly name: string }

/** How somebody who convened or said something calls itself. */
export const ownNameOf = ({
  organisation,
  organisationName: name,
}: {
  readonly organisation: OrganisationId
  readonly organisationName: string
}): Named => ({ organisation, name })

export type KnownName = (named: Named) => string

/**
 * Organisations by the names that this node knows them by: nobody is taken for another by what they call themselves.
 * Of whom this node does not know, the name that they were told under stands.
 */
export async function knownNames(app: App, all: readonly Named[]): Promise<KnownName> {
  const ids = [...new Set(all.map(({ organisation }) => organisation))]
  if (ids.length === 0) return ({ name }) => name
  // Whoever may read something may read whose it is.
  const names = await app.db.as(system, (tx) => listOrganisationNames(tx, ids))
  return ({ organisation, name }) => names.get(organisation) ?? name
}
