import { open, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { z } from 'zod'

const Mark = z.object({
  /** What is being fetched: another address or release begins anew. */
  of: z.string(),
  /** Bytes of the part that are whole. */
  bytes: z.int(),
  /** What the publisher calls this state of its file. */
  etag: z.string().nullable(),
  /** Pages that are whole, counted over all addresses. */
  pages: z.int(),
  /** How many rows the publisher said there are. */
  total: z.int().nullable(),
})
export type Mark = z.infer<typeof Mark>

/** A file being fetched: what is there of it, and how far it is, so that a fetch can go on later. */
export type Part = {
  readonly mark: Mark
  readonly begin: () => Promise<void>
  readonly add: (piece: Uint8Array) => Promise<void>
  /** Notes what is whole now. */
  readonly note: (news: Partial<Omit<Mark, 'of' | 'bytes'>>) => Promise<void>
  /** Gives the file its name: only now is it there for others. */
  readonly finish: () => Promise<void>
}

/** Opens the part of a file, with what an earlier fetch of the same left. */
export async function openPart(path: string, of: string): Promise<Part> {
  const [part, note] = [`${path}.part`, `${path}.part.json`]
  const fresh: Mark = { of, bytes: 0, etag: null, pages: 0, total: null }
  let mark = await readMark(note, of, part).catch(() => fresh)
  if (mark.bytes === 0) await writeFile(part, '', { mode: 0o600 })
  else await truncate(part, mark.bytes)
  const save = () => writeAtomically(note, JSON.stringify(mark))
  return {
    get mark() {
      return mark
    },
    begin: async () => {
      mark = fresh
      await truncate(part, 0)
      await save()
    },
    add: async (piece) => {
      const file = await open(part, 'a')
      await file.appendFile(piece)
      await file.close()
      mark = { ...mark, bytes: mark.bytes + piece.length }
    },
    note: async (news) => {
      mark = { ...mark, ...news }
      await save()
    },
    finish: async () => {
      await rename(part, path)
      await rm(note, { force: true })
    },
  }
}

async function readMark(note: string, of: string, part: string): Promise<Mark> {
  const mark = Mark.parse(JSON.parse(await readFile(note, 'utf8')))
  const { size } = await stat(part)
  if (mark.of !== of || size < mark.bytes) throw new Error('another file')
  return mark
}

async function writeAtomically(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text, { mode: 0o600 })
  await rename(`${path}.new`, path)
}
