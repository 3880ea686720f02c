import type * as api from '@tocsin/api/decisions.ts'
import type { Member, ProposalView } from '@tocsin/api/decisions.ts'
import type { Output } from '@tocsin/api/route.ts'
import { type Actor, system } from '@tocsin/domain/actor.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import type { Consultation, ConsultationId } from '@tocsin/domain/consultation.ts'
import { latestEnd } from '@tocsin/domain/deciding.ts'
import type { GivenPosition } from '@tocsin/domain/position.ts'
import type { SilentMember } from '@tocsin/domain/silence.ts'
import type { App } from '../app.ts'
import { knownNames } from '../consultations/names.ts'
import { requireRoom } from '../consultations/queries.ts'
import type { Tx } from '../database/database.ts'
import { requirePerson } from '../identity/step-up.ts'
import { ballotsView, homeView, type NameOf, type Sight } from './ballot-views.ts'
import { homeOf } from './home.ts'
import { readDeciding } from './said.ts'
import { amendmentsIn, recordOf, type Standing, standingsOf } from './store.ts'

/** The proposals of a room, each counted from the records that are here. */
export async function readProposals(
  app: App,
  actor: Actor,
  id: ConsultationId,
): Promise<Output<typeof api.listProposals>> {
  const reader = requirePerson(actor)
  const { organisation } = reader
  return app.db.asOne(async (as) => {
    const room = await as(actor, (tx) => requireRoom(tx, id))
    const said = await readDeciding(as, actor, room)
    const all = await standingsOf(app, as, room, said)
    const nameOf = await namesFor(app, room, all)
    const colleagues = await as(system, (tx) => listColleagues(tx, organisation))
    const at = app.clock()
    const sight = { room, said, actor: reader, at, nameOf, home: homeOf(room, said, all) }
    return {
      asOf: at,
      proposals: all.map((one) => viewOf(one, sight)).reverse(),
      home: homeView(all, sight),
      colleagues,
    }
  })
}

/** Names by which this node knows them; of whom it does not, the one by which the room does. */
async function namesFor(app: App, room: Consultation, all: readonly Standing[]): Promise<NameOf> {
  const named = [
    { organisation: room.organisation, name: room.organisationName },
    ...room.seats,
    ...room.concerned,
  ]
  const inRoom = new Map(named.map(({ organisation, name }) => [organisation, name]))
  const roster = all.flatMap(({ poll }) => poll.proposal.roster)
  const known = await knownNames(app, [
    ...named,
    ...roster.map(({ organisation }) => ({ organisation, name: organisation })),
  ])
  return (organisation) => known({ organisation, name: inRoom.get(organisation) ?? organisation })
}

/** Whoever could have been there when a member said something by telephone. */
const listColleagues = (tx: Tx, organisation: OrganisationId) =>
  tx
    .selectFrom('person')
    .select(['id as person', 'name'])
    .where('organisation', '=', organisation)
    .where('ended_at', 'is', null)
    .orderBy('name')
    .execute()

function viewOf(standing: Standing, sight: Sight): ProposalView {
  const { said, nameOf } = sight
  const { question, before, poll, evidence, outcome, deadline } = standing
  const silence = standing.by.kind === 'silence' ? standing.by.silence : undefined
  const { proposal } = poll
  const { id, number, reading, text, originals, opensAt, closesAt } = proposal
  const { method, quorum, mayChange, isSealed } = proposal
  const end = evidence.ends.find(({ author, said: one }) => {
    return author === question.author && one.proposal === id && one.reading === reading
  })
  const accepted = new Set(question.said.accepted)
  const positionOf = new Map(evidence.positions.map((one) => [one.digest, one]))
  return {
    ...{ id, number, reading, text, originals, opensAt, closesAt },
    ...{ method, quorum, mayChange, isSealed },
    item: question.said.item ?? null,
    putAt: question.said.saidAt,
    ballots: ballotsView(standing, sight),
    before: before?.said.proposal.text ?? null,
    deadline,
    latestEnd: latestEnd(proposal),
    outcome,
    endedFor: end?.said.reasons ?? null,
    members: (silence?.members ?? []).map((one) => memberOf(standing, one, sight)),
    amendments: amendmentsIn(said)
      .filter(({ amendment }) => amendment.proposal === id && reading - amendment.reading <= 1)
      .map(({ amendment, digest }) => ({
        ...{ id: amendment.id, at: amendment.at, change: amendment.change },
        ...{ reasons: amendment.reasons, reading: amendment.reading },
        organisationName: nameOf(amendment.organisation),
        isAccepted: accepted.has(digest),
      })),
    decision: decisionIn(standing),
    refused: (silence?.refused ?? []).flatMap(({ digest, reason }) => {
      const given = positionOf.get(digest)
      return given && isOf(given, standing) ? [{ name: nameOf(given.author), reason }] : []
    }),
  }
}

/** The first record of what came of this reading, by whoever led. */
function decisionIn({ question, evidence }: Standing): ProposalView['decision'] {
  const found = recordOf(question, evidence)
  if (!found) return null
  const { year, number, isExercise, outcome, saidAt, legalBasis, addressees, followUp } = found.said
  const { provenAt } = found
  const words = { legalBasis: [...legalBasis], addressees: [...addressees], followUp }
  return { year, number, isExercise, outcome, saidAt, provenAt, ...words }
}

/** What is said of another proposal or another reading is no fault of whoever said it. */
const isOf = ({ position }: GivenPosition, { poll: { proposal } }: Standing): boolean =>
  position.proposal === proposal.id && position.reading === proposal.reading

function memberOf(standing: Standing, member: SilentMember, { nameOf }: Sight): Member {
  const { evidence, by } = standing
  const list = by.kind === 'silence' ? by.silence.refused : []
  const refused = new Set(list.map(({ digest }) => digest))
  const own = evidence.positions.filter((one) => {
    const isHeld = isOf(one, standing) && !refused.has(one.digest)
    return isHeld && one.position.member === member.organisation
  })
  const spoken = own.find(
    ({ provenAt, position }) =>
      provenAt === member.saidAt && provenAt !== null && position.stance.kind !== 'receipt',
  )
  const receipt = own.find(({ provenAt }) => provenAt === member.receivedAt && provenAt !== null)
  const way = receipt?.position.way
  const waiting = own.filter(({ provenAt }) => provenAt === null).at(-1)
  return {
    ...member,
    name: nameOf(member.organisation),
    witnesses: way && way.kind !== 'record' ? way.witnesses.length : 0,
    words: spoken ? wordsIn(spoken) : null,
    pending: waiting?.position.stance.kind ?? null,
  }
}

function wordsIn({ position: { stance } }: GivenPosition): string | null {
  if (stance.kind === 'receipt') return null
  return stance.kind === 'agree' ? stance.note : stance.reasons
}
