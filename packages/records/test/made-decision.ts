import { type Poll, quietRoom } from '@tocsin/domain/ballot.ts'
import type { Instant, Sha256 } from '@tocsin/domain/brand.ts'
import { judgeSilence } from '@tocsin/domain/silence.ts'
import { countBallots, type Tally } from '@tocsin/domain/tally.ts'
import { digestOf } from '../src/jws.ts'
import { readKept } from '../src/record.ts'
import { readRoom } from '../src/room-evidence.ts'
import { type Decision, decisionObject } from '../src/stix/decision.ts'
import { tallyObject } from '../src/stix/tally.ts'
import { home, hour, type MadeRoom, makeRoom } from './made-room.ts'

/** What the home node makes of a room; each part can be made to lie. */
export type Lies = {
  readonly tally?: (tally: Tally) => Tally
  readonly decision?: (decision: Decision) => Decision
  readonly decidedAt?: number | null
  /** When the home counts, in hours. */
  readonly countedAt?: number
}

/** The room as a node reads it that has checked everything when it came. */
export const evidenceOf = (room: MadeRoom) =>
  readRoom(
    room.file().records.map((record) => ({ digest: digestOf(record), ...readKept(record) })),
    room.times,
  )

const pollOfRoom = ({ asked, texts }: MadeRoom): Poll => ({
  proposal: asked,
  texts,
  room: quietRoom,
})

const common = ({ asked, texts, question }: MadeRoom) => ({
  year: 2026,
  number: 7,
  proposal: asked.id,
  reading: asked.reading,
  question,
  text: asked.text,
  texts,
  recused: [...asked.recused],
  legalBasis: ['Article 54 of the Charter'],
  addressees: ['The Secretary-General'],
  evidence: [],
  followUp: '2026-12-02' as Decision['followUp'],
})

/** The home counts, and says what is decided. */
export async function decideByBallot(room: MadeRoom, lies: Lies = {}): Promise<Sha256> {
  const { ballots } = await evidenceOf(room)
  const { countedAt = 50 } = lies
  const honest = countBallots(pollOfRoom(room), ballots, hour(countedAt))
  const tally = lies.tally?.(honest) ?? honest
  const { asked, question } = room
  const counted = room.say(home, countedAt, (said) =>
    tallyObject({
      ...said,
      proposal: asked.id,
      reading: asked.reading,
      question,
      tally,
      expelled: [],
    }),
  )
  const votes = tally.counted.map(({ organisation, choice }) => ({ organisation, choice }))
  const isCounted = (digest: Sha256) => tally.counted.some((one) => one.digest === digest)
  const dissent = ballots.flatMap(({ digest, ballot }) =>
    isCounted(digest) && ballot.choice === 'no' && ballot.explanation !== null
      ? [{ organisation: ballot.organisation, text: ballot.explanation }]
      : [],
  )
  const { decidedAt = 51 } = lies
  return room.say(home, decidedAt, (said) => {
    const decision: Decision = {
      ...said,
      ...common(room),
      outcome: tally.outcome as Decision['outcome'],
      ground: { kind: 'tally', tally: counted },
      present: votes.map(({ organisation }) => organisation),
      votes,
      dissent,
    }
    return decisionObject(lies.decision?.(decision) ?? decision)
  })
}

/** Silence has ended. */
export async function decideBySilence(room: MadeRoom, lies: Lies = {}): Promise<Sha256> {
  const { positions } = await evidenceOf(room)
  const { decidedAt = 100 } = lies
  const silence = judgeSilence(pollOfRoom(room), positions, hour(decidedAt ?? 100) as Instant)
  const received = silence.members.filter(({ receivedAt }) => receivedAt !== null)
  const broken = positions.flatMap(({ position: { member, stance } }) =>
    stance.kind === 'break-silence' ? [{ organisation: member, text: stance.reasons }] : [],
  )
  return room.say(home, decidedAt, (said) => {
    const decision: Decision = {
      ...said,
      ...common(room),
      outcome: silence.outcome === 'broken' ? 'broken' : 'adopted',
      ground: {
        kind: 'silence',
        deadline: silence.deadline,
        positions: positions.map(({ digest }) => digest),
        expelled: [],
      },
      present: received.map(({ organisation }) => organisation),
      votes: [],
      dissent: broken,
    }
    return decisionObject(lies.decision?.(decision) ?? decision)
  })
}

/** Four vote, one changes its mind, one comes too late, and one that may not vote tries. */
export async function votedRoom(put: Parameters<typeof makeRoom>[0] = {}): Promise<MadeRoom> {
  const room = makeRoom(put)
  await room.vote('Ardenia', 8, 'yes')
  await room.vote('Belmara', 9, 'no')
  await room.vote('Dalesh', 10, 'no', { explanation: 'Thirty days are too few.' })
  await room.vote('Belmara', 30, 'yes')
  await room.vote('Corvane', 31, 'no')
  // Its clock is two hours behind; the witnesses' are not.
  await room.vote('Estuary Isles', 47, 'yes', { at: hour(45) })
  await room.vote('Estuary Isles', 49, 'no', { at: hour(47) })
  return room
}

const silence = { kind: 'silence', minimumMs: 24 * 3_600_000, extensionMs: 48 * 3_600_000 } as const

/** All but the State concerned have the text on record, and one asked for time. */
export function silentRoom(): MadeRoom {
  const room = makeRoom({ method: silence })
  const { stand } = room
  stand('Ardenia', 3, { kind: 'receipt' })
  stand('Belmara', 4, { kind: 'receipt' })
  stand('Dalesh', 3, { kind: 'agree', note: 'We offer two.' })
  stand('Belmara', 8, { kind: 'ask-for-time', until: hour(72), reasons: 'The cabinet meets.' })
  stand('Estuary Isles', 40, { kind: 'receipt' })
  return room
}
