import {
  CompiledQuery,
  type DatabaseConnection,
  PostgresDialect,
  type PostgresDialectConfig,
  PostgresDriver,
} from 'kysely'

/**
 * PostgreSQL for one actor: a transaction begins and says on whose behalf it is in one message, since
 * each message more is a way to the database and back, and every request begins a few.
 */
export class ActorDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig
  readonly #claims: string

  constructor(config: PostgresDialectConfig, claims: string) {
    super(config)
    this.#config = config
    this.#claims = claims
  }

  override createDriver(): ActorDriver {
    return new ActorDriver(this.#config, this.#claims)
  }
}

class ActorDriver extends PostgresDriver {
  readonly #claims: string

  constructor(config: PostgresDialectConfig, claims: string) {
    super(config)
    this.#claims = claims
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`begin; ${this.#claims}`))
  }
}
