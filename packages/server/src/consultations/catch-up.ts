import { type CatchUpEvent, type catchUp, UPDATE_BYTES } from '@tocsin/api/consultations.ts'
import type { Output } from '@tocsin/api/route.ts'
import type { Actor } from '@tocsin/domain/actor.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import type { Consultation, ConsultationId } from '@tocsin/domain/consultation.ts'
import { plainOf } from '@tocsin/domain/rich-text.ts'
import type { ToldContribution } from '@tocsin/records/stix/contribution.ts'
import type { App } from '../app.ts'
import { requirePerson } from '../identity/step-up.ts'
import { type KeptCard, listCards } from './cards.ts'
import { byOthers, bytesOf, ENVELOPE_BYTES, PAGE, said, toldIn } from './exchange.ts'
import { type KnownName, knownNames, ownNameOf } from './names.ts'
import { findRoom, getHearing } from './store.ts'
import { listGone } from './taken-back.ts'

/** How something said begins. */
const BEGINNING = 120
const beginningOf = ({ text }: ToldContribution): string => plainOf(text).slice(0, BEGINNING)

/** What happened since this person last looked: a list that ends, the newest first. */
export async function readCatchUp(
  app: App,
  actor: Actor,
  id: ConsultationId,
): Promise<Output<typeof catchUp>> {
  const { person, organisation: own } = requirePerson(actor)
  const { look, rows, n, found, cards, audience } = await app.db.as(actor, async (tx) => {
    const look = await tx
      .selectFrom('consultation_look')
      .select(['looked_at', 'seen'])
      .where('person', '=', person)
      .where('consultation', '=', id)
      .executeTakeFirst()
    const found = await findRoom(tx, id)
    const { audience } = found ?? (await getHearing(tx, id, own))
    const fresh = said(tx, audience, 'contribution')
      .where(byOthers(own))
      .where('kept_at', '>', look?.looked_at ?? ('-infinity' as Instant))
    const rows = await fresh.orderBy('created', 'desc').orderBy('id', 'desc').limit(PAGE).execute()
    const { n } = await fresh
      .clearSelect()
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
    const cards = found ? await listCards(tx, found.room) : undefined
    return { look, rows: rows.map(toldIn), n, found, cards, audience }
  })
  const named = found ? [ownNameOf(found.room), ...found.room.seats, ...found.room.concerned] : []
  const gone = look ? await listGone(app.db.as, audience, own) : []
  const others = gone
    .filter(({ organisation, takenBackAt }) => {
      return organisation !== own && look && takenBackAt > look.looked_at
    })
    .map(({ organisation, takenBackAt: at }) => ({ organisation, name: organisation, at }))
  const nameOf = await knownNames(app, [...rows.map(whoSaid), ...named, ...others])
  const events = [
    ...rows.map((told) => saidEvent(told, nameOf(whoSaid(told)))),
    ...others.map((one) => goneEvent(one.at, nameOf(one))),
    ...(found ? eventsOf(found.room, nameOf).filter(({ at }) => !look || at > look.seen) : []),
    ...(found ? cardEvents(cards?.newest ?? [], look?.looked_at ?? found.room.openedAt) : []),
  ].sort((a, b) => (a.at < b.at ? 1 : -1))
  return { since: look?.looked_at ?? null, said: n, events: fitEvents(events) }
}

const whoSaid = ({ heard, organisation, organisationName: name }: ToldContribution) =>
  heard ?? { organisation, name }

function fitEvents(events: readonly CatchUpEvent[]): CatchUpEvent[] {
  let left = UPDATE_BYTES - ENVELOPE_BYTES
  return events.filter((event) => {
    left -= bytesOf(event) + 1
    return left >= 0
  })
}

const saidEvent = (told: ToldContribution, who: string): CatchUpEvent => ({
  at: told.saidAt,
  kind: 'said',
  who,
  what: beginningOf(told),
  saying: told.kind,
  contribution: told.id,
})

/** Nothing is left to say of it but whose it was. */
const goneEvent = (at: Instant, who: string): CatchUpEvent => ({
  ...{ at, kind: 'taken-back', who, what: null, saying: null, contribution: null },
})

/** What happened to the room itself, as the room tells of it. */
function eventsOf(room: Consultation, nameOf: KnownName): CatchUpEvent[] {
  const event = (
    at: Instant,
    kind: CatchUpEvent['kind'],
    who: string | null,
    what: string | null,
  ): CatchUpEvent => ({ at, kind, who, what, saying: null, contribution: null })
  return [
    event(room.openedAt, 'opened', nameOf(ownNameOf(room)), room.title),
    ...room.agenda.flatMap(({ title, addedAt, settled }) => [
      ...(addedAt > room.openedAt ? [event(addedAt, 'item-added', null, title)] : []),
      ...(settled ? [event(settled.at, `item-${settled.how.outcome}`, null, title)] : []),
    ]),
    ...room.seats
      .filter(({ since }) => since > room.openedAt)
      .map((seat) => event(seat.since, 'invited', nameOf(seat), null)),
    ...room.concerned
      .filter(({ since }) => since > room.openedAt)
      .map((one) => event(one.since, 'recused', nameOf(one), null)),
    ...(room.closing
      ? [event(room.closing.closedAt, 'closed', null, room.closing.words.slice(0, BEGINNING))]
      : []),
  ]
}

const cardEvents = (cards: readonly KeptCard[], since: Instant): CatchUpEvent[] =>
  cards
    .filter(({ keptAt }) => keptAt > since)
    .map(({ at, title: what }) => ({
      ...{ at, kind: 'laid-before', who: null, what, saying: null, contribution: null },
    }))
