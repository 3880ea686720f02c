import { existsSync } from 'node:fs'
import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startCluster } from '../src/postgres/cluster.ts'
import { findWrapper } from '../src/postgres/unprivileged.ts'
import { connections, makeTemplate, spareDisk } from './template-database.ts'

/** The oldest PostgreSQL the product supports, as Debian installs it. */
const binaries = '/usr/lib/postgresql/15/bin'
const given = process.env['TEST_DATABASE_URL']

/** Whether there is an outside PostgreSQL to test on; in CI its absence must fail, not pass by. */
export const hasOutsidePostgres =
  given !== undefined || existsSync(binaries) || process.env['CI'] === 'true'
if (!hasOutsidePostgres) {
  process.stdout.write(
    'Left out: the tests on an outside PostgreSQL, because neither TEST_DATABASE_URL nor PostgreSQL 15 is here.\n',
  )
}

/** Once for the whole suite: the PostgreSQL that TEST_DATABASE_URL names, or Debian's own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (given) {
    await makeTemplate(project, given)
    return async () => undefined
  }
  const home = await realpath(await mkdtemp(join(tmpdir(), 'tocsin-test-')))
  const server = await startCluster({ binaries, wrapper: findWrapper(), home, connections })
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
