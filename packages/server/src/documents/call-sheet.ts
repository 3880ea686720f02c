import type { Callee, CallSheetFacts } from '@tocsin/documents/call-sheet.ts'
import { type Actor, system } from '@tocsin/domain/actor.ts'
import { mayWorkOnMatter } from '@tocsin/domain/docket-access.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { NotificationId } from '@tocsin/domain/notification.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import type { WarningId } from '@tocsin/domain/warning.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { getMatter } from '../docket/queries.ts'
import { listOrganisationNames } from '../people/queries.ts'
import { codeFor } from '../warnings/links.ts'
import { listNotifications, readWarning } from '../warnings/queries.ts'
import { recipientsOf, type Told } from '../warnings/recipients.ts'

/** Whom to call about a warning that stands; for those who work on the matter alone. */
export async function readCallSheet(
  app: App,
  actor: Actor,
  id: WarningId,
): Promise<CallSheetFacts> {
  const { warning } = await readWarning(app, actor, id)
  if (!mayWorkOnMatter(actor, warning)) throw new Problem('permission.denied')
  if (warning.state !== 'sent') throw new Problem('warning.not-sent')
  const at = app.clock()
  const { organisation } = warning
  // As the system: who holds an office elsewhere, and their number, is told to the caller only here.
  return app.db.as(system, async (tx) => {
    const names = await listOrganisationNames(tx, [organisation])
    const callees = await listCallees(app, tx, id, warning.matter)
    const deed = { at, actor, organisation, subject: id, act: 'documents.call-sheet' }
    await recordAudit(tx, { ...deed, details: { codes: callees.length } })
    return {
      sender: names.get(organisation) ?? '',
      symbol: symbolOf('W', warning),
      marking: warning.marking,
      isExercise: warning.isExercise,
      level: warning.draft.level,
      at,
      callees,
    }
  })
}

/** Whoever speaks for an office now, and the deputies who were told already. */
async function listCallees(
  app: App,
  tx: Tx,
  warning: WarningId,
  matter: MatterId,
): Promise<Callee[]> {
  const { excluded } = await getMatter(tx, matter)
  const told = (await listNotifications(tx, matter)).filter((one) => one.warning === warning)
  const callees: Callee[] = []
  for (const { id, post, acknowledgeBy, acknowledgedAt } of told) {
    const at = app.clock()
    const first = await recipientsOf(tx, [post], { at, step: 'first', excluded })
    const deputies = await recipientsOf(tx, [post], { at, step: 'deputy', excluded })
    const alreadyTold = await personsTold(tx, id)
    const code = await codeFor(app, id)
    for (const person of [...first, ...deputies.filter((one) => alreadyTold.has(one.person))]) {
      const { office, authority, name } = person
      const number = await numberOf(tx, person)
      callees.push({ office, authority, name, number, code, acknowledgeBy, acknowledgedAt })
    }
  }
  return callees
}

async function personsTold(tx: Tx, notification: NotificationId): Promise<ReadonlySet<string>> {
  const rows = await tx
    .selectFrom('delivery')
    .select('person')
    .where('notification', '=', notification)
    .execute()
  return new Set(rows.map(({ person }) => person))
}

/** The number kept for calls, else the one for short messages. */
async function numberOf(tx: Tx, { person }: Told): Promise<string | null> {
  const row = await tx
    .selectFrom('contact')
    .select('address')
    .where('person', '=', person)
    .where('channel', 'in', ['call-sheet', 'sms'])
    .orderBy('channel')
    .executeTakeFirst()
  return row?.address ?? null
}
