import type { Instant, OrganisationId, PersonId } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { WarningLevel } from '@tocsin/domain/level.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { ChannelKind, NotificationId } from '@tocsin/domain/notification.ts'
import type { PostId } from '@tocsin/domain/people.ts'
import type { WarningId } from '@tocsin/domain/warning.ts'
import pg from 'pg'
import { draftFor } from './test-docket.ts'

type Office = { readonly post: PostId; readonly person: PersonId }

export type Docket = {
  readonly matter: MatterId
  readonly offices: readonly Office[]
  /** Puts a warning of this level to every office into the outbox; answers the notifications, office by office. */
  readonly warn: (
    at: Instant,
    level: WarningLevel,
    channel?: ChannelKind,
  ) => Promise<readonly NotificationId[]>
  readonly close: () => Promise<void>
}

const FAR = '2099-01-01T00:00:00Z'

/** One matter and offices that can be warned, written straight into the database as its owner. */
export async function openDocket(databaseUrl: string, count: number): Promise<Docket> {
  const owner = new pg.Client(databaseUrl)
  await owner.connect()
  const organisation = newId<OrganisationId>()
  const matter = newId<MatterId>()
  const offices = Array.from({ length: count }, () => ({
    post: newId<PostId>(),
    person: newId<PersonId>(),
  }))
  const columns = [offices.map(({ post }) => post), offices.map(({ person }) => person)]
  await owner.query(
    `insert into organisation (id, name, kind, made_at) values ($1, 'Police', 'focal-point', now())`,
    [organisation],
  )
  await owner.query(
    `with office as (select * from unnest($2::uuid[], $3::uuid[]) as office (post, person)),
      persons as (insert into person (id, organisation, name, locale, made_at)
        select person, $1, 'P', 'en', now() from office),
      contacts as (insert into contact (id, person, organisation, channel, address, made_at)
        select gen_random_uuid(), person, $1, channel, person || '@authority.example', now()
        from office cross join (values ('e-mail'), ('sms')) as way (channel)),
      posts as (insert into post (id, organisation, title, made_at)
        select post, $1, 'Office', now() from office)
      insert into holding (id, post, organisation, person, capacity, from_day)
        select gen_random_uuid(), post, $1, person, 'main', '2020-01-01' from office`,
    [organisation, ...columns],
  )
  await owner.query(
    `insert into matter (id, organisation, audience, excluded, year, number, title, summary, level,
        marking, is_exercise, opened_at, review_by)
      values ($1, $2, '{}', '{}', 2026, 1, 'M', 'M', 3, 'TLP:AMBER+STRICT', false, now(), now())`,
    [matter, organisation],
  )
  let number = 0
  const warn = async (at: Instant, level: WarningLevel, channel: ChannelKind = 'e-mail') => {
    number += 1
    const warning = newId<WarningId>()
    const told = offices.map(({ post }) => ({ post, id: newId<NotificationId>() }))
    await owner.query(
      `insert into warning (id, matter, organisation, year, number, state, draft, sha256, written_by,
          saved_by, saved_at, sent_at, expires_at)
        values ($1, $2, $3, 2026, $4, 'sent', $5, repeat('0', 64), $6, $6, now(), now(), $7)`,
      [warning, matter, organisation, number, draftFor([], level), offices[0]?.person, FAR],
    )
    await owner.query(
      `insert into notification (id, warning, matter, post, organisation, authority, office,
          legal_basis, state, acknowledge_by, link_expires_at)
        select id, $1, $2, post, $3, 'Police', 'Office', 'L', 'queued', $4, $4
        from unnest($5::uuid[], $6::uuid[]) as told (id, post)`,
      [warning, matter, organisation, FAR, told.map(({ id }) => id), told.map(({ post }) => post)],
    )
    await owner.query(
      `insert into delivery (id, matter, notification, person, channel, step, level, state, next_at,
          made_at)
        select gen_random_uuid(), $1, id, person, $6, 'warned', $2, 'queued', $3, $3
        from unnest($4::uuid[], $5::uuid[]) as told (id, person)`,
      [matter, level, at, told.map(({ id }) => id), offices.map(({ person }) => person), channel],
    )
    return told.map(({ id }) => id)
  }
  return { matter, offices, warn, close: () => owner.end() }
}
