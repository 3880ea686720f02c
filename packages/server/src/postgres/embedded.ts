import { mkdir, realpath } from 'node:fs/promises'
import { Problem } from '@tocsin/domain/problem.ts'
import { findBinaries } from './binaries.ts'
import { type RunningCluster, startCluster } from './cluster.ts'
import { findWrapper } from './unprivileged.ts'

/** Makes the node's folder where it is absent, readable by its owner alone; answers its real path. */
export async function openHome(home: string): Promise<string> {
  return explaining(home, async () => {
    await mkdir(home, { recursive: true, mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
      // What Node makes of a read-only disk when it is to make a whole path.
      if (error.code !== 'ENOENT') throw error
      throw new Problem('node.home-read-only', { folder: home }, { cause: error })
    })
    return realpath(home)
  })
}

/** Starts the PostgreSQL that ships with the product, in a folder of the node's own. */
export async function startEmbedded(
  folder: string,
  onRestart?: () => void,
): Promise<RunningCluster> {
  const home = await openHome(folder)
  return explaining(home, async () =>
    startCluster({ binaries: findBinaries(), wrapper: findWrapper(), home }, onRestart),
  )
}

/** Does work on the node's folder; what the disk refuses becomes a sentence. */
export async function explaining<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw asProblem(error, folder)
  }
}

const unwritable = new Set<unknown>(['EROFS', 'EACCES', 'EPERM', 'ENOTDIR', 'EEXIST'])

function asProblem(error: unknown, folder: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (error instanceof Problem) return error
  if (unwritable.has(code)) {
    return new Problem('node.home-read-only', { folder }, { cause: error })
  }
  if (code === 'ENOSPC') return new Problem('node.disk-full', { folder }, { cause: error })
  return error
}
