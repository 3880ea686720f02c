import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '../src/postgres/embedded.ts'
import { makeTemplate } from './template-database.ts'

/** Once for the whole suite: the PostgreSQL that ships with the product, in a folder of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = await mkdtemp(join(tmpdir(), 'tocsin-test-'))
  const server = await startEmbedded(home)
  const stop = async () => {
    await server.stop()
    await rm(home, { recursive: true, force: true })
  }
  await makeTemplate(project, server.url).catch(async (error) => {
    await stop()
    throw error
  })
  return stop
}
