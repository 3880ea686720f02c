import { readFile, stat } from 'node:fs/promises'
import { Problem } from '@tocsin/domain/problem.ts'
import { unzipSync } from 'fflate'

/** Far above any record: what is larger is something else, and is not read into memory. */
const LARGEST = 256 * 1024 * 1024
/** A record, the document that people read, the list of both, and room for what others add. */
const MOST_FILES = 20

type Read = { readonly json: Uint8Array } | { readonly files: Readonly<Record<string, Uint8Array>> }

/** Reads a record as it was given out: an archive, or the signed file by itself. `path` names it in faults. */
export function readRecordFile(path: string, bytes: Uint8Array): Read {
  const isArchive = bytes[0] === 0x50 && bytes[1] === 0x4b
  if (!isArchive) return { json: bytes }
  let left = LARGEST
  let files = 0
  try {
    return {
      files: unzipSync(bytes, {
        // What a name says must fit before anything is unpacked, and no more than that is.
        filter: ({ originalSize }) => {
          left -= originalSize
          files += 1
          if (left < 0 || files > MOST_FILES) throw new Problem('verify.too-large', { file: path })
          return true
        },
      }),
    }
  } catch (error) {
    if (error instanceof Problem) throw error
    throw new Problem('verify.not-a-record', { file: path }, { cause: error })
  }
}

/** The bytes of a file that is no larger than any record. */
export async function readSmall(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path)
    if (size > LARGEST) throw new Problem('verify.too-large', { file: path })
    return await readFile(path)
  } catch (error) {
    if (error instanceof Problem) throw error
    throw new Problem('verify.no-file', { file: path }, { cause: error })
  }
}
