import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { clearWeather, type Links, type Weather } from './links.ts'

const program = fileURLToPath(new URL('probe.ts', import.meta.url))

/** What the links do, measured by two processes at the first two sites, one condition at a time. */
export async function measureLinks(links: Links, weather: Weather): Promise<readonly string[]> {
  const [caller, called] = links.sites
  if (!caller || !called) return []
  const start = (site: typeof caller, words: readonly (string | number)[]) => {
    const [command = '', ...rest] = [
      ...site.before,
      process.execPath,
      program,
      ...words.map(String),
    ]
    return spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'] })
  }
  const listener = start(called, ['listen', called.host, called.port])
  const ended = once(listener, 'exit')
  const { host, port } = links.address(0, 1)
  const probe = async (role: string, one: Partial<Weather>): Promise<Figures> => {
    await setBoth(links, { ...clearWeather, ...one })
    return firstLine(start(caller, [role, host, port]))
  }
  try {
    await firstLine(listener)
    const { delay, jitter, rate, loss, duplicate } = weather
    const found = [
      `delay set to ${delay} ms each way, measured ${round(await probe('delay', { delay, jitter }), 'oneWayMs')} ms`,
      `rate set to ${rate} kbit/s, measured ${round(await probe('rate', { rate }), 'kbit')} kbit/s`,
    ]
    if (links.leftOut === undefined) {
      const packets = await probe('packets', { loss, duplicate })
      found.push(`loss set to ${loss} %, measured ${round(packets, 'lostPercent')} %`)
      found.push(`doubled set to ${duplicate} %, measured ${round(packets, 'doubledPercent')} %`)
    }
    return found
  } finally {
    listener.kill('SIGKILL')
    await ended
    await setBoth(links, clearWeather)
  }
}

type Figures = Readonly<Record<string, number>>

const round = (figures: Figures, name: string): string => (figures[name] ?? Number.NaN).toFixed(1)

async function setBoth(links: Links, weather: Weather): Promise<void> {
  await links.set(0, 1, weather)
  await links.set(1, 0, weather)
}

async function firstLine({ stdout }: ChildProcess): Promise<Figures> {
  if (!stdout) throw new Error('a probe says nothing')
  for await (const line of createInterface({ input: stdout })) return JSON.parse(line)
  throw new Error('a probe ended before it had measured')
}
