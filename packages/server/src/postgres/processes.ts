import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/*
 * What is known of processes that are not our children. A number alone says little: the machine
 * gives it out again.
 */

const onLinux = process.platform === 'linux'

/** Whether anything runs under this number, ours or not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** When the process began, in words that no other process of this number ever has. */
export function birthOf(pid: number): string | undefined {
  if (!onLinux) return ask(pid, 'lstart=')
  const stat = read(`/proc/${pid}/stat`)
  // The name comes second, in brackets, and may itself hold brackets and spaces.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state, started] = [fields?.[0], fields?.[19]]
  // Ended, and only waiting for its parent to notice.
  if (!started || state === 'Z' || state === 'X') return undefined
  return `${read('/proc/sys/kernel/random/boot_id')?.trim()} ${started}`
}

/** Whether this process is the PostgreSQL server of this folder. */
export function servesFolder(pid: number, folder: string): boolean {
  if (!onLinux) return (ask(pid, 'command=') ?? '').includes(`-D ${folder}`)
  const words = read(`/proc/${pid}/cmdline`)?.split('\0') ?? []
  return words[words.indexOf('-D') + 1] === folder
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function ask(pid: number, what: string): string | undefined {
  const { stdout } = spawnSync('ps', ['-ww', '-o', what, '-p', String(pid)], { encoding: 'utf8' })
  return stdout?.trim() || undefined
}

/** Fast shutdown first: everything is kept. The others only where that takes too long. */
const shutdown = [
  ['SIGINT', 30_000],
  ['SIGQUIT', 5_000],
  ['SIGKILL', 5_000],
] as const

/** Stops a PostgreSQL server; each signal a stronger one than the last. */
export async function stopServer(pid: number, isOver: () => boolean): Promise<void> {
  for (const [signal, patience] of shutdown) {
    if (isOver()) return
    try {
      process.kill(pid, signal)
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return
      throw error
    }
    for (let waited = 0; waited < patience && !isOver(); waited += 20) await sleep(20)
  }
}
