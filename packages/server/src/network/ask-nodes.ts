import { listWithdrawn, tellWithdrawal } from '@tocsin/api/withdrawal.ts'
import { system } from '@tocsin/domain/actor.ts'
import type { Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { nextAsk } from '@tocsin/domain/withdrawal.ts'
import { readHeader, type Signed } from '@tocsin/records/jws.ts'
import { RecordHeader, readRecord } from '@tocsin/records/record.ts'
import { WithdrawalObject } from '@tocsin/records/stix/withdrawal.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { endWhenAnswered } from './caught-up.ts'
import { eraseRows } from './holders.ts'
import { callMember, memberKeys } from './members.ts'
import { receiveRecord } from './receive.ts'
import { listOwnOrganisations } from './restored.ts'
import { takeBackFrom } from './take-back.ts'
import { putTombstone } from './tombstones.ts'

const AT_ONCE = 20
const WAIT_MS = 10_000

/** Asks every reader that owes a receipt once more, later each time, until it has answered. */
export async function askForReceipts(app: App): Promise<void> {
  const now = app.clock()
  const due = await app.db.as(system, (tx) => takeDue(tx, now))
  await Promise.all(due.map((one) => trying(app, () => askForReceipt(app, one))))
}

type Due = {
  readonly organisation: OrganisationId
  readonly reader: OrganisationId
  readonly record: Sha256
  readonly asked: number
}

/** Counted before it is asked: what does not answer is not asked at once again. */
async function takeDue(tx: Tx, now: Instant): Promise<readonly Due[]> {
  const due = await tx
    .selectFrom('erasure')
    .select(['withdrawal', 'organisation', 'reader', 'record', 'asked'])
    .where('receipted_at', 'is', null)
    .where('next_ask_at', '<=', now)
    .orderBy('next_ask_at')
    .limit(AT_ONCE)
    .forUpdate()
    .skipLocked()
    .execute()
  for (const { withdrawal, reader, asked } of due) {
    await tx
      .updateTable('erasure')
      .set({ asked: asked + 1, next_ask_at: nextAsk(now, asked + 1) })
      .where('withdrawal', '=', withdrawal)
      .where('reader', '=', reader)
      .execute()
  }
  return due
}

async function askForReceipt(app: App, { organisation: from, reader: to, record }: Due) {
  const { statement } = await app.db.as(system, (tx) =>
    tx
      .selectFrom('network_record')
      .select('statement')
      .where('digest', '=', record)
      .executeTakeFirstOrThrow(),
  )
  const body = Buffer.from(JSON.stringify(statement))
  const { method, path } = tellWithdrawal
  const answer = await callMember(app, { from, to, method, path, body, waitMs: WAIT_MS })
  if (answer.status !== 200) return
  const { receipts } = tellWithdrawal.response.parse(JSON.parse(answer.body.toString('utf8')))
  for (const receipt of receipts) await receiveRecord(app, receipt, to)
}

/**
 * After a restore: asks each member what was taken back since the backup and what this node's own
 * organisations had said, and lets what it shared be read again once it has answered; what is this node's
 * own, once all have.
 */
export async function learnWithdrawals(app: App): Promise<void> {
  const now = app.clock()
  const { own, due } = await app.db.as(system, async (tx) => ({
    own: await listOwnOrganisations(tx),
    due: await tx
      .selectFrom('awaited_answer')
      .selectAll()
      .where('next_ask_at', '<=', now)
      .orderBy('next_ask_at')
      .execute(),
  }))
  const members = due.filter(({ organisation }) => !own.includes(organisation))
  await Promise.all(
    members.map(({ organisation: to, since, asked }) =>
      trying(app, async () => {
        await app.db.as(system, (tx) =>
          tx
            .updateTable('awaited_answer')
            .set({ asked: asked + 1, next_ask_at: nextAsk(now, asked) })
            .where('organisation', '=', to)
            .execute(),
        )
        const answers = await Promise.all(
          own.map(async (from) => {
            const isKnown = await learnFrom(app, { from, to, since })
            if (isKnown) await takeBackFrom(app, { from, to, since, own })
            return isKnown
          }),
        )
        // Not every organisation of this node is known to every member.
        if (!answers.includes(true)) throw new Problem('member.bad-answer', { status: '401' })
        await app.db.as(system, (tx) =>
          tx.deleteFrom('awaited_answer').where('organisation', '=', to).execute(),
        )
      }),
    ),
  )
  await endWhenAnswered(app)
}

type Asked = {
  readonly from: OrganisationId
  readonly to: OrganisationId
  readonly since: Instant
}

/** False where the member does not know who asks. */
async function learnFrom(app: App, { from, to, since }: Asked): Promise<boolean> {
  const { method, path } = listWithdrawn
  let at: { since: Instant; after?: Sha256 | undefined } | null = { since }
  while (at) {
    const query = { since: at.since, ...(at.after && { after: at.after }) }
    const call = { from, to, method, path, query, waitMs: WAIT_MS }
    const answer = await callMember(app, call).catch((error: unknown) => {
      if (error instanceof Problem && error.details['status'] === '401') return undefined
      throw error
    })
    if (answer?.status !== 200) return false
    const { records, next } = listWithdrawn.response.parse(JSON.parse(answer.body.toString('utf8')))
    for (const record of records) await learn(app, record, { from, to })
    at = next
  }
  return true
}

/** What this node's own organisation took back is no record of another: only its effect is taken. */
async function learn(app: App, record: Signed, { from, to }: Omit<Asked, 'since'>): Promise<void> {
  if (readHeader(RecordHeader, record)?.org !== from) {
    await receiveRecord(app, record, to)
    return
  }
  await app.db.as(system, async (tx) => {
    const read = readRecord(record, await memberKeys(tx))
    if ('fault' in read) return
    const { target_ref, class: of, created } = WithdrawalObject.parse(read.object)
    const withdrawnAt = created as Instant
    const tombstone = { organisation: from, object: target_ref, class: of, withdrawnAt }
    await putTombstone(tx, tombstone)
    await eraseRows(tx, tombstone)
  })
}

/** A member that is not there today is asked again; everything else is a fault of this node. */
async function trying(app: App, work: () => Promise<void>): Promise<void> {
  await work().catch((error: unknown) => {
    if (!(error instanceof Problem)) throw error
    app.log.info({ code: error.code }, 'a member did not answer about a withdrawal')
  })
}
