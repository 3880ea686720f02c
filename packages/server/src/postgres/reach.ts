import type { Config } from '../config.ts'
import { findServer } from './address.ts'
import { openHome, startEmbedded } from './embedded.ts'
import { lockHome } from './home-lock.ts'
import { checkOutside } from './outside.ts'

type Place = Pick<Config, 'home' | 'databaseUrl'>

/** Works on the database while the node may be running: on its server, or on one for this work. */
export async function withDatabase<T>(
  { home: folder, databaseUrl }: Place,
  work: (databaseUrl: string) => Promise<T>,
): Promise<T> {
  if (databaseUrl) {
    await checkOutside(databaseUrl)
    return work(databaseUrl)
  }
  const home = await openHome(folder)
  const running = await findServer(home)
  if (running) return work(running)
  return withDatabaseAlone({ home, databaseUrl }, work)
}

/** Works on the database of a node that must not run meanwhile, and cannot start. */
export async function withDatabaseAlone<T>(
  { home: folder, databaseUrl }: Place,
  work: (databaseUrl: string) => Promise<T>,
): Promise<T> {
  const home = await openHome(folder)
  const unlock = await lockHome(home)
  try {
    if (databaseUrl) {
      await checkOutside(databaseUrl)
      return await work(databaseUrl)
    }
    const embedded = await startEmbedded(home)
    return await work(embedded.url).finally(embedded.stop)
  } finally {
    await unlock()
  }
}
