import { readdir, readFile } from 'node:fs/promises'

export type ProcessMemory = {
  readonly pid: number
  readonly command: string
  /** Proportional set size: memory that several processes share is divided among them. */
  readonly megabytes: number
}

/** The memory of a process and of all that it started, from Linux's own books. */
export async function memoryUnder(root: number): Promise<readonly ProcessMemory[]> {
  const parents = new Map<number, number>()
  for (const name of await readdir('/proc')) {
    const stat =
      /^\d+$/.test(name) && (await readFile(`/proc/${name}/stat`, 'utf8').catch(() => ''))
    // The name of the program stands in brackets and may hold anything.
    if (stat) parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
  }
  const isUnder = (pid: number): boolean =>
    pid === root || (pid > 1 && isUnder(parents.get(pid) ?? 0))
  return Promise.all([...parents.keys()].filter(isUnder).map(memoryOf))
}

async function memoryOf(pid: number): Promise<ProcessMemory> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8')
  const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ')
  return { pid, command, megabytes: Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1]) / 1024 }
}
