import { type Actor, system } from '@tocsin/domain/actor.ts'
import type { Poll } from '@tocsin/domain/ballot.ts'
import type { Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import type { Amendment } from '@tocsin/domain/clauses.ts'
import type { Consultation, ConsultationId } from '@tocsin/domain/consultation.ts'
import { type ProposalOutcome, putOutOf } from '@tocsin/domain/deciding.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { entitledTo, type ProposalId, settledAt } from '@tocsin/domain/proposal.ts'
import { judgeSilence, type Silence } from '@tocsin/domain/silence.ts'
import { countBallots, countRecorded, isFinal, type Tally } from '@tocsin/domain/tally.ts'
import { pollOf, type RoomEvidence, readRoom } from '@tocsin/records/room-evidence.ts'
import { readAmendmentObject } from '@tocsin/records/stix/amendment.ts'
import type { App } from '../app.ts'
import { requireRoom } from '../consultations/queries.ts'
import type { As } from '../database/database.ts'
import { holdId } from '../docket/numbering.ts'
import { listExpelled } from '../network/members.ts'
import { timesBy } from './proven-times.ts'
import { readDeciding, type Said } from './said.ts'
import { policyFor } from './witnesses.ts'

/*
 * What was put and said stands in the records, and nowhere else: how a proposal stands is counted anew
 * from them whenever somebody asks, by the same rules on every node.
 */

export type Question = RoomEvidence['questions'][number]

/** How one reading of a proposal stands, and on what that rests. */
export type Standing = {
  readonly question: Question
  /** The reading before; undefined for the first. */
  readonly before: Question | undefined
  readonly poll: Poll
  /** What the room said, with the ballots on this proposal and no others. */
  readonly evidence: RoomEvidence
  readonly outcome: ProposalOutcome
  /** When nothing that anybody says can change the outcome any more. */
  readonly deadline: Instant
  /** By which of the two it is decided. */
  readonly by:
    | { readonly kind: 'silence'; readonly silence: Silence }
    | { readonly kind: 'ballots'; readonly tally: Tally }
}

/** Every proposal of a room in its last reading, the first that was put first. */
export async function standingsOf(
  app: App,
  as: As,
  inRoom: Consultation,
  said: Said,
): Promise<readonly Standing[]> {
  const { records, proofs } = said
  const at = app.clock()
  const expelled = await as(system, listExpelled)
  const { questions } = await readRoom(records, new Map())
  const readings = readingsOf(questions, inRoom)
  const lasts = readings.filter(
    ({ said: { proposal } }) =>
      !readings.some(({ said: { proposal: other } }) => {
        return other.id === proposal.id && other.reading > proposal.reading
      }),
  )
  const all: Standing[] = []
  // Mostly the same members decide on all of it.
  const rooms = new Map<string, RoomEvidence>()
  for (const question of lasts) {
    const { proposal } = question.said
    const policy = await as(system, (tx) => policyFor(app, tx, takingPart(question)))
    const known = rooms.get(policy.text)
    const room = known ?? (await readRoom(records, timesBy(app, policy, proofs)))
    rooms.set(policy.text, room)
    const evidence = { ...room, ballots: ballotsOn(proposal.id, room) }
    const before = readings.find(
      ({ said }) =>
        said.proposal.id === proposal.id && said.proposal.reading === proposal.reading - 1,
    )
    // Silence is counted by what the room was told alone: else it would end otherwise on each node.
    const here = proposal.method.kind === 'silence' ? [] : expelled
    const poll = pollOf(evidence, question, putOutOf(proposal, inRoom, here))
    const counted = { poll, evidence, question, said, at }
    all.push({ question, before, poll, evidence, ...standingAt(counted) })
  }
  return all
}

const ballotsOn = (id: ProposalId, { ballots }: RoomEvidence): RoomEvidence['ballots'] =>
  ballots.filter(({ ballot }) => ballot.proposal === id)

type Counted = Pick<Standing, 'poll' | 'evidence' | 'question'> & {
  readonly said: Said
  readonly at: Instant
}

/** Once it is decided it stands as it did then, whatever comes later. */
function standingAt(counted: Counted): Pick<Standing, 'outcome' | 'deadline' | 'by'> {
  const { poll, evidence, question, at } = counted
  const { proposal } = poll
  const decidedAt = recordOf(question, evidence)?.provenAt ?? null
  if (proposal.method.kind === 'silence') {
    const silence = judgeSilence(poll, evidence.positions, decidedAt ?? at)
    const { outcome, deadline } = silence
    return { outcome, deadline, by: { kind: 'silence', silence } }
  }
  const tally = tallyOf(counted)
  const deadline = settledAt(proposal, proposal.closesAt)
  const outcome = (): ProposalOutcome => {
    if (tally.outcome === 'withdrawn' || decidedAt !== null) return tally.outcome
    if (at <= deadline) return 'running'
    return isFinal(poll, evidence.ballots, at) ? tally.outcome : 'unproven'
  }
  return { outcome: outcome(), deadline, by: { kind: 'ballots', tally } }
}

function tallyOf({ poll, evidence, question, said, at }: Counted): Tally {
  const { ballots, tallies } = evidence
  const decision = recordOf(question, evidence)
  const ground = decision?.provenAt ? decision.said.ground : undefined
  const told = tallies.find(({ digest }) => ground?.kind === 'tally' && digest === ground.tally)
  const cameAt = said.records.find(({ digest }) => digest === decision?.digest)?.keptAt
  if (!told || !cameAt) return countBallots(poll, ballots, at)
  const isAfter = (digest: Sha256) => (said.shownAt.get(digest) ?? at) > cameAt
  return countRecorded(poll, ballots, { told: told.said.tally, isAfter, at })
}

/** The first record of what came of a reading, by whoever put it. */
export const recordOf = (
  question: Question,
  { decisions }: RoomEvidence,
): RoomEvidence['decisions'][number] | undefined =>
  decisions
    .filter(({ author, said }) => author === question.author && said.question === question.digest)
    .toSorted((one, other) => one.place - other.place)[0]

/** What whoever leads the room has put: of two texts for one reading the first. */
export function readingsOf(
  questions: readonly Question[],
  room: Consultation,
): readonly Question[] {
  const known = new Set<string>()
  return questions
    .filter(({ author }) => author === room.organisation)
    .toSorted((one, other) => one.place - other.place)
    .filter(({ said: { proposal } }) => {
      const key = `${proposal.id}/${proposal.reading}`
      return !known.has(key) && known.add(key)
    })
}

/** Those whose logs and witnesses count for a question: whoever put it, and all who have a say. */
export const takingPart = ({
  author,
  said,
}: {
  readonly author: OrganisationId
  readonly said: Pick<Question['said'], 'proposal'>
}): readonly OrganisationId[] => [
  ...new Set([author, ...entitledTo(said.proposal).map(({ organisation }) => organisation)]),
]

export function requireStanding(all: readonly Standing[], id: ProposalId): Standing {
  const found = all.find(({ poll }) => poll.proposal.id === id)
  if (!found) throw new Problem('proposal.not-found')
  return found
}

/** What stands and can still be changed: not over, not taken back, and not read anew meanwhile. */
export function requireRunning(
  all: readonly Standing[],
  id: ProposalId,
  reading?: number,
): Standing {
  const found = requireStanding(all, id)
  const { proposal } = found.poll
  if (reading !== undefined && reading !== proposal.reading) {
    throw new Problem('proposal.other-reading')
  }
  if (isTaken(found)) throw new Problem('proposal.over')
  return found
}

/** Taken back by whoever put it, whether that is proven yet or not. */
export const isTaken = ({ question, evidence, poll: { proposal } }: Standing): boolean =>
  evidence.ends.some(
    ({ author, said }) =>
      author === question.author &&
      said.proposal === proposal.id &&
      said.reading === proposal.reading,
  )

export type ToldAmendment = { readonly amendment: Amendment; readonly digest: Sha256 }

/** What was proposed, each by whoever it is of, in the order of its arrival. */
export const amendmentsIn = ({ records }: Said): readonly ToldAmendment[] =>
  records
    .filter(({ object }) => object.type === 'amendment')
    .map(({ object, digest, header }) => ({ ...readAmendmentObject(object), digest, header }))
    .filter(({ amendment, header }) => amendment.organisation === header.org)

type Held = {
  readonly room: Consultation
  readonly said: Said
  readonly all: readonly Standing[]
}

/** The room and how its proposals stand; nobody else puts or answers one until the transaction ends. */
export async function holdRoom(app: App, as: As, actor: Actor, id: ConsultationId): Promise<Held> {
  const room = await as(actor, async (tx) => {
    await holdId(tx, id)
    return requireRoom(tx, id)
  })
  const said = await readDeciding(as, actor, room)
  return { room, said, all: await standingsOf(app, as, room, said) }
}
