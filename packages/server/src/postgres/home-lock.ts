import { randomBytes } from 'node:crypto'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem } from '@tocsin/domain/problem.ts'
import { birthOf } from './processes.ts'

/** Whoever works on a folder: only one at a time may. */
export type Holder = { readonly pid: number }

/** Takes the folder for this process; refuses while another that lives has it. */
export async function lockHome(home: string): Promise<() => Promise<void>> {
  const path = join(home, 'node.pid')
  const mine = `${process.pid}\n${birthOf(process.pid) ?? ''}\n`
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  await writeFile(draft, mine, { mode: 0o600 })
  try {
    while (!(await takeWith(draft, path))) {
      const holder = await findHolder(home)
      if (holder) {
        const pid = String(holder.pid)
        throw new Problem('node.running-already', { folder: home, pid })
      }
      await removeStale(path)
    }
  } finally {
    await rm(draft, { force: true })
  }
  return () => rm(path, { force: true })
}

/** The process that has this folder, if it still lives. */
export async function findHolder(home: string): Promise<Holder | undefined> {
  return parse(await read(join(home, 'node.pid')))
}

function parse(text: string): Holder | undefined {
  const [number = '', birth = ''] = text.split('\n')
  const pid = Number(number)
  if (!Number.isInteger(pid) || pid <= 0) return undefined
  return birthOf(pid) === birth ? { pid } : undefined
}

const read = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '')

/** A link appears whole and only where nothing is: of two that start at once, one gets it. */
async function takeWith(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/** Moved before it goes: if a third process took the place meanwhile, it gets it back. */
async function removeStale(path: string): Promise<void> {
  const aside = `${path}.${randomBytes(6).toString('hex')}`
  await rename(path, aside).catch(() => undefined)
  if (parse(await read(aside))) await link(aside, path).catch(() => undefined)
  await rm(aside, { force: true })
}
