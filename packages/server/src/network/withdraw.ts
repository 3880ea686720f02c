import { type Actor, system } from '@tocsin/domain/actor.ts'
import type { Sha256 } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import {
  isWithdrawable,
  mayWithdraw,
  type ObjectId,
  type Tombstone,
  type WithdrawalForm,
  type WithdrawalId,
} from '@tocsin/domain/withdrawal.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { appendEntry } from '../docket/record.ts'
import { addTask, expectReceipts } from './erasures.ts'
import { eraseRows } from './holders.ts'
import { type Told, tellWithdrawal } from './tell-withdrawal.ts'
import { holdObject, putTombstone } from './tombstones.ts'
import { listVersions, type Version } from './versions.ts'

/**
 * Takes an object back, in all of its versions: erased here, and told to everybody who could ever read
 * it before anything else that waits to leave. Tombstone, erasure, records, audit and docket entry are
 * written in one transaction. Twice is once.
 */
export async function withdrawRecord(
  app: App,
  actor: Actor,
  { object, class: of, reason }: WithdrawalForm,
): Promise<WithdrawalId> {
  if (!isWithdrawable(object)) throw new Problem('withdrawal.not-withdrawable')
  return app.db.asOne(async (as) => {
    const versions = await as(system, async (tx) => {
      await holdObject(tx, object)
      return listVersions(tx, object)
    })
    const own = await as(actor, (tx) => ownVersions(tx, actor, object, versions))
    const before = await as(actor, (tx) => findWithdrawal(tx, object))
    if (before) return before
    const at = app.clock()
    const { organisation } = own[0]
    const tombstone: Tombstone = { organisation, object, class: of, withdrawnAt: at }
    const erased = await as(system, async (tx) => {
      await putTombstone(tx, tombstone)
      return eraseRows(tx, tombstone)
    })
    const id = newId<WithdrawalId>()
    const told = await as(actor, async (tx) => {
      const by = actor.kind === 'person' ? actor.person : null
      const row = { id, organisation, object_id: object, class: of, reason }
      await tx
        .insertInto('withdrawal')
        .values({ ...row, withdrawn_by: by, withdrawn_at: at })
        .execute()
      const said = await tellWithdrawal(app, tx, { id, tombstone, versions: own })
      await writeDown(app, tx, { actor, tombstone, said })
      return said
    })
    await as(system, async (tx) => {
      await expectReceipts(tx, { withdrawal: id, organisation, told, at })
      const task = { record: own[0].digest, reader: organisation, organisation, object }
      await addTask(tx, { ...task, erased, at })
    })
    return id
  })
}

type Versions = readonly [Version, ...Version[]]

/** What is not there for somebody, and what is another's, is not theirs to take back. */
async function ownVersions(
  tx: Tx,
  actor: Actor,
  object: ObjectId,
  versions: readonly Version[],
): Promise<Versions> {
  const [first, ...others] = versions.filter((version) => mayWithdraw(actor, version))
  if (first) return [first, ...others]
  const seen = await tx
    .selectFrom('shared_object')
    .select('organisation')
    .where('id', '=', object)
    .executeTakeFirst()
  if (!seen) throw new Problem('withdrawal.not-found')
  const isOwn = actor.kind === 'person' && seen.organisation === actor.organisation
  throw new Problem(isOwn ? 'permission.denied' : 'withdrawal.not-own')
}

async function findWithdrawal(tx: Tx, object: ObjectId): Promise<WithdrawalId | undefined> {
  const row = await tx
    .selectFrom('withdrawal')
    .select('id')
    .where('object_id', '=', object)
    .executeTakeFirst()
  return row?.id
}

type Deed = {
  readonly actor: Actor
  readonly tombstone: Tombstone
  readonly said: readonly Told[]
}

/** The audit log and the record of each matter say that it was done; why stays with the withdrawal. */
async function writeDown(app: App, tx: Tx, { actor, tombstone, said }: Deed): Promise<void> {
  const { organisation, object, class: of, withdrawnAt } = tombstone
  const records: Sha256[] = said.map(({ record }) => record)
  await recordAudit(tx, {
    at: withdrawnAt,
    actor,
    organisation,
    act: 'network.withdrew',
    subject: object,
    details: { class: of, records },
  })
  for (const { audience, record } of said) {
    const matter = await tx
      .selectFrom('matter')
      .select('id')
      .where('id', '=', audience as string as MatterId)
      .where('organisation', '=', organisation)
      .executeTakeFirst()
    if (!matter) continue
    const facts = { object, class: of, record }
    await appendEntry(app, tx, { matter: matter.id, kind: 'shared.withdrawn', actor, facts })
  }
}
