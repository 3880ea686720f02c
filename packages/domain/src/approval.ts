import { z } from 'zod'
import { type Actor, hasRole, Role } from './actor.ts'
import { Instant, OrganisationId, PersonId, Sha256 } from './brand.ts'
import { isNode, isSelf } from './people-access.ts'

export const ApprovalId = z.uuidv7().brand<'ApprovalId'>()
export type ApprovalId = z.infer<typeof ApprovalId>

/** Every act that exposes, so that one person proposes it and another approves it. */
export const ActKind = z.enum([
  'agenda.set-rule',
  'consultation.convene',
  'consultation.hear',
  'consultation.invite',
  'decision.record',
  'docket.close-matter',
  'liaison.release-note',
  'network.pin-member',
  'people.grant-administrator',
  'people.recover-account',
  'settings.open-public-view',
  'sharing.make-group',
  'sharing.release-onward',
  'sharing.release-report',
  'sharing.resume',
  'sharing.share-edition',
  'sharing.share-matter',
])
export type ActKind = z.infer<typeof ActKind>

type ActRule = {
  /** Whether the act concerns the whole node or only the proposer's organisation. */
  readonly scope: 'node' | 'organisation'
  readonly proposers: readonly Role[]
  readonly approvers: readonly Role[]
}

/** Who may propose and who may approve each kind of act; both must still hold the role when it is done. */
export const actRules: Readonly<Record<ActKind, ActRule>> = {
  // A rule can oblige an organ less than before: two of those who speak for it say so.
  'agenda.set-rule': sharers(),
  'consultation.convene': sharers(),
  'consultation.hear': sharers(),
  'consultation.invite': sharers(),
  // Chair and secretary sign what the organs decided: two officers of whoever led.
  'decision.record': {
    scope: 'organisation',
    proposers: ['focal-point'],
    approvers: ['focal-point'],
  },
  // A matter leaves the docket when two persons who work on it say so.
  'docket.close-matter': {
    scope: 'organisation',
    proposers: ['focal-point', 'analyst'],
    approvers: ['focal-point'],
  },
  // A note leaves the organisation for the United Nations.
  'liaison.release-note': sharers(),
  // Whom the node believes is decided by two officers of one organisation, who each typed the words.
  'network.pin-member': {
    scope: 'organisation',
    proposers: ['administrator', 'focal-point'],
    approvers: ['administrator', 'focal-point'],
  },
  'people.grant-administrator': administrators(),
  'people.recover-account': administrators(),
  'settings.open-public-view': administrators(),
  'sharing.make-group': sharers(),
  'sharing.release-onward': sharers(),
  'sharing.release-report': sharers(),
  'sharing.resume': sharers(),
  'sharing.share-edition': sharers(),
  'sharing.share-matter': sharers(),
}

/** What leaves the organisation for others: those who work on it propose, a focal point approves. */
function sharers(): ActRule {
  return {
    scope: 'organisation',
    proposers: ['focal-point', 'analyst'],
    approvers: ['focal-point'],
  }
}

function administrators(): ActRule {
  return { scope: 'node', proposers: ['administrator'], approvers: ['administrator'] }
}

/** What exactly is to be done. Its SHA-256 names it: what was read is what will be done. */
export const Act = z.object({ kind: ActKind, subject: z.string(), details: z.json() })
export type Act = Readonly<z.infer<typeof Act>>

export const ApprovalState = z.enum(['waiting', 'done', 'refused', 'withdrawn'])
export type ApprovalState = z.infer<typeof ApprovalState>

export const Approval = z.object({
  id: ApprovalId,
  act: Act,
  sha256: Sha256,
  /** Null for acts that concern the whole node. */
  organisation: OrganisationId.nullable(),
  proposerRoles: z.array(Role),
  approverRoles: z.array(Role),
  proposer: PersonId,
  proposedAt: Instant,
  expiresAt: Instant,
  state: ApprovalState,
  decidedBy: PersonId.nullable(),
  decidedAt: Instant.nullable(),
  reason: z.string().nullable(),
})
export type Approval = Readonly<z.infer<typeof Approval>>

/** How long a proposal waits for its second person. */
export const APPROVAL_LIFE_MS = 24 * 60 * 60 * 1000

type Scoped = Pick<Approval, 'organisation' | 'approverRoles' | 'proposerRoles' | 'proposer'>

const isInScope = (actor: Actor, { organisation }: Pick<Approval, 'organisation'>): boolean =>
  actor.kind === 'person' && (organisation === null || organisation === actor.organisation)

const couldApprove = (actor: Actor, approval: Scoped): boolean =>
  isInScope(actor, approval) && hasRole(actor, ...approval.approverRoles)

/** Whoever proposed it, whoever could approve it, and the node. */
export function mayReadApproval(actor: Actor, approval: Scoped): boolean {
  return (
    isNode(actor) || isSelf(actor, { person: approval.proposer }) || couldApprove(actor, approval)
  )
}

/** A named person proposes, in a role that may, and in nobody else's name. */
export function mayPropose(actor: Actor, approval: Scoped): boolean {
  return (
    isSelf(actor, { person: approval.proposer }) &&
    isInScope(actor, approval) &&
    hasRole(actor, ...approval.proposerRoles)
  )
}

/** The second pair of eyes: in role, and not the first. */
export function mayApprove(actor: Actor, approval: Scoped): boolean {
  return couldApprove(actor, approval) && !isSelf(actor, { person: approval.proposer })
}

export function isWaiting(approval: Pick<Approval, 'state' | 'expiresAt'>, now: Instant): boolean {
  return approval.state === 'waiting' && now < approval.expiresAt
}
