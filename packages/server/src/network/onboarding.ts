import { randomUUID } from 'node:crypto'
import { type Actor, system } from '@tocsin/domain/actor.ts'
import { OrganisationId } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { mayManageMembers } from '@tocsin/domain/network-access.ts'
import type { Organisation } from '@tocsin/domain/people.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { Signed } from '@tocsin/records/jws.ts'
import type { Directory } from '@tocsin/records/trust/directory.ts'
import { provesPossession } from '@tocsin/records/trust/possession.ts'
import { rootFingerprint } from '@tocsin/records/trust/tuf.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { type Fetched, fetchDirectory } from './peer-directory.ts'
import { forgetRepository, keepFiles } from './repository.ts'
import { fetchFile, isNodeAddress } from './requests.ts'

type Proposal = Pick<Organisation, 'name' | 'kind' | 'country'> & { readonly address: string }

/** How often a member's directory is looked at. */
const LOOK_EVERY_MS = 3_600_000

/**
 * Proposes a member: fetches its directory and has it prove that it holds its key. Nothing it says is
 * believed before two officers have typed its fingerprint.
 */
export async function proposeMember(
  app: App,
  actor: Actor,
  { address, ...named }: Proposal,
): Promise<{ readonly organisation: OrganisationId }> {
  if (!mayManageMembers(actor)) throw new Problem('permission.denied')
  const { origin, organisation, base } = introductionOf(address)
  await app.db.as(system, (tx) => requireProposable(tx, organisation))
  const fetched = await fetchDirectory(base, undefined, app.clock())
  if (fetched.root.organisation !== organisation) {
    throw new Problem('directory.refused', { fault: 'other-organisation' })
  }
  await requirePossession(base, fetched.directory)
  await app.db.as(system, async (tx) => {
    await requireProposable(tx, organisation)
    const at = app.clock()
    await keepProposal(tx, { organisation, address: origin, ...named, fetched, at })
    const root = rootFingerprint(fetched.root)
    const deed = { at, actor, act: 'network.member-proposed' }
    await recordAudit(tx, { ...deed, subject: organisation, details: { address: origin, root } })
  })
  return { organisation }
}

/** `https://node.example/tuf/ORGANISATION`, as an organisation gives it out. */
function introductionOf(text: string) {
  const url = URL.parse(text)
  const [, named] = /^\/tuf\/([^/]+)\/?$/.exec(url?.pathname ?? '') ?? []
  const { data: organisation } = OrganisationId.safeParse(named)
  if (!url || !organisation || !isNodeAddress(`${url.origin}/`) || url.search || url.username) {
    throw new Problem('member.bad-address')
  }
  return { origin: url.origin, organisation, base: `${url.origin}/tuf/${organisation}` }
}

/** Neither an organisation of this node nor one that is trusted: nobody takes their place. */
async function requireProposable(tx: Tx, id: OrganisationId): Promise<void> {
  const row = await tx
    .selectFrom('organisation')
    .leftJoin('member', 'member.organisation', 'organisation.id')
    .select('member.state')
    .where('organisation.id', '=', id)
    .executeTakeFirst()
  if (row && row.state === null) throw new Problem('member.is-own')
  if (row?.state === 'pinned') throw new Problem('member.pinned-already')
}

async function requirePossession(base: string, { organisation, keys }: Directory): Promise<void> {
  const nonce = randomUUID()
  const text = await fetchFile(`${base}/possession?nonce=${nonce}`, 4096)
  const keyOf = (kid: string) => keys.find(({ id }) => id === kid)?.publicKey
  const signed = Signed.safeParse(parsed(text)).data
  if (!signed || !provesPossession(signed, keyOf, { organisation, nonce })) {
    throw new Problem('directory.refused', { fault: 'no-possession' })
  }
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}

type Kept = Pick<Organisation, 'name' | 'kind' | 'country'> & {
  readonly organisation: OrganisationId
  readonly address: string
  readonly fetched: Fetched
  readonly at: ReturnType<App['clock']>
}

async function keepProposal(
  tx: Tx,
  { organisation, address, name, kind, country, fetched, at }: Kept,
): Promise<void> {
  const said = { name, kind, country }
  await tx
    .insertInto('organisation')
    .values({ id: organisation, ...said, made_at: at })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(said))
    .execute()
  const root = rootFingerprint(fetched.root)
  const member = { address, root, state: 'proposed' as const, made_at: at, expelled_at: null }
  await tx
    .insertInto('member')
    .values({ organisation, ...member })
    .onConflict((conflict) => conflict.column('organisation').doUpdateSet(member))
    .execute()
  await forgetRepository(tx, organisation)
  await keepFiles(tx, organisation, fetched.files, at)
  await keepLook(tx, organisation, fetched, at)
}

/** What was learnt of a member's directory, and when it is looked at again. */
export async function keepLook(
  tx: Tx,
  organisation: OrganisationId,
  { directory, expiresAt }: Fetched,
  at: ReturnType<App['clock']>,
): Promise<void> {
  const look = {
    recipients: directory.recipients,
    expires_at: expiresAt,
    checked_at: at,
    next_at: addMilliseconds(at, LOOK_EVERY_MS),
    fault: null,
  }
  await tx
    .insertInto('member_directory')
    .values({ organisation, ...look })
    .onConflict((conflict) => conflict.column('organisation').doUpdateSet(look))
    .execute()
}
