import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** What is written down of the last backup, in the node's folder. */
export const lastBackupFile = 'last-backup.json'

const LastBackup = z.object({ madeAt: z.iso.datetime(), file: z.string(), bytes: z.number() })
export type LastBackup = z.infer<typeof LastBackup>

/** The last backup of this node, if one was made here. */
export async function findLastBackup(home: string): Promise<LastBackup | undefined> {
  const text = await readFile(join(home, lastBackupFile), 'utf8').catch(() => '')
  return LastBackup.safeParse(parse(text)).data
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
