import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createClient } from '@tocsin/api/client.ts'
import { onTestFinished } from 'vitest'
import { runNode } from '../src/node.ts'
import type { LoggedNode } from './test-withdrawal.ts'

/** A node that was restored, started anew. */
export async function startRestored(
  node: LoggedNode,
  databaseUrl: string,
  home: string,
): Promise<LoggedNode> {
  const said: string[] = []
  const say = (details: object, message: string) => {
    said.push(`${JSON.stringify(details)} ${message}`)
  }
  const again = await runNode({
    ...{ home, databaseUrl, host: '127.0.0.1', port: 0, origin: undefined },
    ...{ clock: node.app.clock, channels: {}, fetch, log: { error: say, warn: say, info: say } },
  })
  onTestFinished(again.stop)
  const token = await readFile(join(home, 'operator-token'), 'utf8')
  const operator = createClient((path, init) => fetch(again.url + path, init), {
    authorization: `Bearer ${token}`,
  })
  return { ...node, app: again.app, url: again.url, operator, databaseUrl, home, said }
}
