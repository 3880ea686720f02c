import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { without } from '../../records/test/without.ts'

const run = promisify(execFile)

export const withoutPoppler = without('pdftotext', 'poppler-utils')

/** Runs a program on bytes in a file of their own; answers what it prints. */
async function runOn(
  name: string,
  bytes: Uint8Array,
  program: string,
  argumentsFor: (file: string, folder: string) => readonly string[],
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-document-'))
  try {
    const file = join(folder, name)
    await writeFile(file, bytes)
    const { stdout } = await run(program, [...argumentsFor(file, folder)], { maxBuffer: 1 << 28 })
    return stdout
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The text layer of a PDF, in the order in which a reader hears it. */
export const textOf = (pdf: Uint8Array): Promise<string> =>
  runOn('document.pdf', pdf, 'pdftotext', (file) => [file, '-'])

/** What a PDF says of itself: title, tags, pages. */
export const infoOf = (pdf: Uint8Array): Promise<string> =>
  runOn('document.pdf', pdf, 'pdfinfo', (file) => [file])
