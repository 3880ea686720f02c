import { type Actor, system } from '@tocsin/domain/actor.ts'
import type { Poll } from '@tocsin/domain/ballot.ts'
import type { Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import type { Amendment } from '@tocsin/domain/clauses.ts'
import type { Consultation, ConsultationId } from '@tocsin/domain/consultation.ts'
import { putOutOf } from '@tocsin/domain/deciding.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { entitledTo, type ProposalId } from '@tocsin/domain/proposal.ts'
import { judgeSilence, type Silence } from '@tocsin/domain/silence.ts'
import { Signed } from '@tocsin/records/jws.ts'
import { readProof } from '@tocsin/records/log/proof-file.ts'
import { provenTimes } from '@tocsin/records/log/proven-time.ts'
import { RecordedObject, readKept } from '@tocsin/records/record.ts'
import {
  type CheckedRecord,
  pollOf,
  type RoomEvidence,
  readRoom,
} from '@tocsin/records/room-evidence.ts'
import { readAmendmentObject } from '@tocsin/records/stix/amendment.ts'
import { readProofsObject } from '@tocsin/records/stix/proofs.ts'
import type { App } from '../app.ts'
import { requireRoom } from '../consultations/queries.ts'
import type { As, Tx } from '../database/database.ts'
import { holdId } from '../docket/numbering.ts'
import { audienceOf } from './tell.ts'
import { policyFor } from './witnesses.ts'

/*
 * What was put and said stands in the records, and nowhere else: how a proposal stands is counted anew
 * from them whenever somebody asks, by the same rules on every node.
 */

/** What decides, and whose time must be proven. */
export const decidingTypes = [
  'question',
  'question-end',
  'amendment',
  'position',
  'decision',
] as const

export type Question = RoomEvidence['questions'][number]

/** A record as it was signed, and what it says. */
type HeldRecord = CheckedRecord & { readonly statement: Signed }

export type Said = {
  readonly records: readonly HeldRecord[]
  readonly proofs: readonly string[]
}

/** The records of a room that decide something, as far as the reader may read them. */
export async function readDeciding(as: As, actor: Actor, room: Consultation): Promise<Said> {
  const audience = audienceOf(room.id)
  const { ids, proofs } = await as(actor, async (tx) => {
    const seen = tx.selectFrom('shared_object').where('audience_id', '=', audience)
    const types = [...decidingTypes]
    return {
      ids: (await seen.select('id').where('type', 'in', types).execute()).map(({ id }) => id),
      proofs: await seen.select('object').where('type', '=', 'proof').execute(),
    }
  })
  const rows = ids.length === 0 ? [] : await as(system, (tx) => listRecords(tx, audience, ids))
  return {
    records: rows.map((row) => {
      const statement = Signed.parse(row.statement)
      return { digest: row.digest, statement, ...readKept(statement) }
    }),
    proofs: proofs.flatMap(({ object }) => proofsIn(object)),
  }
}

/** Each version: the first that was told stands, whatever its author told later under its name. */
const listRecords = (tx: Tx, audience: ReturnType<typeof audienceOf>, ids: readonly string[]) =>
  tx
    .selectFrom('network_record')
    .select(['digest', 'statement'])
    .where('audience_id', '=', audience)
    .where('object_id', 'in', [...ids])
    .where('statement', 'is not', null)
    .where('waiting', '=', false)
    .orderBy('seq')
    .execute()

const proofsIn = (object: unknown): readonly string[] =>
  readProofsObject(RecordedObject.parse(object)).proofs

/** How one reading of a proposal stands, and on what that rests. */
export type Standing = {
  readonly question: Question
  /** The reading before; undefined for the first. */
  readonly before: Question | undefined
  readonly poll: Poll
  readonly evidence: RoomEvidence
  readonly silence: Silence
}

/** Every proposal of a room in its last reading, the first that was put first. */
export async function standingsOf(
  app: App,
  as: As,
  room: Consultation,
  { records, proofs }: Said,
): Promise<readonly Standing[]> {
  const at = app.clock()
  const { questions } = await readRoom(records, new Map())
  const readings = readingsOf(questions, room)
  const lasts = readings.filter(
    ({ said: { proposal } }) =>
      !readings.some(({ said: { proposal: other } }) => {
        return other.id === proposal.id && other.reading > proposal.reading
      }),
  )
  const all: Standing[] = []
  for (const question of lasts) {
    const { proposal } = question.said
    const times = await as(system, (tx) => timesBy(app, tx, question, proofs))
    const evidence = await readRoom(records, times)
    const poll = pollOf(evidence, question, putOutOf(proposal, room))
    // Once it is decided it stands as it did then, whatever comes later.
    const decidedAt = recordOf(question, evidence)?.provenAt
    const silence = judgeSilence(poll, evidence.positions, decidedAt ?? at)
    const before = readings.find(
      ({ said }) =>
        said.proposal.id === proposal.id && said.proposal.reading === proposal.reading - 1,
    )
    all.push({ question, before, poll, evidence, silence })
  }
  return all
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
function readingsOf(questions: readonly Question[], room: Consultation): readonly Question[] {
  const known = new Set<string>()
  return questions
    .filter(({ author, said: { proposal } }) => {
      return author === room.organisation && proposal.method.kind === 'silence'
    })
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

async function timesBy(
  app: App,
  tx: Tx,
  question: Question,
  proofs: readonly string[],
): Promise<ReadonlyMap<Sha256, Instant>> {
  const { policy } = await policyFor(app, tx, takingPart(question))
  return provenTimes(
    proofs.flatMap((text) => readProof(text) ?? []),
    policy,
  )
}

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
