import { system } from '@tocsin/domain/actor.ts'
import { isContentFree, isInAudience } from '@tocsin/domain/audience.ts'
import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { type AgeKey, newAgeKey } from '@tocsin/records/age.ts'
import { AudienceKeyObject, audienceKeyObject } from '@tocsin/records/audience-key-object.ts'
import { openKey, sealKey } from '@tocsin/records/seal.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { openVault } from '../identity/secrets.ts'
import { type AudienceRow, effectiveAt, listAudienceVersions } from './audience-reading.ts'
import { currentEpoch } from './epochs.ts'
import { recipientsOf } from './members.ts'
import { ownAgeKeys } from './own-keys.ts'
import { publishRecord } from './publish.ts'
import type { Receiver } from './receivers.ts'

/** Makes the keys that are due of audiences whose owner lives here, and gives them to the members. */
export async function renewAudienceKeys(app: App): Promise<void> {
  const at = app.clock()
  const due = await app.db.as(system, (tx) => listDue(tx, at))
  for (const id of due) await app.db.as(system, (tx) => renewKey(app, tx, id, at))
}

/** Audiences of this node's organisations that may hold what must be sealed, without a fresh key. */
async function listDue(tx: Tx, at: Instant): Promise<readonly AudienceId[]> {
  const rows = await tx
    .selectFrom('audience')
    .distinctOn('audience.id')
    .leftJoin('member', 'member.organisation', 'audience.organisation')
    .select(['audience.id', 'version', 'ceiling', 'expires_at'])
    .where('member.organisation', 'is', null)
    // A key is told like everything else, and so waits after a restore like everything else.
    .where('audience.organisation', 'not in', (waiting) =>
      waiting.selectFrom('awaited_answer').select('organisation'),
    )
    .where('effective_at', '<=', at)
    .orderBy('audience.id')
    .orderBy('version', 'desc')
    .execute()
  const due: AudienceId[] = []
  for (const { id, version, ceiling, expires_at } of rows) {
    const isOver = expires_at !== null && expires_at <= at
    if (isOver || !isContentFree(ceiling)) continue
    if ((await currentEpoch(tx, { id, version }, at)) === 0) due.push(id)
  }
  return due
}

async function renewKey(app: App, tx: Tx, id: AudienceId, at: Instant): Promise<void> {
  const version = effectiveAt(await listAudienceVersions(tx, id), at)
  if (!version) return
  const { organisation } = version
  const members = version.audience.filter((who) => isInAudience(version, who))
  // What goes to no other node is sealed for nobody.
  if (!(await isAnyElsewhere(tx, members))) return
  const readers = [organisation, ...members]
  const recipients = await recipientsOf(app, tx, readers)
  // Who has no recipient yet could not read: until all have one, each is sealed to by itself.
  if (!readers.every((who) => recipients.has(who))) return
  const last = await tx
    .selectFrom('audience_key')
    .select((eb) => eb.fn.max('epoch').as('epoch'))
    .where('audience_id', '=', id)
    .executeTakeFirst()
  const epoch = (last?.epoch ?? 0) + 1
  const key = await newAgeKey()
  const sealed = await sealKey(key.identity, [...recipients.values()])
  const told = { audience: id, epoch, version: version.version, at, ceiling: version.ceiling }
  const object = audienceKeyObject(sealed, told)
  await publishRecord(app, tx, { organisation, audience: id, object })
  await keepKey(app, tx, { ...told, organisation, key })
}

async function isAnyElsewhere(tx: Tx, members: readonly OrganisationId[]): Promise<boolean> {
  if (members.length === 0) return false
  const row = await tx
    .selectFrom('member')
    .select('organisation')
    .where('organisation', 'in', [...members])
    .where('state', '=', 'pinned')
    .executeTakeFirst()
  return row !== undefined
}

type NewKey = Pick<AudienceRow, 'organisation' | 'version'> & {
  readonly audience: AudienceId
  readonly epoch: number
  readonly key: AgeKey
  readonly at: Instant
}

async function keepKey(app: App, tx: Tx, made: NewKey): Promise<void> {
  const { audience, epoch, organisation, version, key, at } = made
  const vault = await openVault(app.node.home)
  await tx
    .insertInto('audience_key')
    .values({
      audience_id: audience,
      epoch,
      organisation,
      version,
      recipient: key.recipient,
      sealed_identity: vault.seal(key.identity, `age-${key.recipient}`),
      made_at: at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Keeps the key of an epoch that the owner of an audience gave to its members. */
export const receiveAudienceKey: Receiver = async (app, tx, header, object) => {
  const told = AudienceKeyObject.parse(object)
  const versions = await listAudienceVersions(tx, header.aud)
  if (versions[0]?.organisation !== header.org) throw new Problem('audience.not-the-author')
  const opened = await openKey(told.key, await ownAgeKeys(app, tx))
  if ('fault' in opened) throw new Problem('request.invalid', { fault: opened.fault })
  await keepKey(app, tx, {
    audience: header.aud,
    epoch: told.epoch,
    version: told.version,
    organisation: header.org,
    key: opened.key,
    at: app.clock(),
  })
}
