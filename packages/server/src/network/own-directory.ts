import { type Actor, mayOperateNode, system } from '@tocsin/domain/actor.ts'
import type { Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { canonicalJson, type Json } from '@tocsin/records/canonical.ts'
import {
  type Directory,
  followRoot,
  type Repository,
  readRoot,
} from '@tocsin/records/trust/directory.ts'
import {
  describe,
  expiryAfter,
  type Root,
  readFile,
  rootFingerprint,
  signNew,
  tufKeyId,
} from '@tocsin/records/trust/tuf.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { ageKeysOf, directoryKeys, directorySeeds, keysInForce } from './own-keys.ts'
import { keepFiles, readRepository, rootOf, versionOf } from './repository.ts'

/** What other parts of the network put into the directory of an organisation of this node. */
export type Verifiers = Pick<Directory, 'logs' | 'witnesses' | 'ended' | 'policy'>
export type VerifiersOf = (app: App, organisation: OrganisationId) => Promise<Verifiers>

/** For how many days each file counts, and with how many left it is made anew. */
const lives = { targets: 90, snapshot: 7, timestamp: 7 } as const
const RENEW_AT = 0.5
const DAY_MS = 86_400_000

/** Takes the root that the keepers have signed: the first, or the one after the present one. */
export async function installRoot(
  app: App,
  actor: Actor,
  { organisation, file }: { readonly organisation: OrganisationId; readonly file: string },
): Promise<{ readonly root: Sha256 }> {
  if (!mayOperateNode(actor)) throw new Problem('permission.denied')
  const keys = await directoryKeys(app, organisation)
  return app.db.as(system, async (tx) => {
    const present = await readRepository(tx, organisation)
    const read = present ? followRoot(rootOf(present), file) : readRoot(file)
    if ('fault' in read) throw new Problem('root.refused', { fault: read.fault })
    const { root } = read
    const isFirst = present !== undefined || root.version === 1
    if (root.organisation !== organisation || !isFirst) {
      throw new Problem('root.refused', { fault: 'other-organisation' })
    }
    // With other keys than the node's own it could never sign a directory.
    const roles = ['targets', 'snapshot', 'timestamp'] as const
    const isOurs = roles.every((role) => root.roles[role].keyids.includes(tufKeyId(keys[role])))
    if (!isOurs) throw new Problem('root.refused', { fault: 'other-keys' })
    const at = app.clock()
    const { version } = root
    await keepFiles(tx, organisation, [{ role: 'root', version, content: file }], at)
    const fingerprint = rootFingerprint(root)
    const deed = { at, actor, organisation, act: 'network.root-installed' }
    await recordAudit(tx, {
      ...deed,
      subject: organisation,
      details: { version, root: fingerprint },
    })
    return { root: fingerprint }
  })
}

/** Makes the directories of this node's organisations anew where something changed or soon expires. */
export async function keepDirectories(app: App, verifiersOf: VerifiersOf): Promise<void> {
  const own = await app.db.as(system, (tx) =>
    tx
      .selectFrom('trust_file')
      .leftJoin('member', 'member.organisation', 'trust_file.organisation')
      .select('trust_file.organisation')
      .distinct()
      .where('role', '=', 'root')
      .where('member.organisation', 'is', null)
      .execute(),
  )
  for (const { organisation } of own) {
    const verifiers = await verifiersOf(app, organisation)
    await app.db.as(system, (tx) => keepDirectory(app, tx, organisation, verifiers))
  }
}

async function keepDirectory(
  app: App,
  tx: Tx,
  organisation: OrganisationId,
  verifiers: Verifiers,
): Promise<void> {
  // One process at a time makes the next version.
  const row = await tx
    .selectFrom('trust_file')
    .select('content')
    .where('organisation', '=', organisation)
    .where('role', '=', 'root')
    .orderBy('version')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  const present = row && (await readRepository(tx, organisation))
  if (!present) return
  const at = app.clock()
  const directory = canonicalJson((await describeSelf(app, tx, organisation, verifiers)) as Json)
  const files = await renewed(app, present, { organisation, directory, at })
  await keepFiles(tx, organisation, files, at)
}

async function describeSelf(
  app: App,
  tx: Tx,
  organisation: OrganisationId,
  verifiers: Verifiers,
): Promise<Directory> {
  const { name, kind, country } = await tx
    .selectFrom('organisation')
    .select(['name', 'kind', 'country'])
    .where('id', '=', organisation)
    .executeTakeFirstOrThrow()
  const keys = await keysInForce(app, tx, organisation)
  const { recipient } = await ageKeysOf(app, organisation)
  return {
    organisation,
    name,
    kind,
    country,
    address: app.node.origin,
    keys: keys.map(({ id, public_key: publicKey }) => ({ id, publicKey })),
    recipients: [recipient],
    ...verifiers,
  }
}

type Wanted = {
  readonly organisation: OrganisationId
  readonly directory: string
  readonly at: Instant
}

/** The files that must be made: what changed or is half over, and each file that names one of them. */
async function renewed(app: App, present: Repository, { organisation, directory, at }: Wanted) {
  const seeds = await directorySeeds(app, organisation)
  const root = rootOf(present)
  const make = (role: keyof typeof lives, part: object) => {
    // By the clock, so that a node that came back from a backup does not seem to go back.
    const minutes = Math.floor(Date.parse(at) / 60_000)
    const version = Math.max(versionOf(role, present[role]) + 1, minutes)
    const expires = expiryAfter(at, lives[role])
    const signed = { _type: role, spec_version: '1.0.31', version, expires, ...part }
    return { role, version, content: signNew(signed as Json, seeds[role]) }
  }
  const isOld = (role: keyof typeof lives) => !isFresh(role, present[role], root, at)
  const isNew = present.directory !== directory
  if (!isNew && !isOld('targets') && !isOld('snapshot') && !isOld('timestamp')) return []
  const targets =
    isNew || isOld('targets')
      ? make('targets', { targets: { 'directory.json': describe(directory) } })
      : undefined
  const snapshot =
    targets || isOld('snapshot')
      ? make('snapshot', {
          meta: { 'targets.json': announce(targets ?? kept(present, 'targets')) },
        })
      : undefined
  const announced = announce(snapshot ?? kept(present, 'snapshot'))
  const timestamp = make('timestamp', { meta: { 'snapshot.json': announced } })
  const named = targets && {
    role: 'directory' as const,
    version: targets.version,
    content: directory,
  }
  return [named, targets, snapshot, timestamp].filter((file) => file !== undefined)
}

const announce = ({
  content,
  version,
}: {
  readonly content: string
  readonly version: number
}) => ({
  ...describe(content),
  version,
})

function kept(present: Repository, role: keyof typeof lives) {
  const content = present[role]
  if (content === undefined) throw new Error(`no ${role} is kept`)
  return { content, version: versionOf(role, content) }
}

/** Whether a file is signed by the key that the root names now, and has more than half its life left. */
function isFresh(role: keyof typeof lives, text: string | undefined, root: Root, at: Instant) {
  const file = text === undefined ? undefined : readFile(role, text)
  if (!file || 'fault' in file) return false
  const isByKey = file.signatures.every(({ keyid }) => root.roles[role].keyids.includes(keyid))
  const left = Date.parse(file.signed.expires) - Date.parse(at)
  return isByKey && left > lives[role] * DAY_MS * RENEW_AT
}
