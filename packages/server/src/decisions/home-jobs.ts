import { system } from '@tocsin/domain/actor.ts'
import type { Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import type { Consultation, ConsultationId } from '@tocsin/domain/consultation.ts'
import { isOverdue, lastStep, PATIENCE_MS } from '@tocsin/domain/sequence.ts'
import { canonicalJson, type Json } from '@tocsin/records/canonical.ts'
import { readProof } from '@tocsin/records/log/proof-file.ts'
import { complaintObject, sequenceObject } from '@tocsin/records/stix/sequence.ts'
import { tallyObject } from '@tocsin/records/stix/tally.ts'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import { requireRoom } from '../consultations/queries.ts'
import type { Tx } from '../database/database.ts'
import { listOwn } from '../network/own-organisations.ts'
import { type Home, homeOf, isByBallots, toldTally } from './home.ts'
import { lookAt } from './jobs.ts'
import { orderedTypes, readDeciding, type Said } from './said.ts'
import { recordOf, type Standing, standingsOf } from './store.ts'
import { tellRoom } from './tell.ts'

/*
 * What a node does by itself where there are votes: the home puts in order what came and counts when all
 * is over; everybody else says so where its record is left out. Looked for again and again, as all that
 * is due here.
 */

export async function keepOrder(app: App): Promise<void> {
  for (const consultation of await app.db.as(system, listUnordered)) {
    await lookAt(app, consultation, (tx) => sayOrder(app, tx, consultation))
  }
  const now = app.clock()
  for (const consultation of await app.db.as(system, (tx) => listUncounted(tx, now))) {
    await lookAt(app, consultation, (tx) => sayCount(app, tx, consultation))
  }
  const since = addMilliseconds(now, -PATIENCE_MS)
  for (const due of await app.db.as(system, (tx) => listLeftOut(tx, since))) {
    await lookAt(app, due.consultation, (tx) => sayLeftOut(app, tx, due))
  }
}

type Looked = {
  readonly room: Consultation
  readonly said: Said
  readonly all: readonly Standing[]
  readonly home: Home
}

async function readHome(app: App, tx: Tx, id: ConsultationId): Promise<Looked | undefined> {
  const room = await requireRoom(tx, id)
  const said = await readDeciding(app.db.as, system, room)
  const all = await standingsOf(app, app.db.as, room, said)
  const home = homeOf(room, said, all)
  return home && { room, said, all, home }
}

/** Rooms in which something is decided by ballots. */
const voted = sql`(select distinct audience_id from shared_object where type = 'question'
  and object -> 'content' -> 'proposal' -> 'method' ->> 'kind' <> 'silence')`

const inOrder = sql`exists (select from shared_object as step where step.type = 'sequence'
  and step.audience_id = record.audience_id
  and step.object -> 'content' -> 'sequence' -> 'entries' @> to_jsonb(record.digest::text))`

const ids = (rows: readonly { readonly consultation: ConsultationId }[]) =>
  rows.map(({ consultation }) => consultation)

/** Signatures by which an organisation of this node would be, or is, the home. */
const moved = (own: readonly OrganisationId[], of: 'record' | 'question') =>
  sql`moved.type = 'rehome' and moved.audience_id = ${sql.ref(`${of}.audience_id`)}
    and (moved.object -> 'content' -> 'rehome' ->> 'to')::uuid = any (${own}::uuid[])`

/** Whether an organisation of this node convened the room, or may have become its home since. */
const mayBeHome = (own: readonly OrganisationId[], of: 'record' | 'question') =>
  sql`(exists (select from shared_object as led
      where led.audience_id = ${sql.ref(`${of}.audience_id`)} and led.type = 'question'
      and led.organisation = any (${own}::uuid[]))
    or exists (select from shared_object as moved where ${moved(own, of)}))`

/** Where something has come that is in no step; where the home has changed, steps hold no more. */
async function listUnordered(tx: Tx): Promise<readonly ConsultationId[]> {
  const own = await listOwn(tx)
  const { rows } = await sql<{ consultation: ConsultationId }>`
    select distinct record.audience_id as consultation from network_record as record
    where record.audience_id in ${voted} and record.object_type = any (${[...orderedTypes]})
      and record.statement is not null and not record.waiting
      and ${mayBeHome(own, 'record')}
      and (not ${inOrder} or exists (select from shared_object as moved
        where ${moved(own, 'record')} and not exists (select from shared_object as step
          where step.type = 'sequence' and step.audience_id = record.audience_id
          and step.organisation = any (${own}::uuid[]) and step.kept_at >= moved.kept_at)))`.execute(
    tx,
  )
  return ids(rows)
}

/** So many stand in one step at most. */
const STEP = 256

async function sayOrder(app: App, tx: Tx, consultation: ConsultationId): Promise<void> {
  const looked = await readHome(app, tx, consultation)
  if (!looked) return
  const { room, home } = looked
  const { now, waiting, terms, evidence } = home
  const own = await listOwn(tx)
  if (waiting.length === 0 || !own.includes(now.home)) return
  const last = lastStep(terms, evidence.sequences)
  await tellRoom(app, tx, { room, organisation: now.home }, (parts) =>
    sequenceObject({
      ...parts,
      sequence: {
        ...{ consultation, home: now.home, term: now.term },
        place: (last?.place ?? 0) + 1,
        previous: last?.digest ?? null,
        entries: waiting.slice(0, STEP),
      },
    }),
  )
}

/** Where a vote is over that a home of this node has not counted, or something came since it did. */
async function listUncounted(tx: Tx, now: Instant): Promise<readonly ConsultationId[]> {
  const own = await listOwn(tx)
  const { rows } = await sql<{ consultation: ConsultationId }>`
    select distinct question.audience_id as consultation from shared_object as question
    where question.type = 'question'
      and question.object -> 'content' -> 'proposal' -> 'method' ->> 'kind' <> 'silence'
      and (question.object -> 'content' -> 'proposal' ->> 'closes_at')::timestamptz < ${now}
      and ${mayBeHome(own, 'question')}
      and not exists (select from shared_object as done
        where done.type = 'decision' and done.audience_id = question.audience_id
        and done.object -> 'content' ->> 'question' = question.digest)
      and not exists (select from shared_object as later
        where later.type = 'question-end' and later.audience_id = question.audience_id
        and later.object -> 'content' @> jsonb_build_object(
          'proposal', question.object -> 'content' -> 'proposal' -> 'id',
          'reading', question.object -> 'content' -> 'proposal' -> 'reading'))
      and not exists (select from shared_object as told
        where told.type = 'tally' and told.audience_id = question.audience_id
        and told.organisation = any (${own}::uuid[])
        and told.object -> 'content' ->> 'question' = question.digest
        and not exists (select from shared_object as came
          where came.type in ('ballot', 'proof') and came.audience_id = question.audience_id
          and came.kept_at > told.kept_at)
        and not exists (select from barred_record as came
          where came.audience_id = question.audience_id and came.kept_at > told.kept_at))`.execute(
    tx,
  )
  return ids(rows)
}

/** Each vote that nobody can change any more, as the ballots that are here say it. */
async function sayCount(app: App, tx: Tx, consultation: ConsultationId): Promise<void> {
  const looked = await readHome(app, tx, consultation)
  if (!looked) return
  const { room, all, home } = looked
  const { home: organisation } = home.now
  if (!(await listOwn(tx)).includes(organisation)) return
  for (const standing of all.filter(isByBallots)) {
    const { poll, question, evidence, by, outcome } = standing
    const { tally } = by
    if (outcome === 'withdrawn' || outcome === 'running' || outcome === 'unproven') continue
    if (recordOf(question, evidence)) continue
    const told = toldTally(standing, home)?.said.tally
    if (told && canonicalJson(told as Json) === canonicalJson(tally as Json)) continue
    const { id: proposal, reading } = poll.proposal
    const digest = await tellRoom(app, tx, { room, organisation }, (parts) =>
      tallyObject({
        ...{ ...parts, proposal, reading, question: question.digest, tally },
        expelled: [...poll.room.expelled],
      }),
    )
    const deed = { at: app.clock(), actor: system, organisation, subject: proposal }
    const details = { consultation, reading, outcome: tally.outcome, digest }
    await recordAudit(tx, { ...deed, act: 'proposal.counted', details })
  }
}

type LeftOut = {
  readonly consultation: ConsultationId
  readonly organisation: OrganisationId
  readonly digests: readonly Sha256[]
}

/** What organisations of this node said long ago, and nobody has put in order or complained of. */
async function listLeftOut(tx: Tx, since: Instant): Promise<readonly LeftOut[]> {
  const own = await listOwn(tx)
  const { rows } = await sql<LeftOut>`
    select record.audience_id as consultation, record.organisation,
      array_agg(record.digest order by record.seq) as digests
    from network_record as record
    where record.organisation = any (${own}::uuid[]) and record.audience_id in ${voted}
      and record.object_type = any (${[...orderedTypes]}) and record.statement is not null
      and record.object_type <> 'complaint' and record.kept_at < ${since} and not ${inOrder}
      and exists (select from shared_object as proof where proof.type = 'proof'
        and proof.audience_id = record.audience_id and proof.organisation = record.organisation
        and proof.object -> 'content' -> 'digests' @> to_jsonb(record.digest::text))
      and not exists (select from shared_object as said where said.type = 'complaint'
        and said.organisation = record.organisation and said.audience_id = record.audience_id
        and said.object -> 'content' -> 'complaint' ->> 'missing' = record.digest)
    group by record.audience_id, record.organisation`.execute(tx)
  return rows
}

async function sayLeftOut(
  app: App,
  tx: Tx,
  { consultation, organisation, digests }: LeftOut,
): Promise<void> {
  const looked = await readHome(app, tx, consultation)
  if (!looked || looked.home.now.home === organisation) return
  const { room, said, home } = looked
  const { now, order, evidence } = home
  const complained = new Set(evidence.complaints.map(({ complaint }) => complaint.missing))
  const proofOf = new Map(said.proofs.map((text) => [digestIn(text), text]))
  for (const record of evidence.records) {
    const { digest: missing } = record
    const proof = proofOf.get(missing)
    const isDue = digests.includes(missing) && !complained.has(missing)
    if (!isDue || !proof || !isOverdue(record, order, app.clock())) continue
    await tellRoom(app, tx, { room, organisation }, (parts) =>
      complaintObject({
        ...parts,
        complaint: { consultation, home: now.home, term: now.term, missing },
        proof,
      }),
    )
    const deed = { at: app.clock(), actor: system, organisation, subject: consultation }
    const details = { home: now.home, missing }
    await recordAudit(tx, { ...deed, act: 'consultation.left-out', details })
  }
}

/** Of which record it is the proof. */
const digestIn = (proof: string): string =>
  Buffer.from(readProof(proof)?.digest ?? []).toString('hex')
