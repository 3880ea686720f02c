import { createHash, randomBytes } from 'node:crypto'
import { newId } from '@tocsin/domain/id.ts'
import type pg from 'pg'

export const docketSize = { matters: 5000, reports: 50_000, users: 300, organisations: 5 }

/** As many ids as asked for, in the order of time, as the node itself makes them. */
const ids = (count: number) => Array.from({ length: count }, () => newId<string>())

/**
 * One organisation among several: open matters with running clocks and their rungs, records, drafts,
 * reports, and people who are signed in. Answers the tokens of their sessions.
 */
export async function fillDocket(owner: pg.Client): Promise<readonly string[]> {
  const organisations = ids(docketSize.organisations)
  const [own = ''] = organisations
  await owner.query(
    `insert into organisation (id, name, kind, made_at)
      select id, 'Organisation ' || n, 'focal-point', now()
      from unnest($1::uuid[]) with ordinality as made (id, n)`,
    [organisations],
  )
  const tokens = await fillPeople(owner, own)
  for (const organisation of organisations) {
    const matters = organisation === own ? docketSize.matters : docketSize.matters / 5
    await fillMatters(owner, organisation, ids(matters), organisations)
  }
  await owner.query(
    `insert into report (id, organisation, matter, year, number, kind, what, from_day, until_day, harm,
        source_grade, information_grade, marking, someone_at_risk, is_exercise, written_by, written_at)
      select made.id, $1, case when n % 500 = 0 then null else matter.id end, 2026, n, 'incident',
        repeat('Chalk marks on doors. ', 10), '2026-01-01', '2026-01-01', '{}', 'B', '2', 'TLP:AMBER',
        false, false, person.id, now() - n * interval '10 minutes'
      from unnest($2::uuid[]) with ordinality as made (id, n)
      join matter on matter.organisation = $1 and matter.number = 1 + n % $3
      cross join (select id from person where organisation = $1 limit 1) as person`,
    [own, ids(docketSize.reports), docketSize.matters],
  )
  await owner.query('analyze')
  return tokens
}

/** People of one organisation who are signed in; answers the tokens of their sessions. */
export async function fillPeople(
  owner: pg.Client,
  organisation: string,
): Promise<readonly string[]> {
  const tokens = Array.from({ length: docketSize.users }, () =>
    randomBytes(32).toString('base64url'),
  )
  const hashes = tokens.map((token) => createHash('sha256').update(token).digest('hex'))
  await owner.query(
    `insert into person (id, organisation, name, locale, made_at)
      select id, $1, 'Person ' || n, 'en', now() from unnest($2::uuid[]) with ordinality as made (id, n)`,
    [organisation, ids(docketSize.users)],
  )
  await owner.query(
    `insert into role_grant (id, person, organisation, role, granted_at)
      select made.id, person.id, $1, 'focal-point', now()
      from unnest($2::uuid[]) with ordinality as made (id, n)
      join person on person.name = 'Person ' || n`,
    [organisation, ids(docketSize.users)],
  )
  await owner.query(
    `insert into session (id, person, credential, token_hash, device, opened_at, seen_at, expires_at)
      select made.id, person.id, 'key', hash, 'bench', now(), now(), now() + interval '10 hours'
      from unnest($1::uuid[], $2::text[]) with ordinality as made (id, hash, n)
      join person on person.name = 'Person ' || n`,
    [ids(docketSize.users), hashes],
  )
  return tokens
}

/** Clocks from three days over time to two months ahead, each with two rungs; a tenth is shared. */
async function fillMatters(
  owner: pg.Client,
  organisation: string,
  matters: readonly string[],
  organisations: readonly string[],
): Promise<void> {
  const others = organisations.filter((one) => one !== organisation)
  await owner.query(
    `insert into matter (id, organisation, audience, excluded, year, number, title, summary, level,
        marking, is_exercise, stations, opened_at, review_by, due_at, due_kind)
      select id, $1, case when n % 10 = 0 then array[$3::uuid] else '{}' end, '{}', 2026, n,
        'Houses marked in valley ' || n, repeat('Homes of one community marked. ', 20), 1 + n % 4,
        'TLP:AMBER+STRICT', false,
        jsonb_build_object('observed', to_char(now() - interval '9 days', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          'assessed', to_char(now() - interval '8 days', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')),
        now() - interval '9 days', now() + interval '30 days',
        now() + (n - 300) * interval '17 minutes', case when n % 2 = 0 then 'review' else 'decide' end
      from unnest($2::uuid[]) with ordinality as made (id, n)`,
    [organisation, matters, others[0]],
  )
  await owner.query(
    `insert into clock (id, matter, kind, level, started_at, due_at)
      select made.id, matter.id, due_kind, level, opened_at, due_at
      from unnest($1::uuid[], $2::uuid[]) as made (id, matter) join matter on matter.id = made.matter`,
    [ids(matters.length), matters],
  )
  await owner.query(
    `insert into clock_step (id, clock, matter, tell, percent, due_at)
      select made.id, clock.id, clock.matter, 'regional-desk', made.percent,
        greatest(clock.due_at, now() + interval '1 hour') + made.percent * interval '1 hour'
      from unnest($1::uuid[], $2::uuid[], $3::int[]) as made (id, matter, percent)
      join clock on clock.matter = made.matter`,
    [
      ids(matters.length * 2),
      [...matters, ...matters],
      [...matters.map(() => 100), ...matters.map(() => 150)],
    ],
  )
  await owner.query(
    `insert into entry (digest, matter, seq, kind, at, author, facts, statement)
      select encode(sha256((matter.id::text || seq)::bytea), 'hex'), matter.id, seq,
        case when seq % 4 = 0 then 'notification.acknowledged' else 'report.attached' end,
        now() - seq * interval '1 day', '{}', '{}', '{}'
      from matter, generate_series(1, 8) as seq where matter.organisation = $1`,
    [organisation],
  )
  await owner.query(
    `insert into warning (id, matter, organisation, year, number, state, draft, sha256, written_by,
        saved_by, saved_at, expires_at)
      select made.id, matter.id, $1, 2026, n, 'draft', $4, repeat('0', 64), person.id, person.id, now(),
        now() + interval '30 days'
      from unnest($2::uuid[]) with ordinality as made (id, n)
      join matter on matter.organisation = $1 and matter.number = n * $3
      cross join (select id from person limit 1) as person`,
    [organisation, ids(50), Math.floor(matters.length / 50), JSON.stringify(text)],
  )
}

const text = { level: 3, paragraphs: ['Chalk marks on doors.'], scenarios: [] }
