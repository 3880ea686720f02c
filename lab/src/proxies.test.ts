import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { clearWeather, type Links } from './links.ts'
import { openProxies } from './proxies.ts'

/** Sends it from the first site to the second, which sends it back; answers what has come back so far. */
async function echo(links: Links, sent: Buffer) {
  const [, called] = links.sites
  const server = createServer((socket) => void socket.on('error', () => undefined).pipe(socket))
  server.listen(called?.port, called?.host)
  await once(server, 'listening')
  const socket = connect(links.address(0, 1))
  onTestFinished(async () => {
    socket.destroy()
    await links.close()
    server.close()
  })
  const parts: Buffer[] = []
  const ended = once(
    socket.on('data', (part: Buffer) => parts.push(part)),
    'end',
  )
  socket.end(sent)
  return { ended, back: () => Buffer.concat(parts) }
}

it('carries everything in order, however late', async () => {
  const links = await openProxies(2, 7)
  const weather = { ...clearWeather, delay: 5, jitter: 5, rate: 20_000 }
  await links.set(0, 1, weather)
  await links.set(1, 0, weather)
  const sent = Buffer.from(Array.from({ length: 200_000 }, (_, place) => place % 251))
  const { ended, back } = await echo(links, sent)
  await ended
  expect(back().equals(sent)).toBe(true)
})

it('holds back what is sent over a cut, in either direction, and breaks nothing', async () => {
  const links = await openProxies(2, 7)
  const cut = { ...clearWeather, cut: true }
  await links.set(0, 1, cut)
  const { ended, back } = await echo(links, Buffer.from('is anybody there'))
  await pause(200)
  expect(back().length).toBe(0)
  await links.set(1, 0, cut)
  await links.set(0, 1, clearWeather)
  await pause(200)
  expect(back().length).toBe(0)
  await links.set(1, 0, clearWeather)
  await ended
  expect(back().toString()).toBe('is anybody there')
})
