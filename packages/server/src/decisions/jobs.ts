import { system } from '@tocsin/domain/actor.ts'
import type { OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import type { ConsultationId } from '@tocsin/domain/consultation.ts'
import { newId } from '@tocsin/domain/id.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { RecordedObject } from '@tocsin/records/record.ts'
import { positionObject } from '@tocsin/records/stix/position.ts'
import { proofsObject } from '@tocsin/records/stix/proofs.ts'
import { readQuestionObject } from '@tocsin/records/stix/question.ts'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import { requireRoom } from '../consultations/queries.ts'
import type { Tx } from '../database/database.ts'
import { holdId } from '../docket/numbering.ts'
import { listOwn } from '../network/own-organisations.ts'
import { decidingTypes, readDeciding } from './said.ts'
import { standingsOf, takingPart } from './store.ts'
import { audienceOf, tellRoom } from './tell.ts'
import { firstProof, policyFor } from './witnesses.ts'

/*
 * What a node says by itself about proposals: that a text has come, and by when witnesses had seen what
 * it said. Looked for again and again, so that nothing depends on the moment at which something came;
 * whoever looks second finds it said.
 */

export async function settleProposals(app: App): Promise<void> {
  for (const due of await app.db.as(system, listUnreceived)) {
    await lookAt(app, due.consultation, (tx) => sayReceived(app, tx, due))
  }
  for (const due of await app.db.as(system, listUnproven)) {
    await lookAt(app, due.consultation, (tx) => sayProven(app, tx, due))
  }
}

/** One look at a room at a time; what cannot be told now is told later, and holds up no other room. */
export async function lookAt(
  app: App,
  consultation: ConsultationId,
  work: (tx: Tx) => Promise<void>,
): Promise<void> {
  const one = app.db.as(system, async (tx) => {
    await holdId(tx, consultation)
    await work(tx)
  })
  await one.catch((error: unknown) => {
    if (!(error instanceof Problem)) throw error
    app.log.info({ code: error.code, consultation }, 'a room is told later')
  })
}

type Unreceived = {
  readonly consultation: ConsultationId
  readonly organisation: OrganisationId
  readonly object: unknown
}

const asked = sql`question.object -> 'content' -> 'proposal'`

/** Texts under silence that organisations of this node have, and have not said so. */
async function listUnreceived(tx: Tx): Promise<readonly Unreceived[]> {
  const own = await listOwn(tx)
  const { rows } = await sql<Unreceived>`
    select question.audience_id as consultation, own.id as organisation, question.object
    from shared_object as question cross join unnest(${own}::uuid[]) as own (id)
    where question.type = 'question' and ${asked} -> 'method' ->> 'kind' = 'silence'
      and ${asked} -> 'roster' @> jsonb_build_array(jsonb_build_object('organisation', own.id))
      and not ${asked} -> 'recused' @> jsonb_build_array(jsonb_build_object('organisation', own.id))
      and (own.id = question.organisation or own.id = any (question.audience))
      and not exists (select from shared_object as told where told.type = 'position'
        and told.audience_id = question.audience_id and told.organisation = own.id
        and told.object -> 'content' -> 'position' @> jsonb_build_object(
          'proposal', ${asked} -> 'id', 'reading', ${asked} -> 'reading', 'member', own.id))
      and not exists (select from shared_object as done where done.type = 'question-end'
        and done.audience_id = question.audience_id and done.organisation = question.organisation
        and done.object -> 'content' @> jsonb_build_object(
          'proposal', ${asked} -> 'id', 'reading', ${asked} -> 'reading'))`.execute(tx)
  return rows
}

async function sayReceived(
  app: App,
  tx: Tx,
  { consultation, organisation, object }: Unreceived,
): Promise<void> {
  const { proposal, texts } = readQuestionObject(RecordedObject.parse(object))
  const still = (await listUnreceived(tx)).some((one) => {
    const isRoom = one.consultation === consultation && one.organisation === organisation
    return (
      isRoom && readQuestionObject(RecordedObject.parse(one.object)).proposal.id === proposal.id
    )
  })
  if (!still) return
  const room = await requireRoom(tx, consultation)
  const said = await readDeciding(app.db.as, system, room)
  const standing = (await standingsOf(app, app.db.as, room, said)).find(
    ({ poll }) => poll.proposal.id === proposal.id,
  )
  // A receipt gives time to all: whoever comes back when all is over opens nothing again.
  const outcome = standing?.outcome
  if (outcome !== 'running' && outcome !== 'not-lapsed') return
  const { id, reading } = proposal
  const digest = await tellRoom(app, tx, { room, organisation }, (parts) =>
    positionObject({
      ...parts,
      key: newId<string>(),
      position: {
        ...{ proposal: id, reading, texts, member: organisation, at: parts.saidAt },
        way: { kind: 'record' },
        stance: { kind: 'receipt' },
      },
    }),
  )
  const deed = { at: app.clock(), actor: system, organisation, subject: id }
  const details = { consultation, reading, digest }
  await recordAudit(tx, { ...deed, act: 'proposal.received', details })
}

type Unproven = {
  readonly consultation: ConsultationId
  readonly organisation: OrganisationId
  readonly digests: readonly Sha256[]
}

/** So many are looked at together. */
const AT_ONCE = 8

/** What organisations of this node said that has its place in their log, and is not told as proven. */
async function listUnproven(tx: Tx): Promise<readonly Unproven[]> {
  const own = await listOwn(tx)
  const { rows } = await sql<Unproven>`
    select record.audience_id as consultation, record.organisation,
      (array_agg(record.digest order by record.seq))[1:${sql.lit(AT_ONCE)}] as digests
    from network_record as record
      join log_entry as entry on entry.digest = record.digest
        and entry.organisation = record.organisation and entry.index is not null
    where record.object_type = any (${[...decidingTypes]}) and record.statement is not null
      and record.organisation = any (${own}::uuid[])
      and not exists (select from shared_object as proof where proof.type = 'proof'
        and proof.audience_id = record.audience_id and proof.organisation = record.organisation
        and proof.object -> 'content' -> 'digests' @> to_jsonb(record.digest::text))
    group by record.audience_id, record.organisation`.execute(tx)
  return rows
}

/** The proofs that there are by now, by the witnesses of all who take part. */
async function sayProven(
  app: App,
  tx: Tx,
  { consultation, organisation }: Unproven,
): Promise<void> {
  const due = (await listUnproven(tx)).find((one) => {
    return one.consultation === consultation && one.organisation === organisation
  })
  if (!due) return
  const room = await requireRoom(tx, consultation)
  const newest = await tx
    .selectFrom('shared_object')
    .select('object')
    .where('audience_id', '=', audienceOf(consultation))
    .where('type', '=', 'question')
    .where('organisation', '=', room.organisation)
    .orderBy('created', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!newest) return
  const said = readQuestionObject(RecordedObject.parse(newest.object))
  const policy = await policyFor(app, tx, takingPart({ author: room.organisation, said }))
  const proven: { digest: Sha256; proof: string }[] = []
  for (const digest of due.digests) {
    const proof = await firstProof(tx, { organisation, digest }, policy)
    if (proof) proven.push({ digest, proof })
  }
  if (proven.length === 0) return
  const digests = proven.map(({ digest }) => digest)
  const proofs = proven.map(({ proof }) => proof)
  await tellRoom(app, tx, { room, organisation }, (parts) =>
    proofsObject({ ...parts, digests, proofs }),
  )
}
