import type { Actor } from '@tocsin/domain/actor.ts'
import type { Sha256 } from '@tocsin/domain/brand.ts'
import { mergeAmendments } from '@tocsin/domain/clauses.ts'
import type { Consultation, ConsultationId } from '@tocsin/domain/consultation.ts'
import {
  mayPutProposal,
  type NextReading,
  type Putting,
  proposalOf,
  rosterAt,
  sayIn,
} from '@tocsin/domain/deciding.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import {
  faultInProposal,
  type Proposal,
  type ProposalFault,
  type ProposalId,
} from '@tocsin/domain/proposal.ts'
import { hashTexts } from '@tocsin/records/proposal-text.ts'
import { questionEndObject, questionObject } from '@tocsin/records/stix/question.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { As } from '../database/database.ts'
import { requirePerson } from '../identity/step-up.ts'
import type { Said } from './said.ts'
import {
  amendmentsIn,
  holdRoom,
  requireRunning,
  requireStanding,
  type Standing,
  type ToldAmendment,
} from './store.ts'
import { tellRoom } from './tell.ts'

/* What whoever leads the room does: puts a text, reads it anew, takes it back. */

function refuse(fault: ProposalFault | undefined): void {
  if (!fault) return
  if (fault === 'text-not-whole' || fault === 'original-missing') {
    throw new Problem('proposal.text-not-whole')
  }
  const isShort = fault === 'closes-before-opening' || fault === 'too-short-for-silence'
  throw new Problem(isShort ? 'proposal.too-short' : 'proposal.not-possible')
}

type One = { readonly consultation: ConsultationId; readonly proposal: ProposalId }

/** Puts a text to ballots or under silence: the same again puts nothing, another text is another proposal. */
export async function putProposal(app: App, actor: Actor, one: One, put: Putting): Promise<void> {
  requirePerson(actor)
  await app.db.asOne(async (as) => {
    const { room, all } = await holdRoom(app, as, actor, one.consultation)
    if (all.some(({ poll }) => poll.proposal.id === one.proposal)) return
    if (!mayPutProposal(actor, room)) throw new Problem('permission.denied')
    const number = Math.max(0, ...all.map(({ poll }) => poll.proposal.number)) + 1
    const named = { id: one.proposal, number, at: app.clock(), room }
    if (put.item !== null && put.item > room.agenda.length) {
      throw new Problem('consultation.no-such-item')
    }
    const { item } = put
    const proposal = proposalOf(put, named)
    await putQuestion(app, as, actor, { room, proposal, item, accepted: [] })
  })
}

type Put = {
  readonly room: Consultation
  readonly proposal: Proposal
  /** Of the agenda. */
  readonly item: number | null
  readonly accepted: readonly Sha256[]
}

async function putQuestion(app: App, as: As, actor: Actor, put: Put): Promise<void> {
  const { room, proposal, item, accepted } = put
  refuse(faultInProposal(proposal))
  await as(actor, async (tx) => {
    const texts = hashTexts(proposal)
    const { id: subject, number, reading } = proposal
    const digest = await tellRoom(app, tx, { room, organisation: room.organisation }, (parts) =>
      questionObject({
        ...{ ...parts, proposal, texts, accepted: [...accepted] },
        ...(item !== null && { item }),
      }),
    )
    const deed = { at: app.clock(), actor, organisation: room.organisation, subject }
    const details = { consultation: room.id, number, reading, digest }
    await recordAudit(tx, { ...deed, act: 'proposal.put', details })
  })
}

/** The next reading takes the place of the last, with the amendments that are accepted. */
export async function putReading(
  app: App,
  actor: Actor,
  { reading, ...one }: One & { readonly reading: number },
  { accepted, closesAt }: NextReading,
): Promise<void> {
  requirePerson(actor)
  await app.db.asOne(async (as) => {
    const { room, said, all } = await holdRoom(app, as, actor, one.consultation)
    const last = requireStanding(all, one.proposal)
    if (last.poll.proposal.reading === reading) return
    if (!mayPutProposal(actor, room)) throw new Problem('permission.denied')
    requireRunning(all, one.proposal, reading - 1)
    if (last.outcome === 'adopted' || last.outcome === 'unproven')
      throw new Problem('proposal.over')
    const { proposal: before } = last.poll
    const chosen = acceptedOf(said, last, accepted)
    const merged = mergeAmendments(
      { proposal: before.id, reading: before.reading, text: before.text },
      chosen.map(({ amendment }) => amendment),
    )
    if ('fault' in merged) {
      const isSame = merged.fault === 'same-clause'
      throw new Problem(isSame ? 'proposal.same-clause' : 'proposal.amendment-unfit')
    }
    const at = app.clock()
    await endReading(app, as, actor, room, before, `P-${before.number}, ${reading}`)
    const proposal: Proposal = {
      ...before,
      ...rosterAt(room, { ...sayIn(before, room), at }),
      ...{ reading, text: merged.text, opensAt: at, closesAt },
    }
    const digests = chosen.map(({ digest }) => digest)
    const item = last.question.said.item ?? null
    await putQuestion(app, as, actor, { room, proposal, item, accepted: digests })
  })
}

/** Silence on a text that is read anew, or taken back, runs no more. */
async function endReading(
  app: App,
  as: As,
  actor: Actor,
  room: Consultation,
  { id, reading }: Pick<Proposal, 'id' | 'reading'>,
  reasons: string,
): Promise<void> {
  await as(actor, (tx) =>
    tellRoom(app, tx, { room, organisation: room.organisation }, (parts) =>
      questionEndObject({ ...parts, proposal: id, reading, reasons }),
    ),
  )
}

function acceptedOf(
  said: Said,
  { poll }: Standing,
  wanted: NextReading['accepted'],
): readonly ToldAmendment[] {
  const told = amendmentsIn(said)
  return wanted.map((id) => {
    const found = told.find(({ amendment }) => {
      return amendment.id === id && amendment.proposal === poll.proposal.id
    })
    if (!found) throw new Problem('proposal.amendment-unfit')
    return found
  })
}

export async function endProposal(
  app: App,
  actor: Actor,
  one: One,
  { reasons }: { readonly reasons: string },
): Promise<void> {
  requirePerson(actor)
  await app.db.asOne(async (as) => {
    const { room, all } = await holdRoom(app, as, actor, one.consultation)
    if (!mayPutProposal(actor, room)) throw new Problem('permission.denied')
    const { outcome, poll } = requireRunning(all, one.proposal)
    if (outcome !== 'running' && outcome !== 'not-lapsed') {
      throw new Problem('proposal.over')
    }
    await endReading(app, as, actor, room, poll.proposal, reasons)
    const deed = { at: app.clock(), actor, organisation: room.organisation, subject: one.proposal }
    await as(actor, (tx) => recordAudit(tx, { ...deed, act: 'proposal.ended', details: {} }))
  })
}
