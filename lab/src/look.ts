import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { systemClock } from '@tocsin/domain/clock.ts'
import type pg from 'pg'
import type { NodeState } from './history.ts'

/*
 * What the lab sees of a node from outside: as the owner of its database, in its files, and by
 * triggers that write down each effect at the moment it becomes one.
 */

/** Has every effect noted from now on, in the order in which it came about. */
export async function watchEffects(client: pg.Client): Promise<void> {
  await client.query(`
    create schema lab;
    create table lab.effect (id bigint generated always as identity, what text, digest char(64));
    create function lab.note_record() returns trigger security definer language plpgsql as $$
    declare
      had boolean := tg_op <> 'INSERT' and old.statement is not null;
      has boolean := tg_op <> 'DELETE' and new.statement is not null;
    begin
      if has and not had then insert into lab.effect (what, digest) values ('kept', new.digest); end if;
      if had and not has then insert into lab.effect (what, digest) values ('emptied', old.digest); end if;
      return null;
    end $$;
    create trigger lab_note after insert or update of statement or delete on network_record
      for each row execute function lab.note_record();
    create function lab.note_object() returns trigger security definer language plpgsql as $$
    begin
      if tg_op = 'DELETE' then
        insert into lab.effect (what, digest) values ('hidden', old.digest);
      elsif tg_op = 'INSERT' or new.digest <> old.digest then
        insert into lab.effect (what, digest) values ('shown', new.digest);
      end if;
      return null;
    end $$;
    create trigger lab_note after insert or update of digest or delete on shared_object
      for each row execute function lab.note_object()`)
}

/** Everything on one node that the checker asks about, at one instant of its database. */
export async function look(client: pg.Client, home: string, node: string): Promise<NodeState> {
  await client.query('begin isolation level repeatable read read only')
  try {
    const rows = async (text: string) => (await client.query(text)).rows
    const records = await rows(`select digest, object_id, organisation, audience_id, seq, previous,
      statement, waiting from network_record`)
    const objects = await rows('select id, digest, object from shared_object')
    const refused = await rows('select digest, reason from quarantined_record')
    const effects = await rows('select what, digest from lab.effect order by id')
    return {
      node,
      holdings: records.map((row) => ({
        digest: row.digest,
        object: row.object_id,
        author: row.organisation,
        audience: row.audience_id,
        seq: row.seq,
        previous: row.previous,
        content: row.statement && hashOf(row.statement),
        isWaiting: row.waiting,
      })),
      readable: objects.map(({ id, digest, object }) => ({
        object: id,
        digest,
        content: hashOf(object),
      })),
      refused,
      effects,
      words: [...new Set([...(await wordsInTables(rows)), ...(await wordsInFiles(home))])],
      // After the last thing was read: what is judged late may have been in time, never the reverse.
      at: systemClock(),
    }
  } finally {
    await client.query('rollback')
  }
}

/** Of JSON whose keys the database always gives in one order. */
const hashOf = (json: unknown): string =>
  createHash('sha256').update(JSON.stringify(json)).digest('hex')

type Rows = (text: string) => Promise<readonly { readonly [column: string]: string }[]>

async function wordsInTables(rows: Rows): Promise<readonly string[]> {
  const tables = await rows(`select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`)
  const found: string[] = []
  for (const { name } of tables) {
    for (const { row } of await rows(`select t::text as row from ${name} as t`)) {
      found.push(...wordsIn(row ?? ''))
    }
  }
  return found
}

/** Logs and whatever else it wrote down, but not the files of the database, which were asked. */
async function wordsInFiles(home: string): Promise<readonly string[]> {
  const entries = await readdir(home, { recursive: true, withFileTypes: true })
  const files = entries.filter(
    (entry) => entry.isFile() && !entry.parentPath.startsWith(join(home, 'database')),
  )
  const texts = files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'latin1'))
  return (await Promise.all(texts)).flatMap(wordsIn)
}

/** A word that nobody would write by chance. */
export const newWord = (): string =>
  `planted${Buffer.from(crypto.getRandomValues(new Uint8Array(9))).toString('hex')}`

/** Also in what is base64 or hexadecimal, one within the other. */
function wordsIn(text: string): readonly string[] {
  const plain = text.match(/planted[0-9a-f]{18}/g) ?? []
  const hex = (text.match(/(?:[0-9a-f]{2}){24,}/g) ?? []).map((run) => Buffer.from(run, 'hex'))
  const base64 = (text.match(/[\w+/-]{24,}/g) ?? []).map((run) => Buffer.from(run, 'base64'))
  const decoded = [...hex, ...base64].map((bytes) => bytes.toString('latin1'))
  return [...plain, ...decoded.flatMap((inner) => wordsIn(inner))]
}
