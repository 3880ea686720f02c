import { mkdir, realpath } from 'node:fs/promises'
import { Problem } from '@tocsin/domain/problem.ts'
import { findBinaries } from './binaries.ts'
import { type RunningCluster, startCluster } from './cluster.ts'
import { findWrapper } from './unprivileged.ts'

/** Starts the PostgreSQL that ships with the product, in a folder of the node's own. */
export async function startEmbedded(home: string): Promise<RunningCluster> {
  await makeFolder(home)
  const cluster = { binaries: findBinaries(), wrapper: findWrapper(), home: await realpath(home) }
  return startCluster(cluster).catch((error) => {
    throw asProblem(error, home)
  })
}

async function makeFolder(home: string): Promise<void> {
  await mkdir(home, { recursive: true, mode: 0o700 }).catch((error) => {
    throw asProblem(error, home)
  })
}

function asProblem(error: unknown, folder: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (error instanceof Problem) return error
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') {
    return new Problem('node.home-read-only', { folder }, { cause: error })
  }
  if (code === 'ENOSPC') return new Problem('node.disk-full', { folder }, { cause: error })
  return error
}
