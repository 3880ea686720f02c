import type { MersenneTwister } from '@tocsin/forecast/mersenne-twister.ts'

/** What goes wrong on top of bad links; nodes are counted from 0. */
export type Fault =
  /** Nothing gets from these nodes to those, nor back unless the cut is one-way. */
  | {
      readonly kind: 'cut'
      readonly these: readonly number[]
      readonly those: readonly number[]
      readonly isOneWay: boolean
    }
  | { readonly kind: 'kill' | 'stop' | 'freeze' | 'kill-database'; readonly node: number }

export type TimedFault = {
  readonly fault: Fault
  readonly beginsMs: number
  /** When it is made good. */
  readonly endsMs: number
}

const kinds = ['split', 'alone', 'one-way', 'kill', 'stop', 'freeze', 'kill-database'] as const

const PAUSE_MS = [3_000, 12_000] as const
const LENGTH_MS = [4_000, 30_000] as const

/** Random faults, always the same for the same stream, all made good when the time is over. */
export function planFaults(random: MersenneTwister, nodes: number, ms: number): TimedFault[] {
  const within = ([least, most]: readonly [number, number]) =>
    Math.round(least + random.uniform() * (most - least))
  const planned: TimedFault[] = []
  const freeAt = new Map<number, number>()
  for (let at = within(PAUSE_MS); at < ms; at += within(PAUSE_MS)) {
    const endsMs = Math.min(ms, at + within(LENGTH_MS))
    const fault = drawFault(random, nodes)
    if (fault.kind !== 'cut') {
      // One after the other: what is down already cannot be stopped.
      if ((freeAt.get(fault.node) ?? 0) > at) continue
      freeAt.set(fault.node, endsMs + LENGTH_MS[0])
    }
    planned.push({ fault, beginsMs: at, endsMs })
  }
  return planned
}

function drawFault(random: MersenneTwister, nodes: number): Fault {
  const kind = kinds[random.index(kinds.length)] ?? 'split'
  const all = [...Array(nodes).keys()]
  const node = random.index(nodes)
  const others = all.filter((one) => one !== node)
  switch (kind) {
    case 'split': {
      // Each side has somebody: the drawn node is on one, the one after it on the other.
      const sideOf = all.map(() => random.index(2))
      const isThere = (one: number) =>
        one !== node && (one === (node + 1) % nodes || sideOf[one] === 1)
      const these = all.filter((one) => !isThere(one))
      return { kind: 'cut', these, those: all.filter(isThere), isOneWay: false }
    }
    case 'alone':
      return { kind: 'cut', these: [node], those: others, isOneWay: false }
    case 'one-way': {
      const isDeaf = random.index(2) === 0
      const [these, those] = isDeaf ? [others, [node]] : [[node], others]
      return { kind: 'cut', these, those, isOneWay: true }
    }
    default:
      return { kind, node }
  }
}

/** Whether any of these faults keeps what one node sends from another. */
export const isCut = (faults: Iterable<Fault>, from: number, to: number): boolean =>
  [...faults].some((fault) => {
    if (fault.kind !== 'cut') return false
    const { these, those, isOneWay } = fault
    if (these.includes(from) && those.includes(to)) return true
    return !isOneWay && those.includes(from) && these.includes(to)
  })
