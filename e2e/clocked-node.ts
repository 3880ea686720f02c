import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Instant } from '../packages/domain/src/brand.ts'
import type { App } from '../packages/server/src/app.ts'
import { runNode } from '../packages/server/src/node.ts'
import { createDatabase } from '../packages/server/test/template-database.ts'

export type ClockedNode = Awaited<ReturnType<typeof startClockedNode>>

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

const untilOne = (): number => (DAY_MS + HOUR_MS - (Date.now() % DAY_MS)) % DAY_MS

const quiet = { error: () => undefined, warn: () => undefined, info: () => undefined }

/** A whole node with a database of its own, whose clock can be put forward: proofs of identity grow old without waiting. */
export async function startClockedNode(channels: App['channels'] = {}) {
  const home = await mkdtemp(join(tmpdir(), 'tocsin-e2e-'))
  const database = await createDatabase()
  // Always one in the morning, so that what is due today is so whenever the tests run.
  let ahead = untilOne()
  let held: number | undefined
  const now = () => held ?? Date.now() + ahead
  const node = await runNode({
    home,
    host: '127.0.0.1',
    port: 0,
    origin: undefined,
    databaseUrl: database.url,
    clock: () => Instant.parse(new Date(now()).toISOString()),
    channels,
    fetch,
    log: quiet,
  })
  const { port } = new URL(node.url)
  return {
    /** By its name, as passkeys need it. */
    url: `http://localhost:${port}`,
    app: node.app,
    setUpLink: node.setUpLink ?? '',
    now,
    advance: (ms: number) => {
      ahead += ms
      if (held !== undefined) held += ms
    },
    /** Stops the clock until it is let go: so that a slow machine does something within seconds too. */
    hold: () => {
      held = now()
    },
    letGo: () => {
      ahead = now() - Date.now()
      held = undefined
    },
    stop: async () => {
      await node.stop()
      await database.drop()
      await rm(home, { recursive: true, force: true })
    },
  }
}
