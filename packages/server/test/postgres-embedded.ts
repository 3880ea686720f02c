import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { findBinaries } from '../src/postgres/binaries.ts'
import { startCluster } from '../src/postgres/cluster.ts'
import { findWrapper } from '../src/postgres/unprivileged.ts'
import { connections, makeTemplate, spareDisk } from './template-database.ts'

/** Once for the whole suite: the PostgreSQL that ships with the product, in a folder of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = await realpath(await mkdtemp(join(tmpdir(), 'tocsin-test-')))
  const parts = { binaries: findBinaries(), wrapper: findWrapper(), home }
  const server = await startCluster({ ...parts, connections })
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
