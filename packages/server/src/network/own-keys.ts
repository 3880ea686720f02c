import { type Actor, mayOperateNode, system } from '@tocsin/domain/actor.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { AgeKey } from '@tocsin/records/age.ts'
import type { NodeKeys } from '@tocsin/records/trust/make-root.ts'
import { agePair } from '@tocsin/records/trust/recipient.ts'
import { tufKeyOf } from '@tocsin/records/trust/tuf.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { signingKey } from '../docket/signing-key.ts'
import { openVault } from '../identity/secrets.ts'
import { requireStepUp } from '../identity/step-up.ts'

/** The seeds by which the node signs an organisation's directory; the root is kept by persons, off line. */
export async function directorySeeds(app: App, organisation: OrganisationId) {
  const vault = await openVault(app.node.home)
  const seedOf = (role: string) => vault.signingSeed(`tuf-${role}-${organisation}`)
  return {
    targets: seedOf('targets'),
    snapshot: seedOf('snapshot'),
    timestamp: seedOf('timestamp'),
  }
}

export async function directoryKeys(app: App, organisation: OrganisationId): Promise<NodeKeys> {
  const { targets, snapshot, timestamp } = await directorySeeds(app, organisation)
  return {
    organisation,
    targets: tufKeyOf(targets),
    snapshot: tufKeyOf(snapshot),
    timestamp: tufKeyOf(timestamp),
  }
}

/** What opens what was sealed to an organisation of this node, and to what others seal. */
export async function ageKeysOf(app: App, organisation: OrganisationId): Promise<AgeKey> {
  return agePair((await openVault(app.node.home)).signingSeed(`age-${organisation}`))
}

/** All that opens what was sealed to organisations of this node, those that are closed among them. */
export async function ownAgeKeys(app: App, tx: Tx): Promise<readonly AgeKey[]> {
  const own = await tx
    .selectFrom('organisation')
    .leftJoin('member', 'member.organisation', 'organisation.id')
    .select('organisation.id')
    .where('member.organisation', 'is', null)
    .execute()
  return Promise.all(own.map(({ id }) => ageKeysOf(app, id)))
}

/** The keys others are to believe: the one in use, and those given up not long ago. */
export async function keysInForce(app: App, tx: Tx, organisation: OrganisationId) {
  const at = app.clock()
  await signingKey(app, tx, organisation, at)
  return tx
    .selectFrom('organisation_key')
    .leftJoin('organisation_key_end', 'organisation_key_end.id', 'organisation_key.id')
    .select(['organisation_key.id', 'public_key'])
    .where('organisation_key.organisation', '=', organisation)
    .where((where) => where.or([where('ended_at', 'is', null), where('ended_at', '>', at)]))
    .orderBy('made_at', 'desc')
    .execute()
}

/** As long as records that the old key signed may still be on their way. */
const OVERLAP_MS = 7 * 86_400_000

/** Gives up the key an organisation signs with and makes the next; one that was stolen ends at once. */
export async function rotateKey(
  app: App,
  actor: Actor,
  { organisation, isStolen }: { readonly organisation: OrganisationId; readonly isStolen: boolean },
): Promise<{ readonly id: string }> {
  if (!mayOperateNode(actor)) throw new Problem('permission.denied')
  if (actor.kind === 'person') requireStepUp(app, actor)
  return app.db.as(system, async (tx) => {
    const found = await tx
      .selectFrom('organisation')
      .select('id')
      .where('id', '=', organisation)
      // Two at once would each end the same key.
      .forUpdate()
      .executeTakeFirst()
    if (!found) throw new Problem('organisation.not-found')
    const at = app.clock()
    const old = await signingKey(app, tx, organisation, at)
    const ended_at = isStolen ? at : addMilliseconds(at, OVERLAP_MS)
    await tx
      .insertInto('organisation_key_end')
      .values({ id: old.kid, organisation, ended_at })
      .execute()
    const { kid } = await signingKey(app, tx, organisation, at)
    const details = { ended: old.kid, key: kid, stolen: isStolen }
    const deed = { at, actor, organisation, act: 'network.key-rotated' }
    await recordAudit(tx, { ...deed, subject: organisation, details })
    return { id: kid }
  })
}
