import { randomUUID } from 'node:crypto'
import { writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { operator } from '@tocsin/domain/actor.ts'
import { systemClock } from '@tocsin/domain/clock.ts'
import { recordAudit } from '../src/audit/audit.ts'
import { openDatabase } from '../src/database/database.ts'
import { migrate } from '../src/database/migrate.ts'
import { openHome, startEmbedded } from '../src/postgres/embedded.ts'
import { lockHome } from '../src/postgres/home-lock.ts'

/*
 * A process that is there to be killed: it starts the database of a folder as a node does, and says
 * the name of each audit entry as soon as it has been acknowledged, from four writers at once.
 */

const home = await openHome(process.argv[2] ?? '')
await lockHome(home)
const { url } = await startEmbedded(home)
await migrate(url)
const db = openDatabase(url)

async function write(): Promise<never> {
  for (;;) {
    const deed = { at: systemClock(), actor: operator, act: 'test.wrote', subject: randomUUID() }
    try {
      await db.as(operator, (tx) => recordAudit(tx, deed))
      writeSync(1, `${deed.subject}\n`)
    } catch {
      // The database was killed: what was not acknowledged may be lost.
      await sleep(20)
    }
  }
}

await Promise.all([write(), write(), write(), write()])
