import type { takeMailReport as route } from '@tocsin/api/notices.ts'
import type { Output } from '@tocsin/api/route.ts'
import { system } from '@tocsin/domain/actor.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import type { Claimed } from './claims.ts'
import { failDelivery, noteArrival } from './deliveries.ts'
import { type MailReport, readMailReport } from './mail-report.ts'

const LIMIT_BYTES = 1_048_576
/** Notices that may be reported as failed within a minute: whoever forges reports gets no further. */
const LIMIT_PER_MINUTE = 60

/**
 * Takes a mail that came back to the sender of notices. The worst that a forged one can do is to have
 * a notice count as failed, once; what was opened or acknowledged stays so.
 */
export async function takeMailReport(
  app: App,
  stream: AsyncIterable<Uint8Array> | Blob,
): Promise<Output<typeof route>> {
  const report = await readMailReport(await readWhole(stream))
  if (!report) return { outcome: 'unknown', reason: null }
  return app.db.as(system, async (tx) => {
    const rows = await tx
      .selectFrom('delivery')
      .selectAll()
      .where('reference', '=', report.messageId)
      .where('channel', '=', 'e-mail')
      .orderBy('id')
      .forUpdate()
      .execute()
    if (rows.length === 0) return { outcome: 'unknown' as const, reason: null }
    const { action, reason } = report
    if (action === 'delivered') await writeArrival(app, tx, rows)
    if (action === 'failed') await writeBounce(app, tx, rows, reason)
    return { outcome: action, reason: action === 'delivered' ? null : reason }
  })
}

async function readWhole(stream: AsyncIterable<Uint8Array> | Blob): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of stream instanceof Blob ? stream.stream() : stream) {
    bytes += part.length
    if (bytes > LIMIT_BYTES) throw new Problem('request.too-large')
    parts.push(part)
  }
  return Buffer.concat(parts)
}

async function writeArrival(app: App, tx: Tx, rows: readonly Claimed[]): Promise<void> {
  const now = app.clock()
  for (const row of rows.filter(({ state }) => state === 'sent')) {
    await tx
      .updateTable('delivery')
      .set({ state: 'delivered', delivered_at: now })
      .where('id', '=', row.id)
      .execute()
    await noteArrival(tx, row, 'delivered', now)
  }
}

async function writeBounce(
  app: App,
  tx: Tx,
  rows: readonly Claimed[],
  reason: MailReport['reason'],
): Promise<void> {
  const { lately } = await tx
    .selectFrom('delivery')
    .select((of) => of.fn.countAll<number>().as('lately'))
    .where('channel', '=', 'e-mail')
    .where('state', '=', 'failed')
    .where('sent_at', 'is not', null)
    .where('failed_at', '>', addMilliseconds(app.clock(), -60_000))
    .executeTakeFirstOrThrow()
  if (lately >= LIMIT_PER_MINUTE) throw new Problem('request.too-many', { minutes: 1 })
  for (const row of rows) await failDelivery(app, tx, row, { from: 'sent', reason })
}
