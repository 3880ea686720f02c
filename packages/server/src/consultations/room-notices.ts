import { system } from '@tocsin/domain/actor.ts'
import type { Instant, OrganisationId, PersonId } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { Level } from '@tocsin/domain/level.ts'
import { isTold } from '@tocsin/domain/mailed-reply.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import { leavesAt } from '@tocsin/domain/notice-timing.ts'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import type { Tick } from '../jobs/ticker.ts'
import { listOwn } from '../network/own-organisations.ts'
import { listDigests } from '../warnings/digest.ts'
import { toldIn } from './exchange.ts'
import { sendRoomNotices } from './send-room-notices.ts'
import { audienceOf, findRoom } from './store.ts'

const MINUTE_MS = 60_000
/** What came longer ago is no news: whoever was not told of it by then reads it when they look. */
const NEWS_MS = 2 * 86_400_000
/** What the organisation that is heard sees has no level; it waits for no digest. */
const HEARD_LEVEL: Level = 3

/** Tells people by mail that something is new in their rooms, once a minute; any number of processes may. */
export function roomNoticeTick(app: App): Tick {
  let next: Instant | undefined
  return async (over) => {
    const now = app.clock()
    if (next === undefined || now >= next) {
      await queueNews(app)
      next = addMilliseconds(now, MINUTE_MS)
    }
    await sendRoomNotices(app, over)
  }
}

type News = {
  readonly person: PersonId
  readonly own: OrganisationId
  readonly object: unknown
  readonly audience: AudienceId
  readonly newsAt: Instant
  readonly lookedAt: Instant | null
  readonly toldAt: Instant | null
}

/**
 * Puts a notice in line for each who has an address for mail and is not told yet: the focal points of an organisation
 * in the room, and those of its analysts who have looked into it. Of one's own organisation nobody is told.
 */
async function queueNews(app: App): Promise<void> {
  if (!app.channels['e-mail']) return
  await app.db.as(system, async (tx) => {
    const now = app.clock()
    // One process at a time: nobody is told twice.
    const { rows: turn } = await sql<{ ours: boolean }>`
      select pg_try_advisory_xact_lock(hashtextextended('room notices', 0)) as ours`.execute(tx)
    if (!turn[0]?.ours) return
    const own = await listOwn(tx)
    const { rows } = await sql<News>`
      select distinct on (person.id, said.object -> 'content' ->> 'consultation')
        person.id as person, person.organisation as own, said.object, said.audience_id as audience,
        said.kept_at as "newsAt", look.looked_at as "lookedAt", told.made_at as "toldAt"
      from shared_object as said
      join person on person.organisation = any (${own}::uuid[]) and person.ended_at is null
        and (said.organisation <> person.organisation
          or said.object -> 'content' -> 'heard' <> 'null')
        and (said.organisation = person.organisation
          or (person.organisation = any (said.audience)
            and not person.organisation = any (said.excluded)))
      join contact on contact.person = person.id and contact.channel = 'e-mail'
      left join consultation_look as look on look.person = person.id
        and look.consultation::text = said.object -> 'content' ->> 'consultation'
      left join lateral (select made_at from room_notice
        where room_notice.person = person.id and room_notice.kind = 'news'
          and room_notice.consultation::text = said.object -> 'content' ->> 'consultation'
        order by made_at desc limit 1) as told on true
      where said.type = 'contribution' and said.kept_at > ${addMilliseconds(now, -NEWS_MS)}
        and said.kept_at > coalesce(greatest(look.looked_at, told.made_at), '-infinity')
        and exists (select from role_grant where role_grant.person = person.id
          and revoked_at is null
          and (role = 'focal-point' or (role = 'analyst' and look.id is not null)))
      order by person.id, said.object -> 'content' ->> 'consultation', said.kept_at desc`.execute(
      tx,
    )
    for (const news of rows.filter((one) => isTold({ ...one, now }))) {
      await queue(tx, news, now)
    }
  })
}

async function queue(tx: Tx, { person, own, object, audience }: News, now: Instant): Promise<void> {
  const { consultation, id: contribution } = toldIn({ object })
  const thread = audience === audienceOf(consultation) ? null : await heardIn(tx, audience)
  const level = (await findRoom(tx, consultation))?.room.level ?? HEARD_LEVEL
  const digests = await listDigests(tx, [{ person, organisation: own }], level)
  const digest = digests.get(person) ?? null
  await tx
    .insertInto('room_notice')
    .values({
      ...{ id: newId<string>(), person, consultation, thread, contribution },
      ...{ kind: 'news', reason: null, answers: null, made_at: now },
      next_at: leavesAt({ now, level, acknowledgeBy: null, digest }),
      ...{ claimed_until: null, ended_at: null, outcome: null },
    })
    .execute()
}

/** Who is heard in the thread that has this audience. */
async function heardIn(tx: Tx, audience: AudienceId): Promise<OrganisationId | null> {
  const row = await tx
    .selectFrom('shared_object')
    .select(sql<OrganisationId | null>`object -> 'content' ->> 'hears'`.as('hears'))
    .where('audience_id', '=', audience)
    .where('type', '=', 'consultation')
    .executeTakeFirst()
  return row?.hears ?? null
}
