import { HeardFrom, tellAccount } from '@tocsin/api/network.ts'
import type { Output } from '@tocsin/api/route.ts'
import { system } from '@tocsin/domain/actor.ts'
import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import { productVersion } from '../version.ts'
import { callMember } from './members.ts'
import { listOwn } from './own-organisations.ts'

/*
 * Members' nodes tell each other when they last heard from whom, so that it is seen whether somebody
 * is silent to all or only to us. Nothing of what was exchanged is in it.
 */

type Account = Output<typeof tellAccount>

/** How often each member is asked, and how many at once. */
const EVERY_MS = 600_000
const AT_ONCE = 20
const WAIT_MS = 10_000
const MAX_BYTES = 64 * 1024

/** No finer than ten minutes: nobody learns when exactly others spoke to each other. */
const roughly = (at: Instant): Instant => {
  const ms = Date.parse(at)
  return new Date(ms - (ms % EVERY_MS)).toISOString() as Instant
}

/** Of the organisations named, those that this node trusts too, each with when it was last heard. */
export async function giveAccount(app: App, members: readonly OrganisationId[]): Promise<Account> {
  const rows = await app.db.as(system, (tx) =>
    tx
      .selectFrom('exchange_hour')
      .innerJoin('member', 'member.organisation', 'exchange_hour.member')
      .select(['member', sql<Instant>`max(last_at)`.as('at')])
      .where('state', '=', 'pinned')
      .where('member', '=', sql<OrganisationId>`any (${members}::uuid[])`)
      .groupBy('member')
      .execute(),
  )
  const heard = rows.map(({ member, at }) => ({ organisation: member, at: roughly(at) }))
  return { software: productVersion, heard }
}

/** Asks the members that are due; one that does not answer is asked again the next time. */
export async function askForAccounts(app: App): Promise<void> {
  const { due, own, pinned } = await app.db.as(system, async (tx) => {
    const now = app.clock()
    const pinned = await tx
      .selectFrom('member')
      .leftJoin('node_account', 'node_account.member', 'member.organisation')
      .select(['organisation', 'asked_at'])
      .where('state', '=', 'pinned')
      .orderBy('asked_at')
      .execute()
    const before = addMilliseconds(now, -EVERY_MS)
    const due = pinned
      .filter(({ asked_at: at }) => at === null || at <= before)
      .slice(0, AT_ONCE)
      .map(({ organisation }) => organisation)
    if (due.length > 0) {
      const asked = due.map((member) => ({ member, asked_at: now, told_at: null, software: null }))
      await tx
        .insertInto('node_account')
        .values(asked)
        .onConflict((conflict) => conflict.column('member').doUpdateSet({ asked_at: now }))
        .execute()
    }
    return { due, own: await listOwn(tx), pinned }
  })
  const members = [...own, ...pinned.map(({ organisation }) => organisation)]
  await Promise.all(
    due.map((to) =>
      askOne(app, { to, own, members: members.filter((one) => one !== to) }).catch(
        (error: unknown) => app.log.info({ error, member: to }, 'a member gave no account'),
      ),
    ),
  )
}

type Asked = {
  readonly to: OrganisationId
  readonly own: readonly OrganisationId[]
  readonly members: readonly OrganisationId[]
}

/** In the name of the first organisation of this node that the member knows. */
async function askOne(app: App, { to, own, members }: Asked): Promise<void> {
  const { method, path } = tellAccount
  const body = Buffer.from(JSON.stringify({ members }))
  const limits = { waitMs: WAIT_MS, maxBytes: MAX_BYTES }
  for (const from of own) {
    const answer = await callMember(app, { from, to, method, path, body, ...limits })
    if (answer.status !== 200) continue
    const said = tellAccount.response.parse(JSON.parse(answer.body.toString('utf8')))
    await keepAccount(app, to, said, members)
    return
  }
}

/** What it says of others than it was asked about, or of times to come, does not count. */
async function keepAccount(
  app: App,
  member: OrganisationId,
  { software, heard }: Account,
  members: readonly OrganisationId[],
): Promise<void> {
  const now = app.clock()
  const kept = heard.filter(({ organisation, at }) => members.includes(organisation) && at <= now)
  const said = { told_at: now, software, heard: JSON.stringify(HeardFrom.array().parse(kept)) }
  await app.db.as(system, (tx) =>
    tx.updateTable('node_account').set(said).where('member', '=', member).execute(),
  )
}
