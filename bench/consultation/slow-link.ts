import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { MersenneTwister } from '@tocsin/forecast/mersenne-twister.ts'
import { carry, type Way } from '@tocsin/lab/src/carry.ts'
import { clearWeather } from '@tocsin/lab/src/links.ts'

/** A telephone far from its mast: kbit/s, and milliseconds each way. */
export const slow = { ...clearWeather, rate: 64, delay: 300 }

/** A way to a server of this machine that is as slow as that, in both directions. */
export async function openSlowLink(base: string) {
  const random = new MersenneTwister(1)
  const counts = { connections: 0, delayed: 0, broken: 0 }
  const there: Way = { weather: slow, freeAt: 0 }
  const back: Way = { weather: slow, freeAt: 0 }
  const server = createServer({ allowHalfOpen: true }, (from) => {
    const to = connect({ port: Number(new URL(base).port), host: '127.0.0.1', allowHalfOpen: true })
    from.on('error', () => to.destroy())
    to.on('error', () => from.destroy())
    carry(there, { from, to }, random, counts)
    carry(back, { from: to, to: from }, random, counts)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => server.close(),
  }
}
