import { z } from 'zod'
import { Instant, OrganisationId, PersonId } from './brand.ts'

/** What a person may be trusted with inside one organisation. */
export const Role = z.enum(['administrator', 'focal-point', 'analyst', 'auditor', 'reader'])
export type Role = z.infer<typeof Role>

export const SessionId = z.uuidv7().brand<'SessionId'>()
export type SessionId = z.infer<typeof SessionId>

/**
 * Who asks. A visitor has not signed in; the operator is whoever holds the node's own machine and
 * speaks through its command line; the system is the node itself at work on a job; a node is that of
 * another organisation of the network, known by its signature.
 */
export const Actor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('visitor') }),
  z.object({
    kind: z.literal('person'),
    person: PersonId,
    organisation: OrganisationId,
    roles: z.array(Role),
    session: SessionId,
    /** What proved who this is; two pairs of eyes never share one. Names a credential, is no secret. */
    credential: z.string(),
    /** Until when a fresh proof of identity counts for sensitive acts. */
    steppedUpUntil: Instant.nullable(),
  }),
  z.object({ kind: z.literal('operator') }),
  z.object({ kind: z.literal('system') }),
  z.object({ kind: z.literal('node'), organisation: OrganisationId }),
])
export type Actor = Readonly<z.infer<typeof Actor>>

export const visitor: Actor = { kind: 'visitor' }
export const operator: Actor = { kind: 'operator' }
export const system: Actor = { kind: 'system' }

/** The parts of the node that an administrator can open to people without an account. */
export const PublicArea = z.enum(['risk', 'sources', 'scores', 'times'])
export type PublicArea = z.infer<typeof PublicArea>
export type PublicView = Readonly<Record<PublicArea, boolean>>

/**
 * Open at first start: the statistical picture, its record of hits and misses, and its sources. How
 * fast warnings are answered is the node's own to open.
 */
export const defaultPublicView: PublicView = {
  risk: true,
  scores: true,
  sources: true,
  times: false,
}

/** For whoever is no visitor: they are judged by who they are, never by what is open to all. */
export const closedPublicView: PublicView = {
  risk: false,
  scores: false,
  sources: false,
  times: false,
}

export function hasRole(actor: Actor, ...roles: readonly Role[]): boolean {
  return actor.kind === 'person' && actor.roles.some((role) => roles.includes(role))
}

/** Reading a part of the public picture: anybody signed in, and visitors where it is open. */
export function mayReadPublic(area: PublicArea) {
  return (actor: Actor, view: PublicView): boolean => actor.kind !== 'visitor' || view[area]
}

/** The node's own machinery and its local operator, and administrators. */
export function mayOperateNode(actor: Actor): boolean {
  return actor.kind === 'operator' || actor.kind === 'system' || hasRole(actor, 'administrator')
}

export type PersonActor = Extract<Actor, { kind: 'person' }>
