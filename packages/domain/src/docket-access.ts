import { type Actor, hasRole } from './actor.ts'
import { type Audience, isInAudience } from './audience.ts'
import type { OrganisationId, PersonId } from './brand.ts'
import type { Organisation } from './people.ts'

/*
 * Who may read and change what, in the areas docket, reports and warnings. Each rule stands a second
 * time as row-level security in 0006-docket.sql; access.test.ts holds the two against each other.
 * Whoever runs the node, its administrators and its operator, reads none of it: content is for those
 * who work on it.
 */

type OfOrganisation = { readonly organisation: OrganisationId }

const isNodeItself = (actor: Actor): boolean => actor.kind === 'system'

/** Whoever works on matters at all. */
export function mayUseDocket(actor: Actor): boolean {
  return isNodeItself(actor) || hasRole(actor, 'focal-point', 'analyst', 'reader')
}

/** Whoever may write: reports, drafts, assessments. */
export function mayWork(actor: Actor): boolean {
  return isNodeItself(actor) || hasRole(actor, 'focal-point', 'analyst')
}

/** Matters, and everything that hangs on one: its record, clocks, warnings and their fate. */
export function mayReadMatter(actor: Actor, matter: Audience): boolean {
  if (isNodeItself(actor)) return true
  if (actor.kind !== 'person' || !mayUseDocket(actor)) return false
  return isInAudience(matter, actor.organisation)
}

/** Only the organisation that is seized of a matter changes it; others answer. */
export function mayWorkOnMatter(actor: Actor, { organisation }: OfOrganisation): boolean {
  if (isNodeItself(actor)) return true
  return actor.kind === 'person' && mayWork(actor) && actor.organisation === organisation
}

/** Signing a review, a closing or the first of a warning's signatures: in the organisation's name. */
export function maySignForMatter(actor: Actor, matter: OfOrganisation): boolean {
  return mayWorkOnMatter(actor, matter) && hasRole(actor, 'focal-point')
}

/** Reports and the organisation's own settings: read by its own people alone. */
export function mayReadOwn(actor: Actor, { organisation }: OfOrganisation): boolean {
  if (isNodeItself(actor)) return true
  return actor.kind === 'person' && mayUseDocket(actor) && actor.organisation === organisation
}

/** How a person wants to be told is their own to say, and nobody else's to see. */
export function maySetOwnNotices(actor: Actor, { person }: { readonly person: PersonId }): boolean {
  return isNodeItself(actor) || (actor.kind === 'person' && actor.person === person)
}

/**
 * Whose offices may be written to, and so are named to whoever writes: one's own, the competent
 * authorities of one's own State, regional organisations and the United Nations.
 */
export function isAddressable(
  own: Pick<Organisation, 'id' | 'country'>,
  other: Pick<Organisation, 'id' | 'country' | 'kind'>,
): boolean {
  if (other.id === own.id) return true
  if (other.kind === 'regional-organisation' || other.kind === 'un-office') return true
  return other.kind === 'competent-authority' && other.country === own.country
}
