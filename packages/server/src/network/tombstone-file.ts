import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Tombstone } from '@tocsin/domain/withdrawal.ts'

/*
 * Tombstones beside the database, in a file that no backup holds and no restore replaces: whatever
 * older state comes back, what was taken back before does not.
 */

const pathOf = (home: string) => join(home, 'tombstones')

const keyOf = ({ organisation, object }: Tombstone) => `${organisation} ${object}`

/** Every tombstone that was written down; a line that a crash cut off says nothing. */
export async function readTombstones(home: string): Promise<readonly Tombstone[]> {
  const text = await readFile(pathOf(home), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  return text.split('\n').flatMap((line) => {
    const { data } = Tombstone.safeParse(parse(line))
    return data ? [data] : []
  })
}

/** Writes down those that are not there yet, and answers when the disk has them. */
export async function keepTombstones(home: string, tombstones: readonly Tombstone[]) {
  const known = new Set((await readTombstones(home)).map(keyOf))
  const fresh = tombstones.filter((one) => !known.has(keyOf(one)))
  if (fresh.length === 0) return
  const file = await open(pathOf(home), 'a', 0o600)
  try {
    // The line before may have been cut off.
    await file.appendFile(fresh.map((one) => `\n${JSON.stringify(one)}\n`).join(''))
    await file.sync()
  } finally {
    await file.close()
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
