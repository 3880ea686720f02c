import type { Matter, MatterId } from '@tocsin/domain/matter.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import type { DueDiligenceContent } from '@tocsin/records/due-diligence.ts'
import { z } from 'zod'
import type { Tx } from '../database/database.ts'
import { listNotifications } from '../warnings/queries.ts'

/** The warnings of a matter that were sent, each text as it was signed. */
export async function listSignedWarnings(
  tx: Tx,
  { id, isExercise }: Matter,
): Promise<DueDiligenceContent['warnings']> {
  const rows = await tx
    .selectFrom('warning')
    .selectAll()
    .where('matter', '=', id)
    .where('state', '<>', 'draft')
    .orderBy('sent_at')
    .orderBy('id')
    .execute()
  const signatures = await tx
    .selectFrom('warning_signature')
    .select(['warning', 'name', 'office', 'at', 'credential'])
    .where('matter', '=', id)
    .orderBy('at')
    .execute()
  return rows.map(({ year, number, state, draft, sha256, replaces, sent_at, ...row }) => ({
    id: row.id,
    symbol: symbolOf('W', { year, number, isExercise }),
    state,
    draft: z.record(z.string(), z.json()).parse(draft),
    sha256,
    replaces,
    sentAt: sent_at,
    signatures: signatures
      .filter(({ warning }) => warning === row.id)
      // The end of the credential's name: enough to tell two apart, too little to use.
      .map(({ name, office, at, credential }) => ({
        name,
        office,
        at,
        credential: credential.slice(-4),
      })),
  }))
}

/** Every office that was told, what it said, and how each notice to it went out: never an address. */
export async function listTold(
  tx: Tx,
  matter: MatterId,
): Promise<DueDiligenceContent['notifications']> {
  const deliveries = await tx
    .selectFrom('delivery')
    .select(['notification', 'channel', 'step', 'state', 'attempts', 'reason'])
    .select(['may_repeat as mayRepeat', 'sent_at as sentAt'])
    .where('matter', '=', matter)
    .orderBy('made_at')
    .orderBy('id')
    .execute()
  const told = await listNotifications(tx, matter)
  // Named one by one: the shape of the file is frozen, whatever else is known of a notice some day.
  return told.map((one) => ({
    id: one.id,
    warning: one.warning,
    authority: one.authority,
    office: one.office,
    legalBasis: one.legalBasis,
    state: one.state,
    sentAt: one.sentAt,
    openedAt: one.openedAt,
    acknowledgedAt: one.acknowledgedAt,
    acknowledgement: one.acknowledgement,
    answeredAt: one.answeredAt,
    answer: one.answer,
    acknowledgeBy: one.acknowledgeBy,
    answerBy: one.answerBy,
    deliveries: deliveries
      .filter(({ notification }) => notification === one.id)
      .map(({ notification: _of, ...delivery }) => delivery),
  }))
}
