import type { Actor } from '@tocsin/domain/actor.ts'
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import pg from 'pg'
import { ActorDialect } from './actor-dialect.ts'
import { NamingClient } from './naming-client.ts'
import type { Schema } from './schema.ts'

export type Tx = Transaction<Schema>

/**
 * The one way to the tables: a transaction on behalf of an actor. Row-level security reads the
 * actor's claims, so a query without an actor cannot even be written.
 */
export type Database = {
  readonly as: As
  /**
   * Many transactions as one: what is done through the door that is handed in stands or falls
   * together, and nobody sees it before all of it stands. One step after another, never two at once.
   */
  readonly asOne: <T>(work: (as: As) => Promise<T>) => Promise<T>
  readonly close: () => Promise<void>
}

export type As = <T>(actor: Actor, work: (tx: Tx) => Promise<T>) => Promise<T>

const TIMESTAMPTZ = 1184
const DATE = 1082
const INT8 = 20
pg.types.setTypeParser(TIMESTAMPTZ, (text) => new Date(text).toISOString())
pg.types.setTypeParser(DATE, (text) => text)
// Counts and sequence numbers stay far below 2^53.
pg.types.setTypeParser(INT8, Number)

/** Opens a pool that always speaks as `tocsin_app`, which cannot pass row-level security. */
export function openDatabase(connectionString: string, connections = 10): Database {
  const options = '-c role=tocsin_app'
  const pool = new pg.Pool({ connectionString, options, max: connections, Client: NamingClient })
  // A connection that dies while idle (database killed) is replaced at the next use.
  pool.on('error', () => undefined)
  // One that dies in the middle of a transaction fails its query; unheard, it would end the node.
  pool.on('connect', (client) => client.on('error', () => undefined))
  const kysely = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  const within =
    (tx: Tx): As =>
    async (actor, work) => {
      await sql.raw(claimsOf(actor)).execute(tx)
      return work(tx)
    }
  const beginningAs = (actor: Actor) =>
    new Kysely<Schema>({ dialect: new ActorDialect({ pool }, claimsOf(actor)) })
  return {
    as: (actor, work) => beginningAs(actor).transaction().execute(work),
    asOne: (work) => kysely.transaction().execute((tx) => work(within(tx))),
    close: () => pool.end(),
  }
}

/** The statement that says, until the transaction ends, on whose behalf it is. */
function claimsOf(actor: Actor): string {
  const person = actor.kind === 'person' ? actor : undefined
  const claims = {
    kind: actor.kind,
    person: person?.person ?? '',
    organisation: 'organisation' in actor ? actor.organisation : '',
    roles: `{${person?.roles.join(',') ?? ''}}`,
  }
  const settings = Object.entries(claims).map(
    ([name, value]) => `set_config('tocsin.${name}', ${pg.escapeLiteral(value)}, true)`,
  )
  return `select ${settings.join(', ')}`
}
