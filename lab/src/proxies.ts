import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { MersenneTwister } from '@tocsin/forecast/mersenne-twister.ts'
import { type Counts, carry, type Way } from './carry.ts'
import { clearWeather, type Links, type Site, withLab } from './links.ts'

const HOST = '127.0.0.1'

/** One proxy for each direction in which nodes call each other, on the machine's own loopback. */
export async function openProxies(count: number, seed: number): Promise<Links> {
  const random = new MersenneTwister(seed)
  const counts: Counts = { connections: 0, delayed: 0, broken: 0 }
  const places = [...Array(count).keys()]
  const pairs = places.flatMap((from) =>
    places.filter((to) => to !== from).map((to) => [from, to] as const),
  )
  const ways = new Map<string, Way>(
    pairs.map(([from, to]) => [nameOf(from, to), { weather: clearWeather, freeAt: 0 }]),
  )
  const way = (from: number, to: number): Way => {
    const one = ways.get(nameOf(from, to))
    if (!one) throw new Error(`there is no way from ${from} to ${to}`)
    return one
  }
  const sites: Site[] = []
  for (const _ of places) sites.push({ before: [...withLab], host: HOST, port: await freePort() })
  const sockets = new Set<Socket>()
  const servers = new Map<string, Server>()
  for (const [from, to] of pairs) {
    const server = createServer({ allowHalfOpen: true }, (caller) => {
      counts.connections += 1
      const called = connect({ port: sites[to]?.port ?? 0, host: HOST, allowHalfOpen: true })
      join(sockets, caller, called)
      carry(way(from, to), { from: caller, to: called }, random, counts)
      carry(way(to, from), { from: called, to: caller }, random, counts)
    })
    server.listen(0, HOST)
    await once(server, 'listening')
    servers.set(nameOf(from, to), server)
  }
  return {
    kind: 'loopback proxies',
    leftOut: 'packets were not lost, doubled or reordered: TCP connections were delayed and broken',
    sites,
    address: (from, to) => {
      const address = servers.get(nameOf(from, to))?.address() as AddressInfo | null
      return { host: HOST, port: address?.port ?? 0 }
    },
    set: async (from, to, weather) => {
      way(from, to).weather = weather
      return JSON.stringify(counts)
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      for (const server of servers.values()) {
        server.close()
        await once(server, 'close')
      }
    },
  }
}

const nameOf = (from: number, to: number): string => `${from} ${to}`

/** Both sides of a connection end together where one of them breaks. */
function join(sockets: Set<Socket>, caller: Socket, called: Socket): void {
  for (const [one, other] of [
    [caller, called],
    [called, caller],
  ] as const) {
    sockets.add(one)
    one.on('error', () => other.destroy())
    one.once('close', () => sockets.delete(one))
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, HOST)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
