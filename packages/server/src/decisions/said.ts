import { type Actor, system } from '@tocsin/domain/actor.ts'
import type { Instant, Sha256 } from '@tocsin/domain/brand.ts'
import type { Consultation } from '@tocsin/domain/consultation.ts'
import { Signed } from '@tocsin/records/jws.ts'
import { RecordedObject, readKept } from '@tocsin/records/record.ts'
import type { CheckedRecord } from '@tocsin/records/room-evidence.ts'
import { readProofsObject } from '@tocsin/records/stix/proofs.ts'
import type { As, Tx } from '../database/database.ts'
import { type Barred, listBarred } from '../network/barred.ts'
import { audienceOf } from './tell.ts'

/* What was said in a room that decides something, as it was signed. */

/** What is said in a room about its proposals, and stands in the order that its home gives. */
export const orderedTypes = [
  'question',
  'question-end',
  'amendment',
  'position',
  'officers',
  'ballot',
  'complaint',
  'rehome',
] as const

/** What decides, and whose time must be proven. */
export const decidingTypes = [
  ...orderedTypes,
  ...(['sequence', 'tally', 'decision'] as const),
] as const

/** A record as it was signed, and what it says. */
type HeldRecord = CheckedRecord & {
  readonly statement: Signed
  readonly keptAt: Instant
  /** Its author was out when it came: it stands in no order. */
  readonly isBarred: boolean
}

export type Said = {
  readonly records: readonly HeldRecord[]
  readonly proofs: readonly string[]
  /** When a proof of a record first came, by its digest. */
  readonly shownAt: ReadonlyMap<Sha256, Instant>
}

/** The records of a room that decide something, as far as the reader may read them. */
export async function readDeciding(as: As, actor: Actor, room: Consultation): Promise<Said> {
  const audience = audienceOf(room.id)
  const { ids, proofs } = await as(actor, async (tx) => {
    const seen = tx.selectFrom('shared_object').where('audience_id', '=', audience)
    const types = [...decidingTypes]
    return {
      ids: (await seen.select('id').where('type', 'in', types).execute()).map(({ id }) => id),
      proofs: await seen
        .select(['object', 'kept_at as keptAt'])
        .where('type', '=', 'proof')
        .execute(),
    }
  })
  const rows = ids.length === 0 ? [] : await as(system, (tx) => listRecords(tx, audience, ids))
  // Whoever reads the room reads what was addressed to it.
  const barred = (await as(system, (tx) => listBarred(tx, audience))).map(heldOf(true))
  const isProof = ({ object }: HeldRecord) => object.type === 'proof'
  const told = [...proofs, ...barred.filter(isProof)]
    .map(({ object, keptAt }) => ({ ...proofsIn(object), keptAt }))
    .toSorted((one, other) => (one.keptAt < other.keptAt ? 1 : -1))
  const held = rows.map((row) => ({ ...row, statement: Signed.parse(row.statement) }))
  return {
    records: [...held.map(heldOf(false)), ...barred.filter((one) => !isProof(one))],
    proofs: told.flatMap((one) => one.proofs),
    shownAt: new Map(
      told.flatMap(({ digests, keptAt }) => digests.map((digest) => [digest, keptAt] as const)),
    ),
  }
}

const heldOf =
  (isBarred: boolean) =>
  (one: Barred): HeldRecord => ({ ...one, isBarred, ...readKept(one.statement) })

/** Each version: the first that was told stands, whatever its author told later under its name. */
const listRecords = (tx: Tx, audience: ReturnType<typeof audienceOf>, ids: readonly string[]) =>
  tx
    .selectFrom('network_record')
    .select(['digest', 'statement', 'kept_at as keptAt'])
    .where('audience_id', '=', audience)
    .where('object_id', 'in', [...ids])
    .where('statement', 'is not', null)
    .where('waiting', '=', false)
    .orderBy('seq')
    .execute()

const proofsIn = (object: unknown) => readProofsObject(RecordedObject.parse(object))
