import type { AudienceSentence, SharedAudience } from '@tocsin/api/sharing.ts'
import type { Actor } from '@tocsin/domain/actor.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import type { Matter, MatterId } from '@tocsin/domain/matter.ts'
import { mayPublish } from '@tocsin/domain/network-access.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import {
  isWidening,
  type SharedThing,
  SharingTerms,
  type SharingVersion,
  whyNotSent,
} from '@tocsin/domain/sharing.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { getMatter } from '../docket/queries.ts'
import { listVersions, versionsAt } from './audiences.ts'
import { listParties, listStopped, partyOf } from './parties.ts'
import { findLastTold, listReadings } from './readings.ts'
import { listSharings } from './share.ts'
import type { Sharing } from './telling.ts'

type Asked = {
  readonly version: SharingVersion
  readonly pending?: SharingVersion | undefined
  readonly thing: SharedThing
  readonly at: Instant
}

/**
 * Who gets a thing by an audience and who does not, with the reason: asked of the function that
 * decides it. A version that has not been made yet is asked about in the same way.
 */
export async function sentenceOf(
  tx: Tx,
  { version, pending, thing, at }: Asked,
): Promise<AudienceSentence> {
  const parties = await listParties(tx)
  const { organisation } = version
  const owner = partyOf(parties, organisation)
  const stopped = await listStopped(tx, organisation)
  const sharing = { version, pending, owner, thing, at, stopped }
  const asked = parties
    .filter(({ id }) => id !== organisation)
    .map((party) => ({ party, reason: whyNotSent(sharing, party) }))
  return {
    readers: asked.flatMap(({ party: { id, name, standing }, reason }) =>
      reason ? [] : [{ organisation: id, name, isHere: standing === 'here' }],
    ),
    notReaders: asked.flatMap(({ party: { id, name }, reason }) => {
      if (!reason) return []
      const from = reason === 'waiting' ? (pending?.effectiveAt ?? null) : null
      return [{ organisation: id, name, reason, from }]
    }),
  }
}

/** The matter, if the actor may share it. */
export async function requireOwnMatter(tx: Tx, actor: Actor, id: MatterId): Promise<Matter> {
  const matter = await getMatter(tx, id)
  if (!mayPublish(actor, matter)) throw new Problem('permission.denied')
  return matter
}

/** Every audience of a matter, with who reads by it and why others do not. */
export async function readSharing(app: App, actor: Actor, id: MatterId): Promise<SharedAudience[]> {
  const at = app.clock()
  return app.db.as(actor, async (tx) => {
    const matter = await requireOwnMatter(tx, actor, id)
    const sharings = await listSharings(tx, { organisation: matter.organisation, item: id })
    const audiences: SharedAudience[] = []
    for (const sharing of sharings) {
      const audience = await readAudience(tx, sharing, { thing: matter, at })
      if (audience) audiences.push(audience)
    }
    return audiences
  })
}

/** Undefined where no version of it is known. */
async function readAudience(
  tx: Tx,
  { audience: id, redacted, asksWhoRead }: Sharing,
  { thing, at }: Pick<Asked, 'thing' | 'at'>,
): Promise<SharedAudience | undefined> {
  const { current, pending } = versionsAt(await listVersions(tx, id), at)
  // One that has only been announced is asked about as if nobody were in it yet.
  const version = current ?? (pending && { ...pending, audience: [] })
  if (!version) return undefined
  const { name, ceiling, expiresAt, isRosterClosed } = version
  return {
    ...{ id, name, version: version.version, ceiling, expiresAt, isRosterClosed },
    purpose: version.includesStateConcerned ? 'right-of-reply' : 'readers',
    terms: SharingTerms.parse(pending ?? version),
    termsNow: SharingTerms.parse(version),
    redacted: [...redacted],
    asksWhoRead,
    readBy: asksWhoRead ? await listReadings(tx, version) : [],
    lastTold: await findLastTold(tx, version),
    waitsUntil: current && pending && isWidening(current, pending) ? pending.effectiveAt : null,
    sentence: await sentenceOf(tx, { version, pending, thing, at }),
  }
}
