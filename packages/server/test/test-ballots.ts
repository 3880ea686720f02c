import * as ballots from '@tocsin/api/ballots.ts'
import * as api from '@tocsin/api/decisions.ts'
import { system } from '@tocsin/domain/actor.ts'
import type { Choice } from '@tocsin/domain/ballot.ts'
import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import type { ConsultationId } from '@tocsin/domain/consultation.ts'
import type { Putting } from '@tocsin/domain/deciding.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { ProposalId } from '@tocsin/domain/proposal.ts'
import type { Tally } from '@tocsin/domain/tally.ts'
import { Signed } from '@tocsin/records/jws.ts'
import { tallyObject } from '@tocsin/records/stix/tally.ts'
import { sql } from 'kysely'
import { requireRoom } from '../src/consultations/queries.ts'
import { isByBallots } from '../src/decisions/home.ts'
import { readDeciding } from '../src/decisions/said.ts'
import { standingsOf } from '../src/decisions/store.ts'
import { tellRoom } from '../src/decisions/tell.ts'
import { receiveRecord } from '../src/network/receive.ts'
import type { SoftwarePasskey } from './software-passkey.ts'
import type { TestPerson } from './test-people.ts'
import { putting } from './test-proposals.ts'
import type { Sharer } from './test-sharing.ts'

export type Three = readonly [Sharer, Sharer, Sharer]

export type Where = { readonly consultation: ConsultationId; readonly proposal: ProposalId }

/** The same text, put to ballots: more say yes than no. */
export const voting = (at: Instant, parts: Partial<Putting> = {}): Putting =>
  putting(at, { method: { kind: 'simple-majority', of: 'voting' }, quorum: 2, ...parts })

type Paper = {
  readonly reading?: number
  readonly explanation?: string | null
  /** The ballot's id. */
  readonly key?: string
  /** Another device than the officer's. */
  readonly device?: SoftwarePasskey
}

/** Casts a ballot as a browser would: answers why it does not count, as far as is known. */
export async function vote(
  { call, passkey }: TestPerson,
  one: Where,
  choice: Choice,
  { reading = 1, explanation = null, key = newId<string>(), device = passkey }: Paper = {},
): Promise<string | null> {
  const { ceremony, options } = await call(ballots.startBallot, {
    params: one,
    body: { reading, choice, explanation },
  })
  const { reason } = await call(ballots.castBallot, {
    params: { ...one, ballot: key },
    body: { ceremony, passkey: device.use(options) },
  })
  return reason
}

export const homeSeenBy = async ({ call }: TestPerson, consultation: ConsultationId) => {
  const { home } = await call(api.listProposals, { params: { consultation } })
  if (!home) throw new Error('nothing was put to ballots')
  return home
}

/** What somebody sees of one vote. */
export const voteSeenBy = async (
  { call }: TestPerson,
  { consultation, proposal }: Where,
): Promise<api.ProposalView & { readonly ballots: ballots.BallotsView }> => {
  const { proposals } = await call(api.listProposals, { params: { consultation } })
  const found = proposals.find(({ id }) => id === proposal)
  if (!found?.ballots) throw new Error('it was not put to ballots')
  return { ...found, ballots: found.ballots }
}

/** Whose ballots there are, what each says and how it stands, by whom it is of. */
export const linesOf = (
  { ballots: { lines } }: { readonly ballots: ballots.BallotsView },
  organisation: OrganisationId,
) =>
  lines
    .filter((one) => one.organisation === organisation)
    .map(({ choice, state, reason }) => [choice, reason ?? state])

/** How many records of a type a node holds with the proof that witnesses had seen them. */
export const provenOf = ({ app }: Sharer, type: string): Promise<number> =>
  app.db.as(system, async (tx) => {
    const { rows } = await sql<{ count: number }>`select count(*) from network_record as record
      where object_type = ${type} and exists (select from shared_object as proof
        where proof.type = 'proof' and proof.audience_id = record.audience_id
        and proof.object -> 'content' -> 'digests' @> to_jsonb(record.digest::text))`.execute(tx)
    return rows[0]?.count ?? 0
  })

/** Hands on what a node holds of another's words on votes, and answers what came of each record. */
export async function handOn(
  from: Sharer,
  to: Sharer,
  author: OrganisationId,
): Promise<readonly string[]> {
  const rows = await from.app.db.as(system, (tx) =>
    tx
      .selectFrom('network_record')
      .select('statement')
      .where('organisation', '=', author)
      .where('object_type', 'in', ['officers', 'ballot', 'proof'])
      .where('statement', 'is not', null)
      .orderBy('seq')
      .execute(),
  )
  const outcomes: string[] = []
  for (const { statement } of rows) {
    outcomes.push(await receiveRecord(to.app, Signed.parse(statement), from.own))
  }
  return outcomes
}

/** What a home tells that does not count as it should. */
export const tellTally = (
  { app, own: organisation }: Sharer,
  { consultation, proposal }: Where,
  falsify: (tally: Tally) => Tally,
): Promise<void> =>
  app.db.as(system, async (tx) => {
    const room = await requireRoom(tx, consultation)
    const said = await readDeciding(app.db.as, system, room)
    const standings = (await standingsOf(app, app.db.as, room, said)).filter(isByBallots)
    const standing = standings.find(({ poll }) => poll.proposal.id === proposal)
    if (!standing) throw new Error('it was not put to ballots')
    const { question, poll, by } = standing
    const { reading } = poll.proposal
    const tally = falsify(by.tally)
    await tellRoom(app, tx, { room, organisation }, (parts) =>
      tallyObject({
        ...{ ...parts, proposal, reading, question: question.digest, tally, expelled: [] },
      }),
    )
  })
