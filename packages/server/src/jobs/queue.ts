import type { EditionId } from '@tocsin/domain/risk.ts'
import { sql } from 'kysely'
import { PgBoss } from 'pg-boss'
import type { Tx } from '../database/database.ts'

/** Every kind of work done later, and what it needs to know. */
export type Jobs = {
  'risk.build-edition': { readonly editionId: EditionId }
}
export type JobKind = keyof Jobs

/** Takes a transaction, never a connection: the job exists exactly when its cause does. */
export type Enqueue = <K extends JobKind>(tx: Tx, kind: K, payload: Jobs[K]) => Promise<void>

/** What each kind of job does; run at least once, so every handler must stand being run twice. */
export type Handlers = { readonly [K in JobKind]: (payload: Jobs[K]) => Promise<void> }

export type Queue = {
  readonly enqueue: Enqueue
  /** Starts taking jobs: the handlers need the app, and the app needs `enqueue`. */
  readonly work: (handlers: Handlers) => Promise<void>
  readonly close: () => Promise<void>
}

/** Opens the queue on PostgreSQL (pg-boss), speaking as the application's role. */
export async function openQueue(
  connectionString: string,
  onError: (error: Error) => void,
): Promise<Queue> {
  const boss = new PgBoss({
    connectionString: withAppRole(connectionString),
    schema: 'pgboss',
    createSchema: false,
    max: 3,
  })
  boss.on('error', onError)
  await boss.start()
  return {
    enqueue: async (tx, kind, payload) => {
      await boss.send(kind, payload, { db: { executeSql: executeIn(tx) } })
    },
    work: async (handlers) => {
      const kinds = Object.keys(handlers) as JobKind[]
      for (const kind of kinds) {
        await boss.createQueue(kind, { retryLimit: 5, retryBackoff: true })
        await boss.work(kind, { batchSize: 1, pollingIntervalSeconds: 1 }, async (jobs) => {
          for (const job of jobs) await handlers[kind](job.data as never)
        })
      }
    },
    close: () => boss.stop({ graceful: true, timeout: 5_000 }),
  }
}

function withAppRole(connectionString: string): string {
  const url = new URL(connectionString)
  url.searchParams.set('options', '-c role=tocsin_app')
  return url.href
}

/** Lets pg-boss, which speaks `$1` SQL, write inside a Kysely transaction. */
function executeIn(tx: Tx) {
  return async (text: string, values: unknown[] = []) => {
    const parts = text.split(/\$(\d+)/)
    const fragments = parts.map((part, index) =>
      index % 2 === 0 ? sql.raw(part) : sql`${values[Number(part) - 1]}`,
    )
    const { rows } = await sql.join(fragments, sql.raw('')).$castTo<never>().execute(tx)
    return { rows }
  }
}
