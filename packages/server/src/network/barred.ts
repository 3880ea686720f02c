import type { Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import type { AudienceId, Refusal } from '@tocsin/domain/network.ts'
import { digestOf, Signed } from '@tocsin/records/jws.ts'
import { readKept } from '@tocsin/records/record.ts'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import type { ReceivedType } from './receivers.ts'
import { isTakenBack } from './tombstones.ts'

/*
 * What a member that is out of a room, or out of this node's trust, has still signed of a vote there. The
 * gate refuses it like anything else of theirs; the room sees it all the same, with the reason, and a proof
 * that it was cast while the member was in counts for it as for any other.
 */

const ofVotes = ['officers', 'ballot', 'proof'] as const satisfies readonly ReceivedType[]

/** So many are kept of each member in each room; what is beyond stands in quarantine alone. */
const KEPT = 200

type Refused = {
  readonly record: Signed
  readonly from: OrganisationId
  readonly reason: Refusal
  readonly at: Instant
}

/** Keeps what was refused because its author is out, if it is of a vote in a room that it was in. */
export async function keepBarred(
  app: App,
  tx: Tx,
  { record, from, reason, at }: Refused,
): Promise<void> {
  if (reason !== 'author-expelled' && reason !== 'author-not-in-audience') return
  const { header, object } = readKept(record)
  const type = ofVotes.find((one) => one === object.type)
  if (!type || !isAllowed(app, type, { header, object })) return
  if (await isTakenBack(tx, object.id)) return
  const { org, aud } = header
  await sql`insert into barred_record (digest, organisation, audience_id, object_type, object_id,
      statement, received_from, kept_at)
    select ${digestOf(record)}, ${org}, ${aud}, ${object.type}, ${object.id},
      ${JSON.stringify(record)}::jsonb, ${from}, ${at}
    where exists (select from audience where id = ${aud} and ${org}::uuid = any (audience))
      and exists (select from shared_object where audience_id = ${aud} and type = 'consultation')
      and (select count(*) from barred_record
        where audience_id = ${aud} and organisation = ${org}) < ${KEPT}
    on conflict do nothing`.execute(tx)
}

function isAllowed(
  app: App,
  type: (typeof ofVotes)[number],
  { header, object }: ReturnType<typeof readKept>,
): boolean {
  const receiver = app.receivers[type]
  try {
    if (receiver && 'check' in receiver) receiver.check(header, object)
    return true
  } catch {
    return false
  }
}

export type Barred = {
  readonly digest: Sha256
  readonly statement: Signed
  readonly keptAt: Instant
}

/** Those of one audience that were not taken since, each author's in its order. */
export async function listBarred(tx: Tx, audience: AudienceId): Promise<readonly Barred[]> {
  const rows = await tx
    .selectFrom('barred_record')
    .select(['digest', 'statement', 'kept_at'])
    .where('audience_id', '=', audience)
    .where('digest', 'not in', (taken) => taken.selectFrom('network_record').select('digest'))
    .orderBy('kept_at')
    .execute()
  return rows.map(({ digest, statement, kept_at: keptAt }) => {
    return { digest, keptAt, statement: Signed.parse(statement) }
  })
}
