import type { Outcome } from '@tocsin/api/people.ts'
import { type Actor, system } from '@tocsin/domain/actor.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import {
  type Consultation,
  ConsultationId,
  conveningFault,
  ITEMS,
  SEATS,
  SeatRole,
  type Settlement,
  standingOf,
} from '@tocsin/domain/consultation.ts'
import { maySignForMatter, mayWorkOnMatter } from '@tocsin/domain/docket-access.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { WIDENING_DELAY_MS } from '@tocsin/domain/sharing.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { z } from 'zod'
import type { App } from '../app.ts'
import { type Execute, proposeAct } from '../approvals/four-eyes.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { noteConsultation } from '../docket/acts.ts'
import { holdId } from '../docket/numbering.ts'
import { findMatter, getMatter } from '../docket/queries.ts'
import { takeOut } from '../network/apply-audiences.ts'
import { composeVersion, listVersions, publishVersion } from '../network/audiences.ts'
import { listParties, partyOf } from '../network/parties.ts'
import { requireMayPassOn } from '../network/passing-on.ts'
import { openHearing } from './convene.ts'
import {
  audienceOf,
  findHearing,
  getRoom,
  publishHearing,
  publishRoom,
  type StandingRoom,
} from './store.ts'

/* What the organisation does that convened: the agenda, who comes and who goes, and the end. */

/** The room, held until the transaction ends, if the actor leads it and it is open. */
async function requireLed(tx: Tx, actor: Actor, id: ConsultationId): Promise<StandingRoom> {
  await holdId(tx, id)
  const found = await getRoom(tx, id)
  if (!mayWorkOnMatter(actor, found.room)) throw new Problem('permission.denied')
  if (found.room.closing !== null) throw new Problem('consultation.closed')
  return found
}

type Change = { readonly act: string; readonly details?: Readonly<Record<string, string | number>> }

async function change(
  app: App,
  tx: Tx,
  actor: Actor,
  { room: before, version }: StandingRoom,
  parts: Partial<Consultation>,
  { act, details = {} }: Change,
): Promise<Consultation> {
  const room = { ...before, ...parts }
  await publishRoom(app, tx, room, { version })
  const { organisation, id: subject } = room
  await recordAudit(tx, { at: app.clock(), actor, organisation, subject, act, details })
  return room
}

export async function addAgendaItem(
  app: App,
  actor: Actor,
  id: ConsultationId,
  { title }: { readonly title: string },
): Promise<{ n: number }> {
  return app.db.as(actor, async (tx) => {
    const found = await requireLed(tx, actor, id)
    const { agenda } = found.room
    if (agenda.length >= ITEMS) throw new Problem('consultation.agenda-full')
    const n = agenda.length + 1
    const item = { n, title, addedAt: app.clock(), settled: null }
    const deed = { act: 'consultation.item-added', details: { n } }
    await change(app, tx, actor, found, { agenda: [...agenda, item] }, deed)
    return { n }
  })
}

/** What was deferred is settled again once it comes up; what was decided or closed stands. */
export async function settleAgendaItem(
  app: App,
  actor: Actor,
  { consultation: id, n }: { readonly consultation: ConsultationId; readonly n: number },
  how: Settlement,
): Promise<void> {
  await app.db.as(actor, async (tx) => {
    const found = await requireLed(tx, actor, id)
    const item = found.room.agenda.find((one) => one.n === n)
    if (!item) throw new Problem('consultation.no-such-item')
    if (item.settled && item.settled.how.outcome !== 'deferred') {
      throw new Problem('consultation.item-settled')
    }
    const settled = { at: app.clock(), how }
    const agenda = found.room.agenda.map((one) => (one.n === n ? { ...one, settled } : one))
    const deed = { act: `consultation.item-${how.outcome}`, details: { n } }
    await change(app, tx, actor, found, { agenda }, deed)
  })
}

const Invitation = z.object({ consultation: ConsultationId, role: SeatRole })

async function requireInvitable(tx: Tx, { room }: StandingRoom, organisation: OrganisationId) {
  if (standingOf(room, organisation)) throw new Problem('consultation.seated-already')
  if (room.seats.length >= SEATS) throw new Problem('consultation.room-full')
  const parties = await listParties(tx)
  const owner = partyOf(parties, room.organisation)
  const alone = { participants: [organisation], observers: [], concerned: [] }
  const fault = conveningFault(alone, { owner, country: room.country, parties })
  if (fault) throw new Problem(`consultation.${fault}`)
  await requireMayPassOn(tx, await getMatter(tx, room.matter), [organisation])
  return partyOf(parties, organisation)
}

export async function inviteTo(
  app: App,
  actor: Actor,
  id: ConsultationId,
  { organisation, role }: { readonly organisation: OrganisationId; readonly role: SeatRole },
): Promise<Outcome> {
  return app.db.as(actor, async (tx) => {
    const found = await requireLed(tx, actor, id)
    const { name } = await requireInvitable(tx, found, organisation)
    const details = { consultation: id, role, name: `${symbolOf('C', found.room)}: ${name}` }
    const act = { kind: 'consultation.invite', subject: organisation, details } as const
    return proposeAct(app, tx, actor, act, doInvite)
  })
}

/** Those who are there see who comes before they come. */
export const doInvite: Execute = async (app, tx, actor, { subject, details }) => {
  const { consultation: id, role } = Invitation.parse(details)
  const organisation = subject as OrganisationId
  const found = await requireLed(tx, actor, id)
  const { name } = await requireInvitable(tx, found, organisation)
  const [newest] = await listVersions(tx, audienceOf(id))
  if (!newest) throw new Problem('audience.not-found')
  const { room } = found
  const since = addMilliseconds(app.clock(), WIDENING_DELAY_MS)
  const terms = {
    ...newest,
    members: [...newest.members, organisation],
    excluded: room.concerned.map((one) => one.organisation),
  }
  const draft = { id: audienceOf(id), owner: room.organisation, terms, country: room.country }
  const next = { version: newest.version + 1, effectiveAt: since }
  await publishVersion(app, tx, await composeVersion(app, tx, draft, next))
  const seats = [...room.seats, { organisation, name, role, since }]
  await change(app, tx, actor, found, { seats }, { act: 'consultation.invited' })
  return { link: null }
}

/** Protects, so one person does it, and at once: what has not left for them does not leave. */
export async function recuse(
  app: App,
  actor: Actor,
  id: ConsultationId,
  { organisation, reason }: { readonly organisation: OrganisationId; readonly reason: string },
): Promise<void> {
  await app.db.asOne(async (as) => {
    await as(actor, async (tx) => {
      const found = await requireLed(tx, actor, id)
      const { room } = found
      const standing = standingOf(room, organisation)
      if (standing === 'recused' || standing === 'convener') {
        throw new Problem('consultation.seated-already')
      }
      const party = partyOf(await listParties(tx), organisation)
      if (party.standing === 'unknown') throw new Problem('sharing.unknown-organisation')
      const one = { organisation, name: party.name, reason, since: app.clock(), heardSince: null }
      const seats = room.seats.filter((seat) => seat.organisation !== organisation)
      const parts = { seats, concerned: [...room.concerned, one] }
      await change(app, tx, actor, found, parts, { act: 'consultation.recused' })
    })
    // As the system: what others told the room, and what waits to leave, is held back too.
    await as(system, (tx) => takeOut(app, tx, actor, audienceOf(id), [organisation]))
  })
}

async function requireToHear(tx: Tx, { room }: StandingRoom, organisation: OrganisationId) {
  const one = room.concerned.find((concerned) => concerned.organisation === organisation)
  if (!one) throw new Problem('consultation.not-concerned')
  if (one.heardSince) throw new Problem('consultation.heard-already')
  return partyOf(await listParties(tx), organisation)
}

export async function hear(
  app: App,
  actor: Actor,
  id: ConsultationId,
  { organisation }: { readonly organisation: OrganisationId },
): Promise<Outcome> {
  return app.db.as(actor, async (tx) => {
    const found = await requireLed(tx, actor, id)
    const { name } = await requireToHear(tx, found, organisation)
    const details = { consultation: id, name: `${symbolOf('C', found.room)}: ${name}` }
    const act = { kind: 'consultation.hear', subject: organisation, details } as const
    return proposeAct(app, tx, actor, act, doHear)
  })
}

export const doHear: Execute = async (app, tx, actor, { subject, details }) => {
  const { consultation: id } = Invitation.pick({ consultation: true }).parse(details)
  const found = await requireLed(tx, actor, id)
  const party = await requireToHear(tx, found, subject as OrganisationId)
  const heardSince = app.clock()
  const concerned = found.room.concerned.map((one) =>
    one.organisation === party.id ? { ...one, heardSince } : one,
  )
  await change(app, tx, actor, found, { concerned }, { act: 'consultation.heard' })
  await openHearing(app, tx, found.room, party)
  return { link: null }
}

/** Signed for by a focal point; the record of the matter says that the consultation was held. */
export async function closeConsultation(
  app: App,
  actor: Actor,
  id: ConsultationId,
  { words }: { readonly words: string },
): Promise<void> {
  await app.db.as(actor, async (tx) => {
    const found = await requireLed(tx, actor, id)
    if (!maySignForMatter(actor, found.room)) throw new Problem('permission.denied')
    const closedAt = app.clock()
    const parts = { closing: { closedAt, words } }
    const room = await change(app, tx, actor, found, parts, { act: 'consultation.closed' })
    for (const { organisation, heardSince } of room.concerned) {
      const heard = heardSince && (await findHearing(tx, id, organisation))
      if (!heard) continue
      const hearing = { ...heard.hearing, closedAt }
      await publishHearing(app, tx, { hearing, audience: heard.audience }, heard)
    }
    const matter = await findMatter(tx, room.matter)
    if (!matter || matter.closedAt !== null) return
    const facts = { step: 'held', with: symbolOf('C', room), consultation: id } as const
    await noteConsultation(app, tx, { matter: matter.id, actor, text: null, facts })
  })
}
