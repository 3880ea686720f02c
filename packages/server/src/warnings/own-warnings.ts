import type { WarningRow } from '@tocsin/api/opened-warning.ts'
import type { Actor } from '@tocsin/domain/actor.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import { signaturesNeeded, Warning, WarningDraft } from '@tocsin/domain/warning.ts'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import { requirePerson } from '../identity/step-up.ts'

const ROWS_SHOWN = 200

/** The warnings of the actor's own organisation: what is still being written first. */
export async function listOwnWarnings(
  app: App,
  actor: Actor,
  { matter }: { readonly matter?: MatterId | undefined },
): Promise<WarningRow[]> {
  const { organisation } = requirePerson(actor)
  return app.db.as(actor, async (tx) => {
    let own = tx
      .selectFrom('warning')
      .innerJoin('matter', 'matter.id', 'warning.matter')
      .leftJoin('warning_signature', 'warning_signature.warning', 'warning.id')
      .selectAll('warning')
      .select(['matter.title', 'matter.is_exercise'])
      .select(({ fn }) => fn.count<number>('warning_signature.id').as('signatures'))
      .where('warning.organisation', '=', organisation)
      .groupBy(['warning.id', 'matter.id'])
      .orderBy(sql`warning.state = 'draft'`, 'desc')
      .orderBy('warning.saved_at', 'desc')
      .limit(ROWS_SHOWN)
    // Drills are never among real warnings; those of one are listed with its matter.
    own = matter
      ? own.where('warning.matter', '=', matter)
      : own.where('matter.is_exercise', '=', false)
    const rows = await own.execute()
    return rows.map((row) => {
      const { subject, level } = WarningDraft.parse(row.draft)
      return {
        id: row.id,
        matter: row.matter,
        year: row.year,
        number: row.number,
        state: row.state,
        isExercise: row.is_exercise,
        sha256: row.sha256,
        returned: Warning.shape.returned.parse(row.returned),
        savedAt: row.saved_at,
        sentAt: row.sent_at,
        matterTitle: row.title,
        subject,
        level,
        expiresAt: row.expires_at,
        signatures: Number(row.signatures),
        signaturesNeeded: signaturesNeeded(level),
      }
    })
  })
}
