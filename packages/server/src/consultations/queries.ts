import type * as api from '@tocsin/api/consultations.ts'
import type { Input, Output } from '@tocsin/api/route.ts'
import { type Actor, system } from '@tocsin/domain/actor.ts'
import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import type { Consultation, ConsultationId } from '@tocsin/domain/consultation.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import { RecordedObject } from '@tocsin/records/record.ts'
import { readConsultationObject } from '@tocsin/records/stix/consultation.ts'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { requirePerson } from '../identity/step-up.ts'
import { listVersions, versionsAt } from '../network/audiences.ts'
import { sentenceOf } from '../network/sentence.ts'
import { listCards } from './cards.ts'
import { byOthers } from './exchange.ts'
import { knownNames, ownNameOf } from './names.ts'
import { findRoom, getHearing, getRoom } from './store.ts'

/** More than this is said as this. */
const MOST_COUNTED = 100
/** Consultations in the list, the newest. */
const ROOMS = 100

type Line = {
  readonly object: unknown
  readonly organisation: OrganisationId
  readonly fresh: number
}

/** Rooms and hearings that row-level security shows, with how much came since this person looked. */
export async function listConsultations(
  app: App,
  actor: Actor,
  { matter, exercise }: Input<typeof api.listConsultations>['query'],
): Promise<Output<typeof api.listConsultations>> {
  const { person, organisation: own } = requirePerson(actor)
  const rows = await app.db.as(actor, async (tx) => {
    const found = await sql<Line>`select told.object, told.organisation, fresh.n as fresh
      from (select object, organisation, audience_id, created from shared_object
        where type = 'consultation' order by created desc limit ${ROOMS}) as told
      left join consultation_look as look on look.person = ${person}
        and look.consultation::text = told.object -> 'content' ->> 'id'
      cross join lateral (select count(*)::int as n from (select from shared_object as said
        where said.audience_id = told.audience_id and said.type = 'contribution'
          and said.kept_at > coalesce(look.looked_at, '-infinity') and ${byOthers(own)}
        limit ${MOST_COUNTED}) as counted) as fresh
      order by told.created desc`.execute(tx)
    return found.rows
  })
  const all = rows.map(({ object, fresh }) => ({
    told: readConsultationObject(RecordedObject.parse(object)),
    fresh,
  }))
  const nameOf = await knownNames(
    app,
    all.map(({ told }) => ownNameOf(told)),
  )
  const rooms = all.flatMap(({ told, fresh }): api.RoomLine[] => {
    if (!matter && told.isExercise !== exercise) return []
    const organisationName = nameOf(ownNameOf(told))
    const { id, year, number, isExercise, marking, openedAt } = told
    const line = { id, year, number, isExercise, organisationName, marking, openedAt, fresh }
    if (told.view === 'hearing') {
      // Whoever convened finds it in the room itself.
      if (told.hears !== own || matter) return []
      return [{ ...line, title: null, closedAt: told.closedAt, openItem: null }]
    }
    if (matter && told.matter !== matter) return []
    const openItem = told.agenda.find(({ settled }) => settled === null)?.title ?? null
    return [{ ...line, title: told.title, closedAt: told.closing?.closedAt ?? null, openItem }]
  })
  return { asOf: app.clock(), rooms }
}

/** The room, or for an organisation that the matter concerns, that it exists and hears them. */
export async function readConsultation(
  app: App,
  actor: Actor,
  id: ConsultationId,
): Promise<Output<typeof api.getConsultation>> {
  const { organisation: own } = requirePerson(actor)
  const at = app.clock()
  return app.db.asOne(async (as) => {
    const found = await as(actor, (tx) => findRoom(tx, id))
    if (!found) {
      const { hearing, version } = await as(actor, (tx) => getHearing(tx, id, own))
      const convener = ownNameOf(hearing)
      const organisationName = (await knownNames(app, [convener]))(convener)
      return { view: 'hearing', asOf: at, version, hearing: { ...hearing, organisationName } }
    }
    const { room, version, audience } = found
    const read = await as(actor, async (tx) => ({
      sentence: await readSentence(tx, audience, room, at),
      said: await countSaid(tx, audience),
      cards: await listCards(tx, room),
    }))
    // How far the exchange has come is no content: whoever is in the room may know it.
    const heard = await as(system, (tx) => listHeard(tx, audience))
    const { seats, ...rest } = room
    const nameOf = await knownNames(app, [ownNameOf(room), ...seats, ...rest.concerned])
    const left = new Map(read.sentence.notReaders.map((one) => [one.organisation, one]))
    const isSeated = (who: OrganisationId) => seats.some(({ organisation }) => organisation === who)
    return {
      view: 'room',
      asOf: at,
      version,
      room: {
        ...rest,
        organisationName: nameOf(ownNameOf(room)),
        concerned: rest.concerned.map((one) => ({ ...one, name: nameOf(one) })),
      },
      seats: seats.map(({ organisation, name, role }) => ({
        ...{ organisation, role, name: nameOf({ organisation, name }) },
        heardAt: heard.get(organisation)?.heardAt ?? null,
        missing: heard.get(organisation)?.missing ?? 0,
        why: left.get(organisation)?.reason ?? null,
        from: left.get(organisation)?.from ?? null,
      })),
      keptOut: read.sentence.notReaders.filter(
        ({ organisation, reason: why }) => why !== 'not-in-audience' && !isSeated(organisation),
      ),
      said: read.said,
      cards: {
        ...read.cards,
        newest: read.cards.newest.map(({ keptAt: _, ...card }) => card),
      },
      isOurs: room.organisation === own,
    }
  })
}

/** Who reads what is said here, by the function that decides it; where its audience is not known yet, nobody. */
async function readSentence(tx: Tx, audience: AudienceId, room: Consultation, at: Instant) {
  const { current, pending } = versionsAt(await listVersions(tx, audience), at)
  if (!current) return { readers: [], notReaders: [] }
  return sentenceOf(tx, { version: current, pending, thing: room, at })
}

async function countSaid(tx: Tx, audience: AudienceId): Promise<number> {
  const { n } = await tx
    .selectFrom('shared_object')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('audience_id', '=', audience)
    .where('type', '=', 'contribution')
    .executeTakeFirstOrThrow()
  return n
}

type Heard = {
  readonly organisation: OrganisationId
  readonly heardAt: Instant | null
  readonly missing: number
}

/** When something of each last came, and how many records are known of that are not here. */
async function listHeard(
  tx: Tx,
  audience: AudienceId,
): Promise<ReadonlyMap<OrganisationId, Heard>> {
  const { rows } = await sql<Heard>`select head.organisation, last.kept_at as "heardAt",
      greatest(head.known_seq - head.seq, 0) as missing
    from record_head as head
    left join lateral (select kept_at from network_record where audience_id = ${audience}
      and organisation = head.organisation order by kept_at desc limit 1) as last on true
    where head.audience_id = ${audience}`.execute(tx)
  return new Map(rows.map((row) => [row.organisation, row]))
}

/** Remembers how far a person has looked; never back. */
export async function markLooked(
  app: App,
  actor: Actor,
  id: ConsultationId,
  { asOf }: { readonly asOf: Instant },
): Promise<void> {
  const { person, organisation: own } = requirePerson(actor)
  await app.db.as(actor, async (tx) => {
    const { version: seen } = (await findRoom(tx, id)) ?? (await getHearing(tx, id, own))
    const now = app.clock()
    const looked_at = asOf < now ? asOf : now
    await tx
      .insertInto('consultation_look')
      .values({ id: newId<string>(), person, consultation: id, looked_at, seen })
      .onConflict((conflict) =>
        conflict.columns(['person', 'consultation']).doUpdateSet({
          looked_at: sql<Instant>`greatest(consultation_look.looked_at, excluded.looked_at)`,
          seen: sql<Instant>`greatest(consultation_look.seen, excluded.seen)`,
        }),
      )
      .execute()
  })
}

/** The room that other areas say something in, as far as the reader may read it. */
export const requireRoom = async (tx: Tx, id: ConsultationId): Promise<Consultation> =>
  (await getRoom(tx, id)).room
