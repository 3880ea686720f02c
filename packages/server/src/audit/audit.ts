import type { Actor } from '@tocsin/domain/actor.ts'
import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import type { ProblemDetails } from '@tocsin/domain/problem.ts'
import { type AuditEntry, hashEntry } from '@tocsin/records/chain.ts'
import type { Tx } from '../database/database.ts'

type Deed = {
  readonly at: Instant
  readonly actor: Actor
  /** Area and verb, such as `people.invited`. */
  readonly act: string
  /** What was acted on: an id or a name, never a secret. */
  readonly subject: string
  readonly details?: ProblemDetails
  /**
   * Whose matter it is: this organisation's auditors read the entry. The actor's own unless said;
   * null for matters of the node, which administrators read.
   */
  readonly organisation?: OrganisationId | null
}

/**
 * Appends to the audit log in the caller's transaction, so that the deed and its entry stand or
 * fall together. Appending waits for any other transaction that has appended and not ended yet.
 */
export async function recordAudit(tx: Tx, deed: Deed): Promise<AuditEntry> {
  const head = await tx
    .selectFrom('audit_head')
    .select(['seq', 'hash'])
    .forUpdate()
    .executeTakeFirstOrThrow()
  const { at, act, subject } = deed
  const actor = nameOf(deed.actor)
  const details = deed.details ?? {}
  const statement = { seq: head.seq + 1, at, actor, act, subject, details, previous: head.hash }
  const entry: AuditEntry = { ...statement, hash: hashEntry(statement) }
  await tx
    .insertInto('audit_entry')
    .values({
      ...entry,
      organisation: deed.organisation === undefined ? ownOf(deed.actor) : deed.organisation,
      actor: JSON.stringify(actor),
      details: JSON.stringify(details),
    })
    .execute()
  await tx.updateTable('audit_head').set({ seq: entry.seq, hash: entry.hash }).execute()
  return entry
}

const ownOf = (actor: Actor): OrganisationId | null =>
  actor.kind === 'person' ? actor.organisation : null

function nameOf(actor: Actor): AuditEntry['actor'] {
  if (actor.kind !== 'person') return { kind: actor.kind }
  return { kind: 'person', person: actor.person, organisation: actor.organisation }
}
