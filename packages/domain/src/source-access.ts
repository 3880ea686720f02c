import { type Actor, hasRole, mayOperateNode } from './actor.ts'

/** Importing publishers' files, following an import, and removing what was imported. */
export function mayImportSources(actor: Actor): boolean {
  return mayOperateNode(actor) || hasRole(actor, 'analyst', 'focal-point')
}

/** Figures that may not be passed on are shown only to those who signed in to this node. */
export function mayReadVintage(
  actor: Actor,
  { redistributable }: { readonly redistributable: boolean },
): boolean {
  return redistributable || actor.kind !== 'visitor'
}
