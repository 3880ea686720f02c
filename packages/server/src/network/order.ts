import type { Instant, Sha256 } from '@tocsin/domain/brand.ts'
import type { RecordHeader } from '@tocsin/records/record.ts'
import type { Tx } from '../database/database.ts'

/** A record's place in what its author told its audience. */
export type Place = { readonly header: RecordHeader; readonly digest: Sha256 }

type Head = {
  readonly seq: number
  readonly digest: Sha256 | null
  readonly known_seq: number
  readonly frozen_at: Instant | null
}

/** The end of an author's order in an audience; whoever has it, has it alone until they end. */
export async function lockHead(
  tx: Tx,
  { org, aud }: Pick<RecordHeader, 'org' | 'aud'>,
): Promise<Head> {
  const first = { organisation: org, audience_id: aud, seq: 0, known_seq: 0 }
  await tx
    .insertInto('record_head')
    .values({ ...first, digest: null, frozen_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return tx
    .selectFrom('record_head')
    .select(['seq', 'digest', 'known_seq', 'frozen_at'])
    .where('organisation', '=', org)
    .where('audience_id', '=', aud)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

export async function moveHead(
  tx: Tx,
  { org, aud }: Pick<RecordHeader, 'org' | 'aud'>,
  to: Partial<Head>,
): Promise<void> {
  await tx
    .updateTable('record_head')
    .set(to)
    .where('organisation', '=', org)
    .where('audience_id', '=', aud)
    .execute()
}

/**
 * Takes a record's place in its author's order: next, before something that is missing, or in a
 * place that another record claims. A gap is noted, and closed by what comes to fill it.
 *
 * @param joinedLate whether this node came to the audience after its beginning: what it sees first
 *   of an author is then where that author's order begins for it.
 */
export async function takePlace(
  tx: Tx,
  place: Place,
  { at, joinedLate }: { readonly at: Instant; readonly joinedLate: boolean },
): Promise<'next' | 'waiting' | 'frozen' | 'fork'> {
  const { header, digest } = place
  const { aseq, aprev } = header
  let head = await lockHead(tx, header)
  if (head.known_seq === 0 && joinedLate) {
    head = { ...head, seq: aseq - 1, digest: aprev, known_seq: aseq - 1 }
    await moveHead(tx, header, head)
  }
  if (head.frozen_at) return 'frozen'
  if (await isContradicted(tx, place, head)) {
    await moveHead(tx, header, { frozen_at: at })
    return 'fork'
  }
  if (aseq > head.known_seq) {
    await moveHead(tx, header, { known_seq: aseq })
    if (aseq > head.known_seq + 1) await noteGap(tx, place, head.known_seq + 1, at)
  } else {
    await fillGap(tx, place)
  }
  if (aseq !== head.seq + 1) return 'waiting'
  await moveHead(tx, header, { seq: aseq, digest })
  return 'next'
}

/** Whether what its author signed names another record in this place, or before or after it. */
async function isContradicted(tx: Tx, { header, digest }: Place, head: Head): Promise<boolean> {
  const { org, aud, aseq, aprev } = header
  if (aseq === head.seq + 1 && aprev !== head.digest) return true
  const beside = await tx
    .selectFrom('network_record')
    .select(['seq', 'digest', 'previous'])
    .where('organisation', '=', org)
    .where('audience_id', '=', aud)
    .where('seq', '>=', aseq - 1)
    .where('seq', '<=', aseq + 1)
    .execute()
  return beside.some((one) => {
    if (one.seq < aseq) return one.digest !== aprev
    if (one.seq > aseq) return one.previous !== digest
    return one.digest !== digest
  })
}

async function noteGap(tx: Tx, { header }: Place, from: number, at: Instant): Promise<void> {
  const { org, aud, aseq, aprev } = header
  await tx
    .insertInto('missing_record')
    .values({
      organisation: org,
      audience_id: aud,
      from_seq: from,
      to_seq: aseq - 1,
      digest: aprev as Sha256,
      noted_at: at,
      next_at: at,
    })
    .execute()
}

/** Nothing, or one or two smaller gaps are left of the gap that a record falls into. */
async function fillGap(tx: Tx, { header }: Place): Promise<void> {
  const { org, aud, aseq, aprev } = header
  const gap = await tx
    .deleteFrom('missing_record')
    .where('organisation', '=', org)
    .where('audience_id', '=', aud)
    .where('from_seq', '<=', aseq)
    .where('to_seq', '>=', aseq)
    .returningAll()
    .executeTakeFirst()
  if (!gap) return
  const left = [
    { ...gap, to_seq: aseq - 1, digest: aprev as Sha256 },
    { ...gap, from_seq: aseq + 1 },
  ].filter(({ from_seq, to_seq }) => from_seq <= to_seq)
  if (left.length > 0) await tx.insertInto('missing_record').values(left).execute()
}
