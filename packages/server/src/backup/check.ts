import { openSealed, type SealedFile } from './container.ts'
import { type Header, walk } from './contents.ts'
import type { BackupFacts } from './make.ts'

/** A backup whose seal, counts and hashes all hold. */
export type CheckedBackup = {
  readonly sealed: SealedFile
  readonly header: Header
  readonly facts: BackupFacts
}

/** Reads a backup from end to end; refuses what is not one, or not whole. Touches no database. */
export async function checkBackup(file: string): Promise<CheckedBackup> {
  const sealed = await openSealed(file)
  const totals = { tables: 0, rows: 0, files: 0 }
  let header: Header | undefined
  await walk(sealed, file, {
    header: async (found) => {
      header = found
    },
    section: async () => undefined,
    sum: ({ kind }, { rows }) => {
      if (kind === 'file') totals.files += 1
      else {
        totals.tables += 1
        totals.rows += rows
      }
    },
    trailer: async () => undefined,
  })
  if (!header) throw new RangeError('a backup without a header was walked to its end')
  const { sha256, bytes } = sealed
  return { sealed, header, facts: { madeAt: header.madeAt, ...totals, bytes, sha256 } }
}
