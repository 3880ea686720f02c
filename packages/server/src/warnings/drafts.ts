import { createHash } from 'node:crypto'
import type { Actor } from '@tocsin/domain/actor.ts'
import type { Instant, PersonId, Sha256 } from '@tocsin/domain/brand.ts'
import { mayWorkOnMatter } from '@tocsin/domain/docket-access.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { WarningDraft, WarningId } from '@tocsin/domain/warning.ts'
import { canonicalJson, type Json } from '@tocsin/records/canonical.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { takeNumber } from '../docket/numbering.ts'
import { getMatter } from '../docket/queries.ts'
import { requirePerson } from '../identity/step-up.ts'

/** SHA-256 of the draft's canonical text: what was read is what is signed. */
export function hashDraft(draft: WarningDraft): Sha256 {
  return createHash('sha256')
    .update(canonicalJson(draft as Json))
    .digest('hex') as Sha256
}

type Saved = {
  readonly matter: MatterId
  readonly draft: WarningDraft
  readonly replaces: WarningId | null
  readonly read: Sha256 | null
}

/** Saves a draft as it is being written; whoever had signed it has not signed this. */
export async function saveWarning(
  app: App,
  actor: Actor,
  id: WarningId,
  { matter: matterId, draft, replaces, read }: Saved,
): Promise<{ readonly sha256: Sha256; readonly savedAt: Instant }> {
  const { person } = requirePerson(actor)
  return app.db.as(actor, async (tx) => {
    const savedAt = app.clock()
    const sha256 = hashDraft(draft)
    const known = await findDraft(tx, actor, id)
    // Discarded meanwhile: what somebody still has on their page does not bring it back unseen.
    if (!known && read !== null) throw new Problem('warning.not-found')
    if (!known) {
      await insertDraft(tx, actor, { id, matterId, draft, sha256, replaces, person, savedAt })
      const deed = { at: savedAt, actor, act: 'warnings.drafted', subject: id }
      await recordAudit(tx, { ...deed, details: { matter: matterId } })
      return { sha256, savedAt }
    }
    if (known.sha256 === sha256) return { sha256, savedAt: known.saved_at }
    if (read !== known.sha256) throw new Problem('warning.changed')
    const value = JSON.stringify(draft)
    await tx
      .updateTable('warning')
      .set({
        draft: value,
        sha256,
        saved_at: savedAt,
        saved_by: person,
        expires_at: draft.expiresAt,
        returned: null,
      })
      .where('id', '=', id)
      .execute()
    await tx.deleteFrom('warning_signature').where('warning', '=', id).execute()
    return { sha256, savedAt }
  })
}

/** The draft, held until the transaction ends; undefined when there is none yet. */
export async function findDraft(tx: Tx, actor: Actor, id: WarningId) {
  const row = await tx
    .selectFrom('warning')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return undefined
  if (!mayWorkOnMatter(actor, row)) throw new Problem('permission.denied')
  if (row.state !== 'draft') throw new Problem('warning.not-draft')
  return row
}

type NewDraft = Pick<Saved, 'draft' | 'replaces'> & {
  readonly id: WarningId
  readonly matterId: MatterId
  readonly sha256: Sha256
  readonly person: PersonId
  readonly savedAt: Instant
}

async function insertDraft(tx: Tx, actor: Actor, given: NewDraft): Promise<void> {
  const { id, matterId, draft, sha256, replaces, person, savedAt } = given
  const matter = await getMatter(tx, matterId)
  if (!mayWorkOnMatter(actor, matter)) throw new Problem('permission.denied')
  if (matter.closedAt !== null) throw new Problem('matter.closed')
  if (replaces) await requireReplaceable(tx, matterId, replaces)
  const { organisation } = matter
  const what = matter.isExercise ? 'drill-warning' : 'warning'
  await tx
    .insertInto('warning')
    .values({
      id,
      matter: matterId,
      organisation,
      ...(await takeNumber(tx, { organisation, at: savedAt, what })),
      state: 'draft',
      draft: JSON.stringify(draft),
      sha256,
      replaces,
      written_by: person,
      saved_by: person,
      returned: null,
      saved_at: savedAt,
      sent_at: null,
      expires_at: draft.expiresAt,
    })
    .execute()
}

async function requireReplaceable(tx: Tx, matter: MatterId, replaced: WarningId): Promise<void> {
  const row = await tx
    .selectFrom('warning')
    .select('state')
    .where('id', '=', replaced)
    .where('matter', '=', matter)
    .executeTakeFirst()
  if (!row) throw new Problem('warning.not-found')
  if (row.state !== 'sent' && row.state !== 'expired') throw new Problem('warning.not-sent')
}

export async function returnWarning(
  app: App,
  actor: Actor,
  id: WarningId,
  { reasons }: { readonly reasons: string },
): Promise<void> {
  await app.db.as(actor, async (tx) => {
    if (!(await findDraft(tx, actor, id))) throw new Problem('warning.not-found')
    const { person } = requirePerson(actor)
    const at = app.clock()
    const { name: by } = await tx
      .selectFrom('person')
      .select('name')
      .where('id', '=', person)
      .executeTakeFirstOrThrow()
    const returned = JSON.stringify({ by, at, reasons })
    await tx.updateTable('warning').set({ returned }).where('id', '=', id).execute()
    await tx.deleteFrom('warning_signature').where('warning', '=', id).execute()
    await recordAudit(tx, { at, actor, act: 'warnings.returned', subject: id })
  })
}

/** Removes a draft exactly as it was read: the log keeps its number and hash, and nothing it said. */
export async function discardWarning(
  app: App,
  actor: Actor,
  id: WarningId,
  { sha256 }: { readonly sha256: Sha256 },
): Promise<void> {
  await app.db.as(actor, async (tx) => {
    const draft = await findDraft(tx, actor, id)
    if (!draft) throw new Problem('warning.not-found')
    if (draft.sha256 !== sha256) throw new Problem('warning.changed')
    await tx.deleteFrom('warning_signature').where('warning', '=', id).execute()
    await tx.deleteFrom('warning').where('id', '=', id).execute()
    const { matter, year, number } = draft
    const deed = { at: app.clock(), actor, act: 'warnings.discarded', subject: id }
    await recordAudit(tx, { ...deed, details: { matter, year, number, sha256 } })
  })
}
