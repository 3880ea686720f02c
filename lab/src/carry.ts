import type { Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { MersenneTwister } from '@tocsin/forecast/mersenne-twister.ts'
import type { Weather } from './links.ts'

/** One direction between two nodes, over however many connections. */
export type Way = {
  weather: Weather
  /** When the last byte that was given to it has left, at its rate. */
  freeAt: number
}

export type Counts = { connections: number; delayed: number; broken: number }

/** As long as TCP takes at first to send again what was lost. */
const SEND_AGAIN_MS = 200
/** How often a connection breaks, for each part that is lost. */
const BREAKS = 0.02
const PART_BYTES = 1_400
const LONGEST_QUEUE_BYTES = 65_536
const LOOK_AGAIN_MS = 50

/** Carries what comes from one socket to another, in order and at the pace of the way. */
export function carry(
  way: Way,
  { from, to }: { readonly from: Socket; readonly to: Socket },
  random: MersenneTwister,
  counts: Counts,
): void {
  const line: Line = { parts: [], queued: 0, isOver: false, wake: () => undefined }
  const pass = (part: Buffer) => {
    const isLost = random.uniform() * 100 < way.weather.loss
    if (isLost) counts.delayed += 1
    if (isLost && random.uniform() < BREAKS) {
      counts.broken += 1
      from.destroy()
      to.destroy()
    }
    line.parts.push({ part, at: dueAt(way, part.length, isLost, random) })
  }
  from.on('data', (read: Buffer) => {
    for (let at = 0; at < read.length; at += PART_BYTES) pass(read.subarray(at, at + PART_BYTES))
    line.queued += read.length
    if (line.queued > LONGEST_QUEUE_BYTES) from.pause()
    line.wake()
  })
  const end = () => {
    line.isOver = true
    line.wake()
  }
  from.once('end', end).once('close', end)
  void deliver(line, way, from, to)
}

/** What has come and not yet arrived. */
type Line = {
  readonly parts: { readonly part: Buffer; readonly at: number }[]
  queued: number
  isOver: boolean
  wake: () => unknown
}

async function deliver(line: Line, way: Way, from: Socket, to: Socket): Promise<void> {
  while (!to.destroyed) {
    const next = line.parts.shift()
    if (next) {
      await pause(Math.max(0, next.at - performance.now()))
      while (way.weather.cut && !to.destroyed) await pause(LOOK_AGAIN_MS)
      to.write(next.part)
      line.queued -= next.part.length
      if (line.queued <= LONGEST_QUEUE_BYTES) from.resume()
      continue
    }
    if (line.isOver) return void to.end()
    await new Promise<unknown>((resolve) => {
      line.wake = () => resolve(undefined)
    })
  }
}

function dueAt(way: Way, bytes: number, isLost: boolean, random: MersenneTwister): number {
  const { delay, jitter, rate } = way.weather
  const start = Math.max(performance.now(), way.freeAt)
  way.freeAt = start + (rate ? (bytes * 8) / rate : 0)
  const again = isLost ? 2 * delay + SEND_AGAIN_MS : 0
  return way.freeAt + delay + (random.uniform() - 0.5) * 2 * jitter + again
}
