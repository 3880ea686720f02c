import { setTimeout as pause } from 'node:timers/promises'
import { MersenneTwister } from '@tocsin/forecast/mersenne-twister.ts'
import { type Fault, isCut, planFaults, type TimedFault } from './faults.ts'
import type { LabNode } from './lab-node.ts'
import { type Links, setAll, type Weather } from './links.ts'

type Making = {
  readonly links: Links
  readonly nodes: readonly LabNode[]
  readonly weather: Weather
  readonly faultMs: number
  readonly seed: number
  readonly say: (line: string) => void
  readonly signal: AbortSignal
}

/**
 * Makes the planned faults and makes each good again, under bad weather on all links. Answers what was
 * done, in words. At the end all nodes run and no link is cut; the weather is as bad as before.
 */
export async function makeFaults(making: Making): Promise<string> {
  const { links, nodes, weather, faultMs, seed, signal } = making
  const planned = planFaults(new MersenneTwister(seed), nodes.length, faultMs)
  const active = new Set<Fault>()
  const reset = () => setAll(links, (from, to) => ({ ...weather, cut: isCut(active, from, to) }))
  await reset()
  const begun = performance.now()
  const until = (ms: number) =>
    pause(Math.max(0, begun + ms - performance.now()), undefined, { signal }).catch(() => undefined)
  const run = async ({ fault, beginsMs, endsMs }: TimedFault) => {
    await until(beginsMs)
    if (signal.aborted) return
    active.add(fault)
    await (fault.kind === 'cut' ? reset() : harm(fault.kind, nodes[fault.node]))
    await until(endsMs)
    active.delete(fault)
    await (fault.kind === 'cut' ? reset() : mend(fault.kind, nodes[fault.node], signal))
  }
  // A node may take longer than planned to end or to come back: its next fault waits for that.
  const turns = new Map<number, Promise<void>>()
  const inTurn = (timed: TimedFault) => {
    const { fault } = timed
    if (fault.kind === 'cut') return run(timed)
    const turn = (turns.get(fault.node) ?? Promise.resolve()).then(() => run(timed))
    turns.set(fault.node, turn)
    return turn
  }
  await Promise.all([...planned.map(inTurn), until(faultMs)])
  const counts = await reset()
  const byKind = [...Map.groupBy(planned, ({ fault }) => fault.kind)]
  const made = byKind.map(([kind, all]) => `${kind} ${all.length}`).join(', ')
  return `faults: ${made || 'none'}; on the links: ${counts}`
}

type NodeFault = Exclude<Fault['kind'], 'cut'>

async function harm(kind: NodeFault, node: LabNode | undefined): Promise<void> {
  switch (kind) {
    case 'kill':
      return node?.kill()
    case 'stop':
      return node?.stop()
    case 'freeze':
      return node?.freeze(true)
    case 'kill-database':
      return node?.killDatabase()
  }
}

async function mend(
  kind: NodeFault,
  node: LabNode | undefined,
  signal: AbortSignal,
): Promise<void> {
  if (kind === 'freeze') node?.freeze(false)
  // The node itself starts a database again that was killed.
  if ((kind === 'kill' || kind === 'stop') && !signal.aborted) await node?.start()
}
