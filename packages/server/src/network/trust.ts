import { type Actor, system } from '@tocsin/domain/actor.ts'
import { type Act, type ApprovalId, mayApprove } from '@tocsin/domain/approval.ts'
import { OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import type { MemberState } from '@tocsin/domain/network.ts'
import { mayManageMembers } from '@tocsin/domain/network-access.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { areWordsOf } from '@tocsin/records/trust/fingerprint-words.ts'
import { z } from 'zod'
import type { App } from '../app.ts'
import {
  approveAct,
  type Execute,
  type Executors,
  hashAct,
  proposeAct,
} from '../approvals/four-eyes.ts'
import { approvalOf } from '../approvals/queries.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { requirePerson, requireStepUp } from '../identity/step-up.ts'
import { directoryOf, readRepository } from './repository.ts'

/**
 * Takes the words that an officer heard from the organisation itself. The first officer proposes by
 * typing them, the second pins by typing them too: neither copies them from the other's screen.
 */
export async function typeWords(
  app: App,
  actor: Actor,
  { organisation, words }: { readonly organisation: OrganisationId; readonly words: string },
  executors: Executors,
): Promise<{ readonly state: MemberState }> {
  if (!mayManageMembers(actor)) throw new Problem('permission.denied')
  const { person } = requirePerson(actor)
  requireStepUp(app, actor)
  const act = await app.db.as(system, (tx) => proposedAct(tx, organisation))
  if (!areWordsOf(words, act.details.root)) {
    await app.db.as(system, (tx) => recordMistyped(app, tx, actor, organisation))
    throw new Problem('member.wrong-words')
  }
  const waiting = await app.db.as(actor, async (tx) => {
    await tx
      .insertInto('fingerprint_typing')
      .values({
        id: `${organisation}/${person}/${act.details.root}`,
        organisation,
        person,
        root: act.details.root,
        typed_at: app.clock(),
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute()
    const found = await findWaiting(app, tx, actor, act)
    if (found === undefined) await proposeAct(app, tx, actor, act, pinMember)
    return found
  })
  if (waiting === undefined) return { state: 'proposed' }
  const sha256 = hashAct(act)
  await approveAct(app, actor, { approval: waiting, sha256 }, executors)
  return { state: 'pinned' }
}

const PinDetails = z.object({ root: Sha256, name: z.string(), address: z.string() })

async function proposedAct(tx: Tx, organisation: OrganisationId) {
  const row = await tx
    .selectFrom('member')
    .innerJoin('organisation', 'organisation.id', 'member.organisation')
    .select(['name', 'address', 'root', 'state'])
    .where('member.organisation', '=', organisation)
    .executeTakeFirst()
  if (!row) throw new Problem('member.not-found')
  const { state, ...details } = row
  if (state !== 'proposed') throw new Problem('member.not-proposed')
  return { kind: 'network.pin-member', subject: organisation, details } as const
}

const recordMistyped = (app: App, tx: Tx, actor: Actor, organisation: OrganisationId) =>
  recordAudit(tx, {
    at: app.clock(),
    actor,
    act: 'network.words-mistyped',
    subject: organisation,
  })

/** The same act, proposed by somebody else, that this person may decide on. */
async function findWaiting(
  app: App,
  tx: Tx,
  actor: Actor,
  act: Act,
): Promise<ApprovalId | undefined> {
  const rows = await tx
    .selectFrom('approval')
    .selectAll()
    .where('sha256', '=', hashAct(act))
    .where('state', '=', 'waiting')
    .where('expires_at', '>', app.clock())
    .execute()
  return rows.find((row) => mayApprove(actor, approvalOf(row)))?.id
}

/** Pins what two officers each have typed: as the second of them, in their transaction. */
export const pinMember: Execute = async (app, tx, actor, { subject, details, proposer }) => {
  const organisation = OrganisationId.parse(subject)
  const { root } = PinDetails.parse(details)
  if (proposer === actor.person) throw new Problem('member.needs-second')
  const typed = await tx
    .selectFrom('fingerprint_typing')
    .select('person')
    .where('organisation', '=', organisation)
    .where('root', '=', root)
    .where('person', 'in', [actor.person, proposer])
    .execute()
  if (typed.length !== 2) throw new Problem('member.words-not-typed')
  const { numUpdatedRows } = await tx
    .updateTable('member')
    .set({ state: 'pinned' })
    .where('organisation', '=', organisation)
    .where('root', '=', root)
    .where('state', '=', 'proposed')
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) throw new Problem('member.not-proposed')
  const at = app.clock()
  await believeKeys(app, tx, organisation)
  const deed = { at, actor, act: 'network.member-pinned' }
  await recordAudit(tx, { ...deed, subject: organisation, details: { root, proposer } })
  return { link: null }
}

/** The keys of the newest directory that was believed, and no other, verify what comes from now on. */
export async function believeKeys(app: App, tx: Tx, organisation: OrganisationId): Promise<void> {
  const repository = await readRepository(tx, organisation)
  const directory = repository && directoryOf(repository)
  if (!directory) throw new Problem('root.none')
  await tx.deleteFrom('member_key').where('organisation', '=', organisation).execute()
  const at = app.clock()
  const keys = directory.keys.map(({ id, publicKey }) => ({ id, public_key: publicKey }))
  await tx
    .insertInto('member_key')
    .values(keys.map((key) => ({ ...key, organisation, made_at: at })))
    .execute()
}

/**
 * Ends trust at once: what the member signs from now on, and has not delivered yet, is not taken. Its keys
 * stay known as those of a member that is out, so that what it said before can still be checked.
 */
export async function expelMember(
  app: App,
  actor: Actor,
  { organisation, reasons }: { readonly organisation: OrganisationId; readonly reasons: string },
): Promise<void> {
  if (!mayManageMembers(actor)) throw new Problem('permission.denied')
  await app.db.as(actor, async (tx) => {
    const member = await tx
      .selectFrom('member')
      .select('state')
      .where('organisation', '=', organisation)
      .forUpdate()
      .executeTakeFirst()
    if (!member) throw new Problem('member.not-found')
    if (member.state === 'expelled') return
    await tx
      .updateTable('member')
      .set({ state: 'expelled', expelled_at: app.clock() })
      .where('organisation', '=', organisation)
      .execute()
    const deed = { at: app.clock(), actor, act: 'network.member-expelled' }
    await recordAudit(tx, { ...deed, subject: organisation, details: { reasons } })
  })
}
