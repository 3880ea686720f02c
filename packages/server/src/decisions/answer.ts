import type * as api from '@tocsin/api/decisions.ts'
import type { Input } from '@tocsin/api/route.ts'
import { type Actor, type PersonActor, system } from '@tocsin/domain/actor.ts'
import type { PersonId, Sha256 } from '@tocsin/domain/brand.ts'
import { type Amendment, mergeAmendments } from '@tocsin/domain/clauses.ts'
import { type Answering, mayAnswerProposal } from '@tocsin/domain/deciding.ts'
import type { Position, PositionRefusal, PositionWay } from '@tocsin/domain/position.ts'
import { Problem, type ProblemCode } from '@tocsin/domain/problem.ts'
import { judgeSilence } from '@tocsin/domain/silence.ts'
import { amendmentObject } from '@tocsin/records/stix/amendment.ts'
import { positionObject } from '@tocsin/records/stix/position.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { requirePerson } from '../identity/step-up.ts'
import { amendmentsIn, holdRoom, requireRunning, type Standing } from './store.ts'
import { tellRoom } from './tell.ts'

/* What those do who have a say: propose another text, agree, ask for time, break silence. */

type Proposed = Input<typeof api.proposeAmendment>

/** Another text for one clause of the last reading; the same again proposes nothing more. */
export async function proposeAmendment(
  app: App,
  actor: Actor,
  { amendment: id, ...one }: Proposed['params'],
  { reading, change, reasons }: Proposed['body'],
): Promise<void> {
  const { organisation } = requirePerson(actor)
  await app.db.asOne(async (as) => {
    const { room, said, all } = await holdRoom(app, as, actor, one.consultation)
    if (!mayAnswerProposal(actor, room)) throw new Problem('proposal.no-say')
    if (amendmentsIn(said).some(({ amendment }) => amendment.id === id)) return
    const standing = requireRunning(all, one.proposal, reading)
    if (standing.outcome === 'adopted') throw new Problem('proposal.over')
    const at = app.clock()
    const { id: proposal, text } = standing.poll.proposal
    const amendment: Amendment = { id, proposal, reading, organisation, at, change, reasons }
    if ('fault' in mergeAmendments({ proposal, reading, text }, [amendment])) {
      throw new Problem('proposal.amendment-unfit')
    }
    await as(actor, async (tx) => {
      const digest = await tellRoom(app, tx, { room, organisation }, (parts) =>
        amendmentObject({ ...parts, amendment }),
      )
      const deed = { at, actor, organisation, subject: proposal }
      const details = { amendment: id, reading, digest }
      await recordAudit(tx, { ...deed, act: 'proposal.amendment-proposed', details })
    })
  })
}

type Answered = Input<typeof api.answerProposal>

/** Says something to a text in the organisation's name; what could have no effect is not put on record. */
export async function answerProposal(
  app: App,
  actor: Actor,
  { answer: key, ...one }: Answered['params'],
  { reading, answer }: Answered['body'],
): Promise<void> {
  const person = requirePerson(actor)
  const { organisation } = person
  await app.db.asOne(async (as) => {
    const { room, said, all } = await holdRoom(app, as, actor, one.consultation)
    if (!mayAnswerProposal(actor, room)) throw new Problem('proposal.no-say')
    if (isOnRecord(said, key)) return
    const standing = requireRunning(all, one.proposal, reading)
    // Nothing is said to a text that is decided by ballots but by ballots.
    if (standing.by.kind !== 'silence') throw new Problem('proposal.not-found')
    const way = await as(system, (tx) => wayOf(tx, person, answer))
    const position = positionOf(app, person, standing, { answer, way })
    refuse(refusalNow(app, person, standing, position))
    await as(actor, async (tx) => {
      const digest = await tellRoom(app, tx, { room, organisation }, (parts) =>
        positionObject({ ...parts, key, position }),
      )
      const deed = { at: app.clock(), actor, organisation, subject: one.proposal }
      const details = { kind: answer.kind, reading, member: position.member, digest }
      await recordAudit(tx, { ...deed, act: 'proposal.answered', details })
    })
  })
}

/** Whether this answer was given already, under the id that the client made for it. */
const isOnRecord = (
  { records }: { readonly records: readonly { readonly object: object }[] },
  key: string,
): boolean =>
  records.some(({ object }) => {
    const content = (object as { readonly content?: { readonly key?: unknown } }).content
    return content?.key === key
  })

/** Two people must have heard it: the officer who records it, and colleagues who were there. */
async function wayOf(
  tx: Tx,
  { person, organisation }: PersonActor,
  answer: Answering,
): Promise<PositionWay> {
  if (answer.kind !== 'heard') return { kind: 'record' }
  const wanted: readonly PersonId[] = [...new Set([person, ...answer.witnesses])]
  const rows = await tx
    .selectFrom('person')
    .select(['id as person', 'name'])
    .where('organisation', '=', organisation)
    .where('ended_at', 'is', null)
    .where('id', 'in', [...wanted])
    .orderBy('name')
    .execute()
  if (rows.length < wanted.length) throw new Problem('proposal.too-few-witnesses')
  return { kind: answer.by, witnesses: rows, heardAt: answer.heardAt }
}

function positionOf(
  app: App,
  { organisation }: PersonActor,
  { poll: { proposal, texts } }: Standing,
  { answer, way }: { readonly answer: Answering; readonly way: PositionWay },
): Position {
  const { id, reading } = proposal
  const parts = { proposal: id, reading, texts, way, at: app.clock() }
  if (answer.kind === 'heard') {
    return { ...parts, member: answer.member, stance: { kind: 'receipt' } }
  }
  return { ...parts, member: organisation, stance: answer }
}

const UNSAID = 'f'.repeat(64) as Sha256

/** Why it would have no effect if witnesses saw it now; the rule that counts it later decides. */
function refusalNow(
  app: App,
  { organisation: author }: PersonActor,
  { poll, evidence, outcome }: Standing,
  position: Position,
): PositionRefusal | undefined {
  const at = app.clock()
  const isReceipt = position.stance.kind === 'receipt'
  if (outcome === 'broken' || outcome === 'adopted') return 'after-deadline'
  const said = { position, author, digest: UNSAID, provenAt: at }
  const { refused, members } = judgeSilence(poll, [...evidence.positions, said], at)
  const member = members.find(({ organisation }) => organisation === position.member)
  if (isReceipt && member?.state === 'expelled') return 'expelled'
  return refused.find(({ digest }) => digest === UNSAID)?.reason
}

const codes: Readonly<Record<PositionRefusal, ProblemCode>> = {
  'unknown-proposal': 'proposal.not-found',
  'other-reading': 'proposal.other-reading',
  'wrong-text': 'proposal.other-reading',
  'not-eligible': 'proposal.no-say',
  recused: 'proposal.no-say',
  'not-the-author': 'proposal.no-say',
  expelled: 'proposal.no-say',
  'too-few-witnesses': 'proposal.too-few-witnesses',
  'beyond-extension': 'proposal.beyond-extension',
  'after-deadline': 'proposal.over',
}

function refuse(reason: PositionRefusal | undefined): void {
  if (reason) throw new Problem(codes[reason])
}
