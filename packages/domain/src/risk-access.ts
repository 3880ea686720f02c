import { type Actor, hasRole, mayOperateNode } from './actor.ts'

/** Keeping the files an edition rests on, reading them back, and asking for an edition of them. */
export function mayBuildEdition(actor: Actor): boolean {
  return mayOperateNode(actor) || hasRole(actor, 'analyst', 'focal-point')
}

/** Editions hold nothing of any organisation: whoever may ask the node at all may be given them. */
export function mayReadEdition(_actor: Actor): boolean {
  return true
}

/** Nobody writes figures: only the node's own work adds an edition. */
export function mayFreezeEdition(actor: Actor): boolean {
  return actor.kind === 'operator' || actor.kind === 'system'
}
