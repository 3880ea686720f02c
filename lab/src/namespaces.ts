import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { isAlive } from '@tocsin/server/postgres/processes.ts'
import { type Links, NODE_PORT, type Site, withLab } from './links.ts'

const PREFIX = 'tocsin-lab'
const wireProgram = fileURLToPath(new URL('wire.py', import.meta.url))

const addressOf = (place: number): string => `10.77.0.${place + 1}`

/** Why links of namespaces cannot be made here; undefined where they can. */
export function whyNoNamespaces(): string | undefined {
  for (const program of ['ip', 'python3', 'setpriv']) {
    if (spawnSync(program, ['--version']).error) return `there is no ${program}`
  }
  if (!existsSync('/dev/net/tun')) return 'there is no /dev/net/tun'
  sweep()
  const name = `${PREFIX}-${process.pid}-probe`
  const made = ip('netns', 'add', name)
  if (made !== '') return made
  const wire = spawnSync('python3', [wireProgram, '1', `${name}=${addressOf(0)}`], { input: '' })
  ip('netns', 'del', name)
  if (wire.status === 0) return undefined
  return String(wire.stderr).trim().split('\n').at(-1) || 'the wire cannot be laid'
}

/** One namespace for each node, and one wire between them all. */
export async function openNamespaces(count: number, seed: number): Promise<Links> {
  const names = Array.from({ length: count }, (_, place) => `${PREFIX}-${process.pid}-${place}`)
  const removeAll = () => names.forEach(remove)
  // Also where nobody closes in order: no namespace outlives the lab.
  process.once('exit', removeAll)
  for (const name of names) {
    const fault = ip('netns', 'add', name)
    if (fault !== '') throw new Error(fault)
  }
  const places = names.map((name, place) => `${name}=${addressOf(place)}`)
  const wire = spawn('python3', [wireProgram, String(seed), ...places], {
    // Ctrl-C reaches the lab, which still needs the wire to stop the nodes.
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(wire, 'exit')
  const lines = createInterface({ input: wire.stdout })[Symbol.asyncIterator]()
  const answer = async () => {
    const { value, done } = await lines.next()
    if (done) throw new Error('the wire has ended')
    return String(value)
  }
  await answer()
  let last: Promise<unknown> = Promise.resolve()
  return {
    kind: 'network namespaces',
    leftOut: undefined,
    sites: names.map(
      (name, place): Site => ({
        before: [...withLab, 'ip', 'netns', 'exec', name],
        host: addressOf(place),
        port: NODE_PORT,
      }),
    ),
    address: (_from, to) => ({ host: addressOf(to), port: NODE_PORT }),
    set: (from, to, weather) => {
      const next = last.then(() => {
        wire.stdin.write(`${JSON.stringify({ from, to, ...weather })}\n`)
        return answer()
      })
      last = next.catch(() => undefined)
      return next
    },
    close: async () => {
      wire.stdin.end()
      await ended
      process.off('exit', removeAll)
      for (const name of names) await endAll(name)
      removeAll()
    },
  }
}

/** Answers what went wrong, or nothing. */
function ip(...words: readonly string[]): string {
  const { status, stderr, error } = spawnSync('ip', words, { encoding: 'utf8' })
  if (status === 0) return ''
  return (stderr || String(error)).trim()
}

const pidsIn = (name: string): number[] =>
  spawnSync('ip', ['netns', 'pids', name], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter((line) => line !== '')
    .map(Number)

const HURRY_MS = 5_000

/** Whoever still runs in a namespace of ours is told to end, and after a while made to. */
async function endAll(name: string): Promise<void> {
  signal(pidsIn(name), 'SIGQUIT')
  for (let left = HURRY_MS; left > 0 && pidsIn(name).length > 0; left -= 50) await pause(50)
}

function remove(name: string): void {
  signal(pidsIn(name), 'SIGKILL')
  ip('netns', 'del', name)
}

function signal(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal)
    } catch {
      // It has ended of its own accord.
    }
  }
}

/** Removes what a lab left behind that was killed. */
function sweep(): void {
  const listed = spawnSync('ip', ['netns', 'list'], { encoding: 'utf8' }).stdout.split('\n')
  for (const line of listed) {
    const [name = ''] = line.split(' ')
    const [, pid] = new RegExp(`^${PREFIX}-(\\d+)-`).exec(name) ?? []
    if (pid !== undefined && !isAlive(Number(pid))) remove(name)
  }
}
