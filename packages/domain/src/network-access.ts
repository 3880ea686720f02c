import { type Actor, hasRole, mayOperateNode } from './actor.ts'
import { type Audience, isInAudience } from './audience.ts'
import type { OrganisationId, PersonId } from './brand.ts'
import { mayReadMatter, mayReadOwn, mayUseDocket, mayWorkOnMatter } from './docket-access.ts'
import { isSelf } from './people-access.ts'

/*
 * Who may see what leaves and what arrives. Each rule stands a second time as row-level security in
 * 0016-network.sql; access.test.ts holds the two against each other.
 */

/** The other organisations of the network, and whether this node trusts them. */
export const mayReadMembers = (actor: Actor): boolean =>
  mayOperateNode(actor) || mayUseDocket(actor)

/** Taking a member into trust and putting it out; the command asks for a second officer. */
export const mayManageMembers = (actor: Actor): boolean =>
  mayOperateNode(actor) || hasRole(actor, 'focal-point')

/** That somebody typed a member's fingerprint, said by that person alone. */
export const mayVouchFor = (actor: Actor, { person }: { readonly person: PersonId }): boolean =>
  mayManageMembers(actor) && isSelf(actor, { person })

/** What was shared: read by exactly its audience, on screen, in lists, in files and by other nodes. */
export const mayReadShared = (actor: Actor, shared: Audience): boolean =>
  mayReadMatter(actor, shared) || mayBeSent(actor, shared)

/** The signed bytes themselves go from node to node and to nobody else. */
export const mayReadRecords = (actor: Actor, record: Audience): boolean =>
  actor.kind === 'system' || mayBeSent(actor, record)

const mayBeSent = (actor: Actor, shared: Audience): boolean =>
  actor.kind === 'node' && isInAudience(shared, actor.organisation)

/** Publishing and withdrawing in the organisation's name. */
export const mayPublish = mayWorkOnMatter

/** An audience changes by new versions of its owner. */
export const mayReadAudience = mayReadMatter

/** What waits to leave, and what was not taken: for the author's people, and whom it is for. */
export const mayReadQueue = (
  actor: Actor,
  row: { readonly organisation: OrganisationId; readonly member: OrganisationId },
): boolean => mayReadOwn(actor, row) || isNodeOf(actor, row.member)

/** What became of what a member sent. */
export const mayReadStatus = (actor: Actor, member: OrganisationId): boolean =>
  actor.kind === 'system' || isNodeOf(actor, member)

const isNodeOf = (actor: Actor, organisation: OrganisationId): boolean =>
  actor.kind === 'node' && actor.organisation === organisation

/** What is missing and what was refused, never what it says. */
export const mayReadFaults = (actor: Actor): boolean => mayOperateNode(actor)

/** Which keys seal to an audience, themselves sealed: for whoever publishes. */
export const mayReadSeals = mayUseDocket
/** With whom, on which terms and what is left out: the organisation's own to know. */
export const mayReadOwnSharing = mayReadOwn
