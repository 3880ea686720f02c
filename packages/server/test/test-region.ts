import { type BadLink, openBadLink } from './bad-link.ts'
import { moveNode } from './test-exchange.ts'
import { liveUntil, witnessEachOther } from './test-proposals.ts'
import { type Sharer, startSharers } from './test-sharing.ts'

const names = ['Ardenia', 'Belmara', 'Corvane', 'Dalesh', 'the desk'] as const

type Five = readonly [Sharer, Sharer, Sharer, Sharer, Sharer]

/**
 * Ardenia, Belmara, Corvane, Dalesh and the desk, each with a log that all others witness, and a bad link
 * from each to each.
 */
export async function startRegion() {
  const all = (await startSharers(5)) as unknown as Five
  const off = new Set<Sharer>()
  const links = new Map<string, BadLink>()
  const ends = (from: Sharer, to: Sharer) => `${from.own} ${to.own}`
  const linkOf = (from: Sharer, to: Sharer): BadLink => {
    const link = links.get(ends(from, to))
    if (!link) throw new Error('there is no link')
    return link
  }
  for (const from of all) {
    for (const to of all) {
      if (from === to) continue
      const link = await openBadLink(to.url, links.size)
      links.set(ends(from, to), link)
      await moveNode(from, to, `${link.url}/`)
    }
  }
  await witnessEachOther(all, (from, to) => linkOf(from, to).url)
  /** Lets nothing through between one of them and all others, until it is mended. */
  const cut = (node: Sharer, isCut: boolean) => {
    if (isCut) off.add(node)
    else off.delete(node)
    for (const other of all) {
      if (other === node) continue
      const isOff = isCut || off.has(other)
      linkOf(node, other).cut(isOff)
      linkOf(other, node).cut(isOff)
    }
  }
  const nameOf = (node: Sharer) => names[all.indexOf(node)]
  /** Lives on until a look at each of these nodes finds nothing to say. */
  const comesTo = (
    step: string,
    nodes: readonly Sharer[],
    look: (node: Sharer) => Promise<unknown>,
  ): Promise<void> => {
    const linked = all.filter((node) => !off.has(node))
    return liveUntil(step, all, linked, async () => {
      const looked = nodes.map(async (node) => {
        const found = await look(node).catch((error: unknown) => String(error))
        return found ? [`${nameOf(node)}: ${JSON.stringify(found)}`] : []
      })
      return (await Promise.all(looked)).flat()
    })
  }
  return { all, nameOf, cut, comesTo }
}
