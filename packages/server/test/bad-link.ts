import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { MersenneTwister } from '@tocsin/forecast/mersenne-twister.ts'
import { onTestFinished } from 'vitest'

export type BadLink = {
  /** Where what is at its other end is reached by it. */
  readonly url: string
  /** Nothing gets through until it is mended. */
  readonly cut: (isCut: boolean) => void
}

const DELAY_MS = 15
/** How many of ten connections break before the answer is there. */
const BREAKS = 2

/** A link on which everything comes late and some connections break half way. */
export async function openBadLink(target: string, seed: number): Promise<BadLink> {
  const random = new MersenneTwister(seed)
  const open = new Set<Socket>()
  let isCut = false
  const server = createServer((near) => {
    if (isCut) return near.destroy()
    const far = connect(Number(new URL(target).port), '127.0.0.1')
    const isBreaking = random.uniform() * 10 < BREAKS
    const later = (to: Socket, act: () => unknown) =>
      setTimeout(() => void (to.destroyed || act()), DELAY_MS)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from)
      from.on('error', () => to.destroy())
      from.on('close', () => open.delete(from) && later(to, () => to.end()))
      from.on('data', (part) => later(to, () => to.write(part)))
    }
    if (isBreaking) far.once('data', () => near.destroy())
    return undefined
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const breakAll = () => {
    for (const socket of open) socket.destroy()
  }
  onTestFinished(() => {
    breakAll()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: (cut) => {
      isCut = cut
      if (cut) breakAll()
    },
  }
}
