import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '../src/postgres/embedded.ts'
import { makeTemplate, spareDisk } from './template-database.ts'

/** Once for the whole suite: the PostgreSQL that ships with the product, in a folder of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = await mkdtemp(join(tmpdir(), 'tocsin-test-'))
  const server = await startEmbedded(home)
  const stop = async () => {
    await server.stop()
    await rm(home, { recursive: true, force: true })
  }
  const prepare = async () => {
    await spareDisk(server.url)
    await makeTemplate(project, server.url)
  }
  await prepare().catch(async (error) => {
    await stop()
    throw error
  })
  return stop
}
