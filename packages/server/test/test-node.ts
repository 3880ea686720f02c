import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient } from '@tocsin/api/client.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { onTestFinished } from 'vitest'
import type { App, Log } from '../src/app.ts'
import type { PushSettings } from '../src/channels/web-push.ts'
import { runNode } from '../src/node.ts'
import { createDatabase } from './template-database.ts'
import { type As, openCast } from './test-people.ts'

export type TestNode = {
  readonly app: App
  readonly url: string
  readonly home: string
  readonly setUpLink: string | undefined
  /** The connection string of the database's owner, to look behind the node's back. */
  readonly databaseUrl: string
  readonly visitor: Client
  readonly operator: Client
  /** Somebody with an account and this role, signed in with a passkey; made when first asked for. */
  readonly as: As
  readonly advance: (ms: number) => void
  /** Before the test ends: nobody answers any more. */
  readonly stop: () => Promise<void>
}

const quiet: Log = { error: () => undefined, warn: () => undefined, info: () => undefined }

/** A whole node: its own database, folder, clock and listening server. Gone when the test ends. */
export async function startTestNode(
  parts: { fetch?: typeof fetch; channels?: App['channels']; push?: PushSettings; log?: Log } = {},
): Promise<TestNode> {
  const database = await createDatabase()
  const home = await mkdtemp(join(tmpdir(), 'tocsin-node-'))
  let now = '2026-01-01T00:00:00.000Z' as Instant
  const node = await runNode({
    home,
    host: '127.0.0.1',
    port: 0,
    origin: undefined,
    databaseUrl: database.url,
    clock: () => now,
    fetch: parts.fetch ?? fetch,
    channels: parts.channels ?? {},
    ...(parts.push && { push: parts.push }),
    log: parts.log ?? quiet,
  })
  onTestFinished(async () => {
    await node.stop()
    await database.drop()
    await rm(home, { recursive: true, force: true })
  })
  const token = await readFile(join(home, 'operator-token'), 'utf8')
  const transport = (path: string, init: RequestInit) => fetch(node.url + path, init)
  return {
    app: node.app,
    url: node.url,
    home,
    setUpLink: node.setUpLink,
    databaseUrl: database.url,
    visitor: createClient(transport),
    operator: createClient(transport, { authorization: `Bearer ${token}` }),
    stop: node.stop,
    as: openCast(node.url, node.setUpLink),
    advance: (ms) => {
      now = addMilliseconds(now, ms)
    },
  }
}
