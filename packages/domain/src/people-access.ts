import { type Actor, hasRole, mayOperateNode, type Role } from './actor.ts'
import type { OrganisationId, PersonId } from './brand.ts'

/*
 * Who may read and change what, in the area people. Each rule stands a second time as row-level
 * security in 0002-people.sql; access-rules.test.ts holds the two against each other.
 */

type OfOrganisation = { readonly organisation: OrganisationId }
type OfPerson = { readonly person: PersonId }

/** Roles that a focal point gives out in its own organisation without an administrator. */
const delegable: readonly Role[] = ['analyst', 'reader']

/** The node at work or whoever holds its machine: not a person. */
export const isNode = (actor: Actor): boolean =>
  actor.kind === 'operator' || actor.kind === 'system'

export const isSelf = (actor: Actor, { person }: OfPerson): boolean =>
  actor.kind === 'person' && actor.person === person

/** A person whose every role was revoked belongs to the organisation no more. */
function belongsTo(actor: Actor, { organisation }: OfOrganisation): boolean {
  return actor.kind === 'person' && actor.roles.length > 0 && actor.organisation === organisation
}

/** Organisations, posts and their holders: one's own, and all of them for administrators. */
export function mayReadOrganisation(actor: Actor, thing: OfOrganisation): boolean {
  return mayOperateNode(actor) || belongsTo(actor, thing)
}

/** Posts and their holders, and who is invited. */
export function mayManageOrganisation(actor: Actor, thing: OfOrganisation): boolean {
  return mayOperateNode(actor) || (hasRole(actor, 'focal-point') && belongsTo(actor, thing))
}

/** Persons and the roles they hold: colleagues, and always oneself. */
export function mayReadPerson(actor: Actor, thing: OfOrganisation & OfPerson): boolean {
  return mayReadOrganisation(actor, thing) || isSelf(actor, thing)
}

/** Where a person is reached: those who keep the organisation's list, and always oneself. */
export function mayReachPerson(actor: Actor, thing: OfOrganisation & OfPerson): boolean {
  return mayManageOrganisation(actor, thing) || isSelf(actor, thing)
}

/** The devices of a person that are told: one's own, and the node's to tell them. */
export const mayReachDevice = (actor: Actor, thing: OfPerson): boolean =>
  isNode(actor) || isSelf(actor, thing)

/** Granting and revoking: a focal point only what it may delegate. */
export function mayGrantRole(actor: Actor, thing: OfOrganisation & { role: Role }): boolean {
  if (mayOperateNode(actor)) return true
  return mayManageOrganisation(actor, thing) && delegable.includes(thing.role)
}

type InvitationRow = {
  readonly kind: 'set-up' | 'invite' | 'recover'
  readonly organisation: OrganisationId | null
  readonly roles: readonly Role[]
}

/** The set-up link is nobody's to see; a link that recovers an account is for administrators. */
export function mayReadInvitation(actor: Actor, { kind, organisation }: InvitationRow): boolean {
  if (kind === 'set-up' || organisation === null) return isNode(actor)
  if (kind === 'recover') return mayOperateNode(actor)
  return mayManageOrganisation(actor, { organisation })
}

/** Making and revoking: a focal point only with roles that it may delegate. */
export function mayInvite(actor: Actor, invitation: InvitationRow): boolean {
  if (!mayReadInvitation(actor, invitation)) return false
  return mayOperateNode(actor) || invitation.roles.every((role) => delegable.includes(role))
}

/** Sessions, passkeys and outside identities: one's own, and administrators' to see. */
export function mayReadCredential(actor: Actor, thing: OfPerson): boolean {
  return mayOperateNode(actor) || isSelf(actor, thing)
}

/** Nobody, administrators included, takes away another's means of signing in. */
export function mayRemoveCredential(actor: Actor, thing: OfPerson): boolean {
  return isNode(actor) || isSelf(actor, thing)
}

/** Ending sessions protects, so administrators may do it for anybody. */
export function mayEndSession(actor: Actor, thing: OfPerson): boolean {
  return mayReadCredential(actor, thing)
}

/** Hashes of passwords, sealed secrets, challenges, attempts: the node itself and nobody else. */
export function mayReadSecrets(actor: Actor): boolean {
  return actor.kind === 'system'
}

/** The audit log: auditors what concerns their organisation, administrators all. */
export function mayReadAuditEntry(
  actor: Actor,
  { organisation }: { readonly organisation: OrganisationId | null },
): boolean {
  if (mayOperateNode(actor)) return true
  return organisation !== null && hasRole(actor, 'auditor') && belongsTo(actor, { organisation })
}

/**
 * An entry is written by the node, or in one's own name. What it concerns is one's own organisation;
 * administrators also act on others and on the node itself.
 */
export function mayAppendAuditEntry(
  actor: Actor,
  entry: { readonly actor: Actor['kind']; readonly person: PersonId | null } & {
    readonly organisation: OrganisationId | null
  },
): boolean {
  if (isNode(actor)) return true
  if (actor.kind === 'visitor') return entry.actor === 'visitor' && entry.organisation === null
  return (
    actor.kind === 'person' &&
    entry.actor === 'person' &&
    entry.person === actor.person &&
    (entry.organisation === actor.organisation || mayOperateNode(actor))
  )
}

/** Whether the audit log is open to the actor at all, in part or whole. */
export function mayReadAudit(actor: Actor): boolean {
  return mayOperateNode(actor) || hasRole(actor, 'auditor')
}

/** Everybody who has signed in and still has a role, and the operator. */
export function mayUsePeople(actor: Actor): boolean {
  return isNode(actor) || (actor.kind === 'person' && actor.roles.length > 0)
}

export function mayInviteAnybody(actor: Actor): boolean {
  return mayOperateNode(actor) || hasRole(actor, 'focal-point')
}

export const isPerson = (actor: Actor): boolean => actor.kind === 'person'
