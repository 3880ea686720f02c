import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startNode } from '../packages/server/src/node.ts'

declare module 'vitest' {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface can be added to
  interface ProvidedContext {
    nodeUrl: string
    setUpLink: string | undefined
  }
}

/** One real node for all journeys, as `npm start` runs it, in a folder of its own. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const home = await mkdtemp(join(tmpdir(), 'tocsin-e2e-'))
  const node = await startNode({
    home,
    host: '127.0.0.1',
    port: 0,
    origin: undefined,
    databaseUrl: undefined,
    mail: undefined,
    logLevel: 'error',
  })
  provide('nodeUrl', node.url)
  provide('setUpLink', node.setUpLink)
  return async () => {
    await node.stop()
    await rm(home, { recursive: true, force: true })
  }
}
