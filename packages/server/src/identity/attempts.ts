import type { Actor } from '@tocsin/domain/actor.ts'
import { visitor } from '@tocsin/domain/actor.ts'
import type { PersonId, Sha256 } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { newId } from '@tocsin/domain/id.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'

const MINUTES = 15
const KEPT_MS = 24 * 60 * 60 * 1000
const LIMIT_PER_ACCOUNT = 10
/** Offices share an address, so it may fail more often than one account. */
const LIMIT_PER_ADDRESS = 100

export type Attempt = {
  /** Keyed hash of the name that was typed; null when none was. */
  readonly account: Sha256 | null
  readonly address: Sha256
  /** Whose account it is, if anybody's: only for the audit log. */
  readonly person: PersonId | undefined
}

/**
 * Counts an attempt to sign in before it is judged, so that many at once count as many. Throws
 * `request.too-many` when the account or the address has failed too often lately, whether or not
 * the account exists.
 */
export async function countAttempt(app: App, tx: Tx, attempt: Attempt): Promise<string> {
  const now = app.clock()
  const since = addMilliseconds(now, -MINUTES * 60_000)
  const { account, address } = attempt
  // Attempts on one account or from one address wait for each other: no race past the limit.
  for (const key of [account, address].filter((key) => key !== null).sort()) {
    await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 4850))`.execute(tx)
  }
  await tx.deleteFrom('sign_in_attempt').where('at', '<', addMilliseconds(now, -KEPT_MS)).execute()
  const failed = async (column: 'account' | 'address', value: Sha256) => {
    const { count } = await tx
      .selectFrom('sign_in_attempt')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where(column, '=', value)
      .where('at', '>', since)
      .where('succeeded', '=', false)
      .executeTakeFirstOrThrow()
    return count
  }
  const onAccount = account === null ? 0 : await failed('account', account)
  const tooMany = onAccount >= LIMIT_PER_ACCOUNT
  if (tooMany || (await failed('address', address)) >= LIMIT_PER_ADDRESS) {
    throw new Problem('request.too-many', { minutes: MINUTES })
  }
  const id = newId<string>()
  await tx.insertInto('sign_in_attempt').values({ id, account, address, at: now }).execute()
  if (onAccount === LIMIT_PER_ACCOUNT - 1) await recordLastAttempt(app, tx, attempt.person)
  return id
}

async function recordLastAttempt(app: App, tx: Tx, person: PersonId | undefined): Promise<void> {
  const actor: Actor = visitor
  const subject = person ?? 'nobody'
  await recordAudit(tx, { at: app.clock(), actor, act: 'session.attempts-used-up', subject })
}

/** An attempt that succeeded no longer counts against the account or the address. */
export async function clearAttempt(tx: Tx, id: string): Promise<void> {
  await tx.updateTable('sign_in_attempt').set({ succeeded: true }).where('id', '=', id).execute()
}
