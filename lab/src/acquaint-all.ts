import { join } from 'node:path'
import { keysAt, type LabAudience, type Party } from '../acquaint.ts'
import { readersIn } from './audiences.ts'
import type { LabNode } from './lab-node.ts'
import type { Links } from './links.ts'

/** Every node knows every other, where it is reached from there, and the audiences that it reads. */
export async function acquaintAll(
  nodes: readonly LabNode[],
  links: Links,
  audiences: readonly LabAudience[],
  folder: string,
): Promise<void> {
  const keys = await Promise.all(
    nodes.map(({ organisation }, place) => keysAt(join(folder, `node-${place}`), organisation)),
  )
  const partyAt = (place: number, from: number): Party => {
    const [node, key] = [nodes[place], keys[place]]
    if (!node || !key) throw new Error(`there is no node ${place}`)
    const { host, port } = links.address(from, place)
    const name = `Ministry of River ${place + 1}`
    return { organisation: node.organisation, name, address: `http://${host}:${port}/`, ...key }
  }
  for (const [here, node] of nodes.entries()) {
    const others = [...nodes.keys()].filter((there) => there !== here)
    await node.ask({
      do: 'acquaint',
      own: partyAt(here, others[0] ?? here),
      others: others.map((there) => partyAt(there, here)),
      audiences: audiences.filter((one) => readersIn(one).includes(node.organisation)),
    })
  }
}
