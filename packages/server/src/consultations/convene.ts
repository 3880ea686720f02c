import type { previewConsultation } from '@tocsin/api/consultations.ts'
import type { Outcome } from '@tocsin/api/people.ts'
import type { Output } from '@tocsin/api/route.ts'
import type { Actor, PersonActor } from '@tocsin/domain/actor.ts'
import { isInAudience } from '@tocsin/domain/audience.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import {
  type Consultation,
  Convening,
  conveningFault,
  invitedBy,
  roomTerms,
  type SeatRole,
} from '@tocsin/domain/consultation.ts'
import { newId } from '@tocsin/domain/id.ts'
import { type Matter, MatterId } from '@tocsin/domain/matter.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { plainTerms } from '@tocsin/domain/sharing.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import type { App } from '../app.ts'
import { type Execute, proposeAct } from '../approvals/four-eyes.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { noteConsultation } from '../docket/acts.ts'
import { holdId, takeNumber } from '../docket/numbering.ts'
import { requireOpenMatter } from '../docket/queries.ts'
import { authorOf } from '../docket/record.ts'
import { requirePerson } from '../identity/step-up.ts'
import { composeVersion, publishVersion } from '../network/audiences.ts'
import { listParties, type NamedParty, partyOf } from '../network/parties.ts'
import { requireMayPassOn } from '../network/passing-on.ts'
import { sentenceOf } from '../network/sentence.ts'
import { keepSharing, shareMatterState } from '../network/share.ts'
import { audienceOf, findRoom, publishHearing, publishRoom } from './store.ts'

/** Whether somebody would be told something who does not read the matter: that exposes, and takes two. */
const tellsAnybodyNew = (matter: Matter, convening: Convening): boolean =>
  isBeyond(matter, convening) || convening.concerned.some(({ isHeard }) => isHeard)

/** Whether somebody would be in the room who does not read the matter. */
const isBeyond = (matter: Matter, convening: Convening): boolean =>
  invitedBy(convening).some((who) => !isInAudience(matter, who))

async function draftVersion(app: App, tx: Tx, matter: Matter, convening: Convening) {
  const { organisation, country, marking } = matter
  const parties = await listParties(tx)
  const owner = partyOf(parties, organisation)
  const fault = conveningFault(convening, { owner, country, parties })
  if (fault) throw new Problem(`consultation.${fault}`)
  const id = audienceOf(convening.id)
  const terms = roomTerms(convening, { name: convening.title, marking })
  const next = { version: 1, effectiveAt: app.clock() }
  const version = await composeVersion(app, tx, { id, owner: organisation, terms, country }, next)
  if (isBeyond(matter, convening)) await requireMayPassOn(tx, matter, version.audience)
  return { version, parties }
}

/** Who would be in the room, before anybody is told. */
export async function previewConvening(
  app: App,
  actor: Actor,
  id: MatterId,
  convening: Convening,
): Promise<Output<typeof previewConsultation>> {
  return app.db.as(actor, async (tx) => {
    const matter = await requireOpenMatter(tx, actor, id)
    const { version } = await draftVersion(app, tx, matter, convening)
    const sentence = await sentenceOf(tx, { version, thing: matter, at: app.clock() })
    return { sentence, takesTwo: tellsAnybodyNew(matter, convening) }
  })
}

export async function convene(
  app: App,
  actor: Actor,
  id: MatterId,
  convening: Convening,
): Promise<Outcome> {
  const person = requirePerson(actor)
  return app.db.as(actor, async (tx) => {
    const matter = await requireOpenMatter(tx, actor, id)
    await holdId(tx, convening.id)
    if (await findRoom(tx, convening.id)) return { state: 'done', alone: false, link: null }
    const { parties } = await draftVersion(app, tx, matter, convening)
    if (!tellsAnybodyNew(matter, convening)) {
      await open(app, tx, person, matter, convening)
      return { state: 'done', alone: false, link: null }
    }
    // Whoever decides reads who would be told.
    const told = invitedBy(convening).map((who) => partyOf(parties, who).name)
    const name = `${symbolOf('M', matter)}: ${told.join(', ')}`
    const details = { convening, name, reasons: convening.request }
    const act = { kind: 'consultation.convene', subject: id, details } as const
    return proposeAct(app, tx, actor, act, doConvene)
  })
}

/** What two persons agreed on: as the second of them, in their transaction. */
export const doConvene: Execute = async (app, tx, actor, { subject, details }) => {
  const convening = Convening.parse((details as { readonly convening?: unknown }).convening)
  const matter = await requireOpenMatter(tx, actor, MatterId.parse(subject))
  await holdId(tx, convening.id)
  if (!(await findRoom(tx, convening.id))) await open(app, tx, actor, matter, convening)
  return { link: null }
}

/** The room, its audience, who is heard apart, and the entry that stops the clock: together or not at all. */
async function open(
  app: App,
  tx: Tx,
  actor: PersonActor,
  matter: Matter,
  convening: Convening,
): Promise<void> {
  const { version, parties } = await draftVersion(app, tx, matter, convening)
  const room = await roomOf(app, tx, actor, matter, convening, parties)
  // First, since it holds the matter: whoever acts on it at the same time waits here, and not half way.
  // The matter may be read by others than are in the room: its record names the room and no more.
  const facts = { step: 'opened', with: symbolOf('C', room), consultation: room.id } as const
  await noteConsultation(app, tx, { matter: matter.id, actor, text: null, facts })
  await publishVersion(app, tx, version)
  await publishRoom(app, tx, room)
  if (isBeyond(matter, convening)) {
    // Who is invited reads what they are consulted on: the matter, its warnings and its files.
    const sharing = { audience: version.id, redacted: [], asksWhoRead: false }
    const { organisation, id: item } = matter
    await keepSharing(app, tx, { organisation, item }, { ...sharing, kind: 'matter' })
    await shareMatterState(app, tx, item)
  }
  for (const { organisation, heardSince } of room.concerned) {
    if (heardSince) await openHearing(app, tx, room, partyOf(parties, organisation))
  }
  const deed = { at: room.openedAt, actor, organisation: room.organisation, subject: room.id }
  await recordAudit(tx, { ...deed, act: 'consultation.convened' })
}

async function roomOf(
  app: App,
  tx: Tx,
  actor: PersonActor,
  matter: Matter,
  convening: Convening,
  parties: readonly NamedParty[],
): Promise<Consultation> {
  const at = app.clock()
  const { organisation, country, level, marking, isExercise } = matter
  const { name, office, organisationName } = await authorOf(tx, actor, organisation, at)
  const seat = (role: SeatRole) => (one: OrganisationId) => ({
    organisation: one,
    name: partyOf(parties, one).name,
    role,
    since: at,
  })
  const what = isExercise ? 'drill-consultation' : 'consultation'
  return {
    id: convening.id,
    matter: matter.id,
    ...{ organisation, organisationName, country, level, marking, isExercise },
    ...(await takeNumber(tx, { organisation, at, what })),
    title: convening.title,
    request: convening.request,
    convenedBy: { name: name ?? organisationName, office },
    seats: [
      ...convening.participants.map(seat('participant')),
      ...convening.observers.map(seat('observer')),
    ],
    concerned: convening.concerned.map(({ isHeard, ...one }) => ({
      ...one,
      name: partyOf(parties, one.organisation).name,
      since: at,
      heardSince: isHeard ? at : null,
    })),
    agenda: convening.agenda.map((title, index) => ({
      n: index + 1,
      title,
      addedAt: at,
      settled: null,
    })),
    openedAt: at,
    closing: null,
  }
}

/** An audience of one in which an organisation is heard that the matter concerns; it learns of nobody else. */
export async function openHearing(
  app: App,
  tx: Tx,
  room: Consultation,
  { id: hears, name: hearsName }: Pick<NamedParty, 'id' | 'name'>,
): Promise<void> {
  const { id, organisation, organisationName, year, number, marking, isExercise, country } = room
  const audience = newId<AudienceId>()
  const terms = {
    ...plainTerms,
    name: symbolOf('C', room),
    members: [hears],
    ceiling: marking,
    reshare: 'never' as const,
    includesStateConcerned: true,
  }
  const at = app.clock()
  const draft = { id: audience, owner: organisation, terms, country }
  await publishVersion(
    app,
    tx,
    await composeVersion(app, tx, draft, { version: 1, effectiveAt: at }),
  )
  const standing = { id, organisation, organisationName, year, number, marking, isExercise }
  const hearing = { ...standing, hears, hearsName, openedAt: at, closedAt: null }
  await publishHearing(app, tx, { hearing, audience })
}
