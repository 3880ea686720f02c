import { migrate } from '@tocsin/server/database/migrate.ts'
import { startEmbedded } from '@tocsin/server/postgres/embedded.ts'
import pg from 'pg'

/** As many as an organisation tells one audience in some years. */
const EACH = 1_000

/**
 * A home with a database in which are so many records of a third organisation, told to a thousand
 * audiences, and what people read of them: what both nodes have held for long.
 */
export async function fillHome(home: string, records: number): Promise<void> {
  const database = await startEmbedded(home)
  try {
    await migrate(database.url)
    const owner = new pg.Client(database.url)
    await owner.connect()
    // Nobody is named who is not there, and whoever reads has been here before: no reference is looked up.
    await owner.query('set session_replication_role = replica')
    await owner.query('set synchronous_commit = off')
    // An index of so many is made in one go, many times as fast as row by row.
    const { rows } = await owner.query<{ name: string; made: string }>(plainIndexes)
    for (const { name } of rows) await owner.query(`drop index ${name}`)
    for (const statement of statements) await owner.query(statement, [records, EACH])
    for (const { made } of rows) await owner.query(made)
    await owner.query('vacuum analyze')
    await owner.end()
  } finally {
    await database.stop()
  }
}

/** Those that no constraint needs. */
const plainIndexes = `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as made
  from pg_index where indrelid in ('network_record'::regclass, 'shared_object'::regclass)
    and not indisunique`

/** The n-th record, and where it stands. */
const numbered = `select n, encode(sha256(n::text::bytea), 'hex') as digest, n % $2::int + 1 as seq,
    encode(sha256((n - 1)::text::bytea), 'hex') as previous,
    md5((n / $2::int)::text)::uuid as audience_id, md5('third')::uuid as third,
    array[md5('reader')::uuid] as audience, 'note--' || md5(n::text)::uuid as id,
    now() - make_interval(secs => $1::int - n) as at
  from generate_series(1, $1::int) as n`

const statements = [
  `insert into network_record (digest, organisation, audience_id, audience, excluded, epoch, seq,
      previous, object_type, object_id, modified, marking, statement, received_from, kept_at, added_us)
    select digest, third, audience_id, audience, '{}', 0, seq, previous, 'note', id, at, 'TLP:GREEN',
      jsonb_build_object('protected', left(words, 400), 'payload', words, 'signature', left(words, 86)),
      third, at, n
    from (${numbered}) as numbered,
      (select string_agg(md5(n::text), '') as words from generate_series(1, 22) as n) as text`,
  `insert into shared_object (id, digest, organisation, audience_id, audience, excluded, type, object,
      marking, created, modified, kept_at, added_us)
    select id, digest, third, audience_id, audience, '{}', 'note',
      jsonb_build_object('type', 'note', 'id', id, 'content', repeat('Chalk marks on doors. ', 20)),
      'TLP:GREEN', at, at, at, n
    from (${numbered}) as numbered`,
  `insert into record_head (organisation, audience_id, seq, digest, known_seq)
    select third, audience_id, max(seq), min(digest), max(seq)
    from (${numbered}) as numbered group by third, audience_id`,
]
