import { isIP } from 'node:net'
import { system } from '@tocsin/domain/actor.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { rootFingerprint } from '@tocsin/records/trust/tuf.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import { hostOf } from '../channels/addresses.ts'
import type { Tx } from '../database/database.ts'
import { followLog } from './log-follow.ts'
import { keepLook } from './onboarding.ts'
import { type Fetched, fetchDirectory } from './peer-directory.ts'
import { directoryOf, keepFiles, readRepository } from './repository.ts'
import { isNodeAddress } from './requests.ts'
import { believeKeys } from './trust.ts'

/** Sooner than the next ordinary look, so that a member that was away is known again soon. */
const RETRY_MS = 600_000

/** Looks at the directory of one pinned member that is due. */
export async function followMembers(app: App): Promise<void> {
  const at = app.clock()
  const due = await app.db.as(system, async (tx) => {
    const row = await tx
      .selectFrom('member_directory')
      .innerJoin('member', 'member.organisation', 'member_directory.organisation')
      .select(['member.organisation', 'address'])
      .where('state', '=', 'pinned')
      .where('next_at', '<=', at)
      .orderBy('next_at')
      .limit(1)
      .forUpdate('member_directory')
      .skipLocked()
      .executeTakeFirst()
    if (!row) return undefined
    // Whoever looks dies or not: it is this process's to look at until then.
    await setNextLook(tx, row.organisation, addMilliseconds(at, RETRY_MS))
    return { ...row, known: await readRepository(tx, row.organisation) }
  })
  if (!due) return
  const { organisation, address, known } = due
  try {
    const fetched = await fetchDirectory(`${address}/tuf/${organisation}`, known, at)
    await app.db.as(system, (tx) => keepFetched(app, tx, organisation, fetched))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const fault = String(error.details['fault'] ?? error.code)
    await app.db.as(system, (tx) =>
      tx
        .updateTable('member_directory')
        .set({ checked_at: at, fault })
        .where('organisation', '=', organisation)
        .execute(),
    )
  }
}

const setNextLook = (tx: Tx, organisation: OrganisationId, next_at: ReturnType<App['clock']>) =>
  tx
    .updateTable('member_directory')
    .set({ next_at })
    .where('organisation', '=', organisation)
    .execute()

async function keepFetched(
  app: App,
  tx: Tx,
  organisation: OrganisationId,
  fetched: Fetched,
): Promise<void> {
  const member = await tx
    .selectFrom('member')
    .select(['state', 'root', 'address'])
    .where('organisation', '=', organisation)
    .forUpdate()
    .executeTakeFirstOrThrow()
  // It was put out of trust while its node was asked.
  if (member.state !== 'pinned') return
  const before = await readRepository(tx, organisation)
  const at = app.clock()
  await keepFiles(tx, organisation, fetched.files, at)
  await keepLook(tx, organisation, fetched, at)
  const said = before && directoryOf(before)
  const isNew = fetched.files.some(({ role }) => role === 'directory')
  if (!isNew && fetched.files.every(({ role }) => role !== 'root')) return
  const root = rootFingerprint(fetched.root)
  const moved = said?.address !== fetched.directory.address && mayMoveTo(fetched.directory.address)
  const address = moved ? fetched.directory.address : member.address
  await tx
    .updateTable('member')
    .set({ root, address })
    .where('organisation', '=', organisation)
    .execute()
  await believeKeys(app, tx, organisation)
  await followLog(app, tx, organisation, { ...fetched.directory, address })
  const deed = { at, actor: system, organisation: null, act: 'network.directory-changed' }
  await recordAudit(tx, { ...deed, subject: organisation, details: { root, address } })
}

/** A member moves by its own word to a name under TLS; into a network of one's own only officers lead. */
const mayMoveTo = (address: string): boolean =>
  isNodeAddress(`${address}/`) && isIP(hostOf(new URL(address))) === 0
