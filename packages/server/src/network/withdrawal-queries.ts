import type { Input, Output } from '@tocsin/api/route.ts'
import type * as api from '@tocsin/api/withdrawal.ts'
import { type Actor, system } from '@tocsin/domain/actor.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { mayWithdraw, type ObjectId, readersEver } from '@tocsin/domain/withdrawal.ts'
import { digestOf, Signed } from '@tocsin/records/jws.ts'
import { ErasedList } from '@tocsin/records/stix/withdrawal.ts'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { listOrganisationNames } from '../people/queries.ts'
import { receiveRecord } from './receive.ts'
import { listVersions } from './versions.ts'

/** What the actor's organisation took back, newest first, with each reader's answer. */
export async function listWithdrawals(
  app: App,
  actor: Actor,
  { limit, offset }: Input<typeof api.listWithdrawals>['query'],
): Promise<Output<typeof api.listWithdrawals>> {
  const { rows, erasures, total } = await app.db.as(actor, async (tx) => {
    const page = await tx
      .selectFrom('withdrawal')
      .leftJoin('person', 'person.id', 'withdrawal.withdrawn_by')
      .selectAll('withdrawal')
      .select('person.name as by')
      .orderBy('withdrawn_at', 'desc')
      .orderBy('withdrawal.id', 'desc')
      .limit(limit)
      .offset(offset)
      .execute()
    return {
      rows: page,
      erasures: await listErasures(
        tx,
        page.map(({ id }) => id),
      ),
      ...(await tx
        .selectFrom('withdrawal')
        .select((eb) => eb.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow()),
    }
  })
  const names = await namesOf(
    app,
    erasures.map(({ reader }) => reader),
  )
  return {
    total,
    withdrawals: rows.map(({ id, object_id, class: of, reason, by, withdrawn_at }) => ({
      ...{ id, object: object_id, class: of, reason, by, withdrawnAt: withdrawn_at },
      readers: erasures
        .filter(({ withdrawal }) => withdrawal === id)
        .map(({ reader, asked, erased, receipted_at }) => ({
          organisation: reader,
          name: names.get(reader) ?? '',
          asked,
          receiptedAt: receipted_at,
          erased: ErasedList.parse(erased ?? []),
        }))
        .sort((one, other) => one.name.localeCompare(other.name)),
    })),
  }
}

const listErasures = async (tx: Tx, ids: readonly string[]) =>
  ids.length === 0
    ? []
    : tx
        .selectFrom('erasure')
        .select(['withdrawal', 'reader', 'asked', 'erased', 'receipted_at'])
        .where('withdrawal', 'in', ids as never)
        .execute()

/** Whoever shares with others knows their names: they stand in the audience that was chosen. */
const namesOf = (app: App, ids: readonly OrganisationId[]) =>
  app.db.as(system, (tx) => listOrganisationNames(tx, ids))

/** Who would have to erase something: everybody elsewhere who could ever read it. */
export async function whoMustErase(app: App, actor: Actor, object: ObjectId) {
  const versions = await app.db.as(system, (tx) => listVersions(tx, object))
  const own = versions.filter((version) => mayWithdraw(actor, version))
  const [first] = own
  if (!first) throw new Problem('withdrawal.not-found')
  const ever = readersEver(own).filter((who) => who !== first.organisation)
  const names = await namesOf(app, ever)
  const readers = ever.map((organisation) => ({
    organisation,
    name: names.get(organisation) ?? '',
  }))
  return { readers: readers.sort((one, other) => one.name.localeCompare(other.name)) }
}

const PAGE = 200

/** Withdrawals that came here since then and that the node which asks may have. */
export async function listWithdrawn(
  app: App,
  actor: Actor,
  { since, after = '0'.repeat(64) }: { since: string; after?: string | undefined },
): Promise<Output<typeof api.listWithdrawn>> {
  const rows = await app.db.as(actor, (tx) =>
    tx
      .selectFrom('network_record')
      .select(['digest', 'statement', 'kept_at'])
      .where('object_type', '=', 'withdrawal')
      .where('statement', 'is not', null)
      .where(sql<boolean>`(kept_at, digest) > (${since}::timestamptz, ${after})`)
      .orderBy('kept_at')
      .orderBy('digest')
      .limit(PAGE)
      .execute(),
  )
  const last = rows.length === PAGE ? rows.at(-1) : undefined
  return {
    records: rows.map(({ statement }) => Signed.parse(statement)),
    next: last ? { since: last.kept_at, after: last.digest } : null,
  }
}

/** Takes a withdrawal that is told once more, and gives the receipts of this node's readers. */
export async function hearWithdrawal(app: App, from: OrganisationId, record: Signed) {
  await receiveRecord(app, record, from)
  const digest = digestOf(record)
  const rows = await app.db.as(system, (tx) =>
    tx
      .selectFrom('erasure_task')
      .innerJoin('network_record as receipt', 'receipt.digest', 'erasure_task.receipt')
      .innerJoin('network_record as said', (join) =>
        join
          .onRef('said.audience_id', '=', 'receipt.audience_id')
          .onRef('said.organisation', '=', 'receipt.organisation'),
      )
      .select(['said.statement', 'said.seq', 'said.audience_id'])
      .where('erasure_task.record', '=', digest)
      .where('erasure_task.organisation', '=', from)
      .where((eb) =>
        eb.or([
          eb('said.object_type', '=', 'audience'),
          eb('said.digest', '=', eb.ref('receipt.digest')),
        ]),
      )
      .orderBy('said.audience_id')
      .orderBy('said.seq')
      .execute(),
  )
  // Its audience first: a receipt in one that is not known is not heard.
  return { receipts: rows.map(({ statement }) => Signed.parse(statement)) }
}
