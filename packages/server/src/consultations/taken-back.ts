import type { Output } from '@tocsin/api/route.ts'
import type { listTakenBack } from '@tocsin/api/taken-back.ts'
import { type Actor, system } from '@tocsin/domain/actor.ts'
import { isInAudience } from '@tocsin/domain/audience.ts'
import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import type { ConsultationId } from '@tocsin/domain/consultation.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import { ObjectId } from '@tocsin/domain/withdrawal.ts'
import type { App } from '../app.ts'
import type { As, Tx } from '../database/database.ts'
import { requirePerson } from '../identity/step-up.ts'
import { knownNames } from './names.ts'
import { findPlace } from './store.ts'

/** The newest that were taken back, of all that were. */
const NEWEST = 1000
/** The newest places that are told. */
const PLACES = 100

type Gone = {
  readonly organisation: OrganisationId
  readonly object: ObjectId
  readonly stoodAt: Instant
  readonly takenBackAt: Instant
}

/**
 * What was taken back of what the reader's organisation could read, the newest first. The record keeps its place
 * in its author's order, with its readers, and nothing of what it said. The caller has checked who reads the room.
 */
export async function listGone(
  as: As,
  audience: AudienceId,
  own: OrganisationId,
): Promise<readonly Gone[]> {
  const rows = await as(system, (tx) =>
    tx
      .selectFrom('network_record')
      .select(['organisation', 'audience', 'excluded', 'object_id', 'kept_at', 'withdrawn_at'])
      .where('audience_id', '=', audience)
      .where('object_type', '=', 'contribution')
      .where('withdrawn_at', 'is not', null)
      .orderBy('kept_at', 'desc')
      .limit(NEWEST)
      .execute(),
  )
  return rows.flatMap(({ withdrawn_at: takenBackAt, organisation, object_id, kept_at, ...row }) =>
    takenBackAt !== null && isInAudience({ organisation, ...row }, own)
      ? [{ organisation, object: ObjectId.parse(object_id), stoodAt: kept_at, takenBackAt }]
      : [],
  )
}

/** Where something stood that was taken back: by whom, when, and why. */
export async function readTakenBack(
  app: App,
  actor: Actor,
  id: ConsultationId,
  thread: OrganisationId | undefined,
): Promise<Output<typeof listTakenBack>> {
  const { organisation: own } = requirePerson(actor)
  return app.db.asOne(async (as) => {
    const { audience } = await as(actor, (tx) => findPlace(tx, id, thread))
    const gone = (await listGone(as, audience, own)).slice(0, PLACES)
    const ids = gone.map(({ object }) => object)
    // Whoever could read what stood there was told of its tombstone.
    const stones = await as(system, (tx) => listTombstones(tx, ids))
    // Why in words is there only for whoever took it back.
    const reasons = await as(actor, (tx) => listReasons(tx, ids))
    const nameOf = await knownNames(
      app,
      gone.map(({ organisation }) => ({ organisation, name: organisation })),
    )
    return {
      audience,
      places: gone.flatMap(({ organisation, ...place }) => {
        const stone = stones.find(
          (one) => one.object_id === place.object && one.organisation === organisation,
        )
        if (!stone) return []
        return {
          ...place,
          class: stone.class,
          organisationName: nameOf({ organisation, name: organisation }),
          reason: reasons.find(({ object_id }) => object_id === place.object)?.reason ?? null,
        }
      }),
    }
  })
}

const listTombstones = async (tx: Tx, ids: readonly ObjectId[]) =>
  ids.length === 0
    ? []
    : tx
        .selectFrom('tombstone')
        .selectAll()
        .where('object_id', 'in', [...ids])
        .execute()

const listReasons = async (tx: Tx, ids: readonly ObjectId[]) =>
  ids.length === 0
    ? []
    : tx
        .selectFrom('withdrawal')
        .select(['object_id', 'reason'])
        .where('object_id', 'in', [...ids])
        .execute()
