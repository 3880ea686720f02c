import type { Outcome } from '@tocsin/api/people.ts'
import type { Actor } from '@tocsin/domain/actor.ts'
import type { Sha256 } from '@tocsin/domain/brand.ts'
import { type Consultation, ConsultationId } from '@tocsin/domain/consultation.ts'
import { mayPutProposal, Recording, settledBy } from '@tocsin/domain/deciding.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { ProposalId } from '@tocsin/domain/proposal.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import type { Tally } from '@tocsin/domain/tally.ts'
import { Decision, decisionObject } from '@tocsin/records/stix/decision.ts'
import { z } from 'zod'
import type { App } from '../app.ts'
import { type Execute, proposeAct } from '../approvals/four-eyes.ts'
import { recordAudit } from '../audit/audit.ts'
import { requireRoom } from '../consultations/queries.ts'
import type { Tx } from '../database/database.ts'
import { noteConsultation } from '../docket/acts.ts'
import { holdId, takeNumber } from '../docket/numbering.ts'
import { findMatter } from '../docket/queries.ts'
import { appendEntry } from '../docket/record.ts'
import { type Home, homeOf, isByBallots, tallyFindings, toldTally } from './home.ts'
import { readDeciding } from './said.ts'
import { namedSigners } from './signers.ts'
import { requireStanding, type Standing, standingsOf } from './store.ts'
import { tellRoom } from './tell.ts'

/*
 * The record of what came of a proposal: chair and secretary sign it, two officers of whoever led. It says
 * nothing but what follows from the records; whoever holds these counts again.
 */

type One = { readonly consultation: ConsultationId; readonly proposal: ProposalId }

/** What has a record: what is taken back has none. */
const decided = Decision.shape.outcome

/** The reading as it stands, if something came of it that has no record yet. */
async function requireDecided(app: App, tx: Tx, actor: Actor, one: One, reading: number) {
  await holdId(tx, one.consultation)
  const room = await requireRoom(tx, one.consultation)
  if (!mayPutProposal(actor, room)) throw new Problem('permission.denied')
  const said = await readDeciding(app.db.as, actor, room)
  const all = await standingsOf(app, app.db.as, room, said)
  const standing = requireStanding(all, one.proposal)
  const { proposal } = standing.poll
  if (proposal.reading !== reading) throw new Problem('proposal.other-reading')
  const outcome = decided.safeParse(standing.outcome).data
  if (!outcome) throw new Problem('proposal.not-decided')
  const told = isByBallots(standing) ? requireCount(standing, homeOf(room, said, all)) : undefined
  const isRecorded = standing.evidence.decisions.some(
    ({ said: decision }) => decision.question === standing.question.digest,
  )
  return { room, standing, outcome, told, isRecorded }
}

/** The home's tally, as long as nothing is found about it here. */
function requireCount(standing: Standing, home: Home | undefined): Sha256 {
  const told = home && toldTally(standing, home)
  if (!told || tallyFindings(standing, home).length > 0) throw new Problem('proposal.not-counted')
  return told.digest
}

export async function recordDecision(
  app: App,
  actor: Actor,
  one: One,
  recording: Recording,
): Promise<Outcome> {
  return app.db.as(actor, async (tx) => {
    const found = await requireDecided(app, tx, actor, one, recording.reading)
    if (found.isRecorded) return { state: 'done', alone: false, link: null }
    const { number, text, originals } = found.standing.poll.proposal
    const title = originals.flatMap((locale) => text.title[locale] ?? [])[0]
    const name = `${symbolOf('C', found.room)}, P-${number}: ${title}`
    const details = { ...one, recording, name }
    const act = { kind: 'decision.record', subject: one.proposal, details } as const
    return proposeAct(app, tx, actor, act, doRecordDecision)
  })
}

const Act = z.object({ consultation: ConsultationId, proposal: ProposalId, recording: Recording })

/** Both have read the same: what is recorded is what stands now, or nothing. */
export const doRecordDecision: Execute = async (app, tx, actor, { details, proposer }) => {
  // It says that two signed it.
  if (proposer === actor.person) throw new Problem('proposal.two-sign')
  const { recording, ...one } = Act.parse(details)
  const found = await requireDecided(app, tx, actor, one, recording.reading)
  if (found.isRecorded) return { link: null }
  const { room, outcome } = found
  const { organisation, isExercise } = room
  const at = app.clock()
  const what = isExercise ? 'drill-decision' : 'decision'
  const numbered = await takeNumber(tx, { organisation, at, what })
  const followed = followedBy(found)
  const signers = await namedSigners(app, recording, { first: proposer, second: actor.person })
  const digest = await tellRoom(app, tx, { room, organisation }, (parts) =>
    decisionObject({
      ...parts,
      ...numbered,
      outcome,
      ...followed,
      legalBasis: recording.legalBasis,
      addressees: recording.addressees,
      followUp: recording.followUp,
      ...signers,
    }),
  )
  const deed = { at, actor, organisation, subject: one.proposal }
  await recordAudit(tx, { ...deed, act: 'decision.recorded', details: { ...numbered, digest } })
  const settled = settledBy({ outcome, ...followed })
  await noteOnMatter(app, tx, actor, { room, decision: { ...numbered, isExercise }, settled })
  return { link: null }
}

type Noted = {
  readonly room: Consultation
  readonly decision: Parameters<typeof symbolOf>[1]
  readonly settled: ReturnType<typeof settledBy>
}

/**
 * The record of the matter says that the room was consulted and, where it decided, when: by symbols alone,
 * as the matter may be read by others than are in the room. What is decided after it was closed, too.
 */
async function noteOnMatter(
  app: App,
  tx: Tx,
  actor: Actor,
  { room, decision, settled }: Noted,
): Promise<void> {
  const matter = await findMatter(tx, room.matter)
  if (!matter) return
  const symbols = { room: symbolOf('C', room), decision: symbolOf('D', decision) }
  const said = { matter: matter.id, actor, text: null }
  const consultation = room.id
  if (matter.closedAt === null) {
    const held = { step: 'held', with: `${symbols.room}, ${symbols.decision}` } as const
    const facts = { ...held, consultation }
    await noteConsultation(app, tx, { ...said, facts })
  }
  if (!settled) return
  const facts = { ...symbols, consultation, outcome: settled }
  await appendEntry(app, tx, { ...said, kind: 'matter.decided', facts })
}

type Followed = Pick<
  Decision,
  | ('proposal' | 'reading' | 'question' | 'text' | 'texts' | 'ground' | 'present')
  | ('recused' | 'votes' | 'dissent' | 'evidence')
>

type Found = Awaited<ReturnType<typeof requireDecided>>

/** What follows from the records, and nothing that anybody could choose. */
function followedBy({ standing, told }: Found): Followed {
  const { question, poll } = standing
  const { proposal, texts } = poll
  const { id, reading, text, recused } = proposal
  return {
    ...{ proposal: id, reading, question: question.digest, text, texts, recused },
    ...(isByBallots(standing) && told ? byBallots(standing, told) : bySilence(standing)),
    evidence: [...question.said.accepted],
  }
}

type Said = Pick<Followed, 'ground' | 'present' | 'votes' | 'dissent'>

function bySilence({ by, deadline, evidence, poll }: Standing): Said {
  if (by.kind !== 'silence') throw new Problem('proposal.not-decided')
  const { members, refused } = by.silence
  const without = new Set(refused.map(({ digest }) => digest))
  const counted = evidence.positions.filter(({ digest }) => !without.has(digest))
  const received = members.filter(({ receivedAt }) => receivedAt !== null)
  return {
    ground: {
      kind: 'silence',
      deadline,
      positions: counted.map(({ digest }) => digest),
      expelled: [...poll.room.expelled],
    },
    present: received.map(({ organisation }) => organisation),
    votes: [],
    dissent: counted.flatMap(({ position: { member, stance } }) =>
      stance.kind === 'break-silence' ? [{ organisation: member, text: stance.reasons }] : [],
    ),
  }
}

function byBallots(
  standing: Standing & { readonly by: { readonly tally: Tally } },
  tally: Sha256,
): Said {
  const { counted } = standing.by.tally
  const votes = counted.map(({ organisation, choice }) => ({ organisation, choice }))
  const choiceOf = new Map(counted.map(({ digest, choice }) => [digest, choice]))
  return {
    ground: { kind: 'tally', tally },
    present: counted.map(({ organisation }) => organisation),
    votes,
    dissent: standing.evidence.ballots.flatMap(({ digest, ballot }) => {
      const { organisation, explanation: text } = ballot
      const choice = choiceOf.get(digest)
      return choice && choice !== 'yes' && text !== null ? [{ organisation, text }] : []
    }),
  }
}
