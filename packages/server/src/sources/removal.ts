import type { Actor } from '@tocsin/domain/actor.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { VintageId } from '@tocsin/domain/source.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'

/** Removes an imported file with all its figures; what it had replaced counts again. */
export async function removeVintage(
  app: App,
  actor: Actor,
  id: VintageId,
): Promise<{ removed: VintageId }> {
  return app.db.as(actor, async (tx) => {
    const removed = await tx
      .deleteFrom('vintage')
      .where('id', '=', id)
      .returning(['source', 'version', 'file', 'rows_hash as rowsHash'])
      .executeTakeFirst()
    if (!removed) throw new Problem('source.vintage-not-found', { vintage: id })
    const at = app.clock()
    await recordAudit(tx, { at, actor, act: 'sources.removed', subject: id, details: removed })
    return { removed: id }
  })
}
