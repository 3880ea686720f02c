import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/*
 * A process that measures what a link does: one listens at a site, another calls it from its own.
 *   probe.ts listen HOST PORT
 *   probe.ts delay | rate | packets HOST PORT
 */

const [role, host = '', portText = ''] = process.argv.slice(2)
const port = Number(portText)
const say = (found: object) => process.stdout.write(`${JSON.stringify(found)}\n`)

const PACKETS = 600
// Slowly, so that a machine with much to do loses none of its own.
const PACKET_PAUSE_MS = 10
const ROUNDS = 9
const RATE_MS = 6_000

/** Sends back what it gets after an `e`; counts what it gets after an `r`; tells its packets after a `p`. */
function listen(): void {
  const packets = new Map<string, number>()
  createSocket('udp4')
    .on('message', (packet) => {
      const name = packet.toString('utf8', 0, 8)
      packets.set(name, (packets.get(name) ?? 0) + 1)
    })
    .bind(port, host)
  const answer = (socket: Socket) => {
    let bytes = 0
    let mode = ''
    const count = () => socket.end(JSON.stringify({ kbit: (bytes * 8) / RATE_MS }))
    socket.on('error', () => socket.destroy())
    socket.on('data', (part) => {
      if (mode === '') {
        mode = part.toString('utf8', 0, 1)
        if (mode === 'r') setTimeout(count, RATE_MS)
      }
      bytes += part.length
      if (mode === 'e') socket.write(part)
      if (mode === 'p') socket.end(JSON.stringify([...packets.values()]))
    })
  }
  createServer(answer).listen(port, host, () => say({ listens: true }))
}

async function call(): Promise<Socket> {
  const socket = connect(port, host).setNoDelay()
  await once(socket, 'connect')
  return socket
}

async function readAll(socket: Socket): Promise<string> {
  let text = ''
  for await (const part of socket) text += part
  return text
}

async function delay(): Promise<void> {
  const socket = await call()
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const begun = performance.now()
    socket.write('e')
    await once(socket, 'data')
    times.push(performance.now() - begun)
  }
  socket.destroy()
  const [median = 0] = times.sort((a, b) => a - b).slice(Math.floor(ROUNDS / 2))
  say({ oneWayMs: median / 2 })
}

async function rate(): Promise<void> {
  const socket = await call()
  const part = Buffer.alloc(1_000, 'r')
  const fill = () => {
    while (socket.write(part));
  }
  socket.on('drain', fill)
  fill()
  const [found] = await once(socket, 'data')
  socket.destroy()
  say(JSON.parse(String(found)))
}

async function packets(): Promise<void> {
  const udp = createSocket('udp4')
  for (let number = 0; number < PACKETS; number += 1) {
    udp.send(String(number).padStart(8, '0'), port, host)
    await pause(PACKET_PAUSE_MS)
  }
  await pause(1_000)
  udp.close()
  const socket = await call()
  socket.write('p')
  const arrived: number[] = JSON.parse(await readAll(socket))
  const doubled = arrived.filter((times) => times > 1).length
  say({
    lostPercent: 100 * (1 - arrived.length / PACKETS),
    doubledPercent: (100 * doubled) / arrived.length,
  })
}

const roles: Readonly<Record<string, () => unknown>> = { listen, delay, rate, packets }
await roles[role ?? '']?.()
