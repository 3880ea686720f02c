import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import type { TestNode } from './test-node.ts'

export type CountedLink = {
  /** Where the node is reached by this link. */
  readonly address: string
  /** The ranges that were asked of it, in order: from and to. */
  readonly ranges: readonly (readonly [number, number])[]
  /** Cuts it in the middle of the answer to the next range but so many; undefined mends it. */
  readonly cutAfter: (ranges: number | undefined) => void
}

/** A link to a node that counts what is asked over it, and breaks when it is told to. */
export async function openLink({ url }: Pick<TestNode, 'url'>): Promise<CountedLink> {
  const ranges: (readonly [number, number])[] = []
  let cutAt: number | undefined
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(Number(new URL(url).port), '127.0.0.1')
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => other.destroy())
    }
    near.on('data', (part) => {
      for (const [, from, to] of part.toString('latin1').matchAll(/range: bytes=(\d+)-(\d+)/gi)) {
        ranges.push([Number(from), Number(to)])
      }
      far.write(part)
    })
    far.on('data', (part) => {
      near.write(part)
      if (cutAt !== undefined && ranges.length > cutAt) near.destroy()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    ranges,
    cutAfter: (count) => {
      cutAt = count === undefined ? undefined : ranges.length + count
    },
  }
}
