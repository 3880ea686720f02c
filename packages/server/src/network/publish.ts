import { randomBytes } from 'node:crypto'
import { isInAudience, isMoreClosed } from '@tocsin/domain/audience.ts'
import type { OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { type AudienceId, isForPeople, type Urgency, urgencyOf } from '@tocsin/domain/network.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { digestOf } from '@tocsin/records/jws.ts'
import { type RecordedObject, type RecordHeader, signRecord } from '@tocsin/records/record.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { signingKey } from '../docket/signing-key.ts'
import { effectiveAt, listAudienceVersions, readersOf } from './audience-reading.ts'
import { refuseWhileCatchingUp } from './catching-up.ts'
import { currentEpoch } from './epochs.ts'
import { keepRecord, queueRecord, shareObject } from './keep.ts'
import { appendToLog } from './log.ts'
import { markingOf } from './marking.ts'
import { lockHead, moveHead } from './order.ts'
import { isWithdrawn } from './tombstones.ts'

type Draft = {
  /** In whose name. */
  readonly organisation: OrganisationId
  readonly audience: AudienceId
  /** Carries its TLP 2.0 marking; without one it is for nobody else, as if it were TLP:RED. */
  readonly object: RecordedObject
  /** Records that it speaks of. */
  readonly refs?: readonly Sha256[]
  /** By the type of the object, unless said. */
  readonly urgency?: Urgency
}

/**
 * Signs an object as the next thing an organisation tells an audience, keeps it, and puts it in line
 * for the node of every reader, in the caller's transaction. Waits for any other transaction in which
 * the same organisation tells the same audience something. After a restore nothing is told until what
 * was said before it is known again.
 */
export async function publishRecord(app: App, tx: Tx, draft: Draft): Promise<Sha256> {
  const { organisation, audience: id, object } = draft
  const at = app.clock()
  const versions = await listAudienceVersions(tx, id)
  const now = effectiveAt(versions, at)
  // A new version is seen by those who come and those who are there, before it takes effect; so it is
  // by those who would have come by one that it replaces.
  const announced =
    object.type === 'audience' ? versions.filter((one) => one.effective_at > at) : []
  const audiences = [...(now ? [now] : []), ...announced]
  const [current] = audiences
  if (!current) throw new Problem('audience.not-found')
  await refuseWhileCatchingUp(tx, organisation, id)
  if (!isInAudience(current, organisation)) throw new Problem('audience.not-in-it')
  if (current.expires_at && current.expires_at <= at) throw new Problem('audience.expired')
  const marking = markingOf(object)
  if (isMoreClosed(marking, current.ceiling)) {
    throw new Problem('audience.above-ceiling', { marking, ceiling: current.ceiling })
  }
  if (await isWithdrawn(tx, organisation, object)) throw new Problem('withdrawal.withdrawn')
  const { kid, seed } = await signingKey(app, tx, organisation, at)
  const head = await lockHead(tx, { org: organisation, aud: id })
  const header: RecordHeader = {
    alg: 'Ed25519',
    kid,
    typ: 'cpr+jws',
    cty: 'application/stix+json;version=2.1',
    org: organisation,
    aud: id,
    aep: await currentEpoch(tx, current, at),
    aseq: head.seq + 1,
    aprev: head.digest,
    refs: [...(draft.refs ?? [])],
    salt: randomBytes(32).toString('base64url'),
  }
  const statement = signRecord(header, object, seed)
  const digest = digestOf(statement)
  const readers = readersOf(organisation, audiences)
  const kept = { digest, header, object, readers, marking, statement, from: null, at }
  await keepRecord(tx, { ...kept, waiting: false })
  if (isForPeople(object.type)) {
    const refusal = await shareObject(tx, kept)
    if (refusal) throw new Problem('audience.not-the-author')
  }
  await moveHead(tx, header, { seq: header.aseq, digest, known_seq: header.aseq })
  const urgency = draft.urgency ?? urgencyOf(object.type)
  await queueRecord(tx, kept, urgency)
  const isUrgent = urgency !== 'record' && urgency !== 'attachment'
  await appendToLog(tx, organisation, digest, isUrgent ? 'urgent' : 'routine')
  return digest
}
