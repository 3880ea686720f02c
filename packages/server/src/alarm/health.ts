import { Health } from '@tocsin/api/clocks.ts'
import type { FastifyInstance } from 'fastify'
import type { Database } from '../database/database.ts'
import { isSilent } from './silence.ts'

/** Longer than a node under load takes, shorter than a monitor waits. */
const ANSWER_MS = 5_000

/**
 * `GET /api/health` for monitors outside: 200 while the clocks are looked after, 503 when they are
 * not or the database does not answer. Asked without an account and past the gate, which itself needs
 * the database; however many ask at once, the database is asked once.
 */
export function serveHealth(server: FastifyInstance, db: Database): void {
  let asked: Promise<boolean> | undefined
  server.get('/api/health', async (_request, reply) => {
    asked ??= isSilent(db, ANSWER_MS).finally(() => {
      asked = undefined
    })
    const isLate = await asked
    reply.code(isLate ? 503 : 200).header('cache-control', 'no-store')
    return Health.parse({ state: isLate ? 'late' : 'ok' })
  })
}
