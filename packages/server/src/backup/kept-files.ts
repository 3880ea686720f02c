import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/*
 * What of the node's folder a backup keeps: keys and the secrets people entrusted to the node. Not
 * the database (its rows are kept as rows), nor what is true of one run or of this machine only.
 */

const left = new Set([
  'database',
  'database-draft',
  'database-password',
  'database.log',
  'downloads',
  'last-backup.json',
  'node.pid',
  'operator-token',
  'restore-draft',
  'restored.json',
  'tombstones',
])

const part = '[A-Za-z0-9][A-Za-z0-9_-]*(?:\\.[A-Za-z0-9_-]+)*'
const keptPath = new RegExp(`^${part}(?:/${part}){0,3}$`)

/** Whether a file of this name belongs in a backup; a name from a file that may be hostile. */
export function isKept(path: string): boolean {
  const [first = ''] = path.split('/')
  return keptPath.test(path) && !left.has(first) && !first.startsWith('node.pid.')
}

/** The files of the node's folder that a backup keeps, by name. */
export async function listKept(home: string): Promise<readonly string[]> {
  const entries = await readdir(home, { withFileTypes: true, recursive: false })
  const paths = await Promise.all(
    entries.map(async (entry) => {
      if (entry.isFile()) return [entry.name]
      if (!entry.isDirectory() || !isKept(entry.name)) return []
      const inside = await readdir(join(home, entry.name), { withFileTypes: true })
      return inside.filter((file) => file.isFile()).map((file) => `${entry.name}/${file.name}`)
    }),
  )
  return paths.flat().filter(isKept).sort()
}
