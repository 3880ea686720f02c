import { MersenneTwister } from '@tocsin/forecast/mersenne-twister.ts'
import type { Act, Effect, Holding, NodeState, Readable } from './history.ts'

/*
 * A network that does everything right, in memory: what the checker must find nothing in, whatever is
 * told, in whatever order it arrives, and however often.
 */

export type Step = {
  readonly author: number
  readonly audience: number
  readonly deed: 'tell' | 'tell-anew' | 'warn' | 'tell-unacknowledged' | 'withdraw'
}

export type Plan = {
  readonly nodes: number
  /** For each audience, who is in it, as bits; the author always is. */
  readonly audiences: readonly number[]
  readonly steps: readonly Step[]
  /** Decides in what order everything arrives. */
  readonly seed: number
}

type Record = Omit<Holding, 'content' | 'isWaiting'> & {
  readonly readers: readonly string[]
  readonly isUrgent: boolean
  readonly word: string
  /** The object that it takes back. */
  readonly target: string | undefined
}

export type ModelRun = { readonly history: readonly Act[]; readonly finals: readonly NodeState[] }

const HEALED = '2026-03-01T10:00:00.000Z'
const LOOKED = '2026-03-01T10:01:59.000Z'
const at = '2026-03-01T09:00:00.000Z'

export function runModel(plan: Plan): ModelRun {
  const nodes = Array.from({ length: plan.nodes }, (_, index) => `node-${index}`)
  const records: Record[] = []
  const history: Act[] = nodes.map((node) => ({ kind: 'joined', node, at }))
  for (const step of plan.steps) history.push(...take(step, plan, nodes, records))
  history.push({ kind: 'healed', at: HEALED })
  const random = new MersenneTwister(plan.seed)
  return { history, finals: nodes.map((node) => receiveAll(node, records, random)) }
}

function take(step: Step, plan: Plan, nodes: readonly string[], records: Record[]): Act[] {
  const node = nodes[step.author % nodes.length] ?? ''
  const index = step.audience % plan.audiences.length
  const bits = plan.audiences[index] ?? 0
  const readers = nodes.filter((one, place) => one === node || ((bits >> place) & 1) === 1)
  const own = records.filter(({ author, audience }) => author === node && audience === `${index}`)
  const gone = new Set(records.map(({ target }) => target))
  const left = own.filter((one) => one.target === undefined && !gone.has(one.object))
  const target = left[0]
  if (step.deed === 'withdraw' && !target) return []
  const number = records.length + 1
  const isWithdrawal = step.deed === 'withdraw'
  const older = left.find((one) => !one.isUrgent)
  const isAnew = step.deed === 'tell-anew' && older !== undefined
  const record: Record = {
    digest: `digest-${number}`,
    object: isAnew ? older.object : `${isWithdrawal ? 'withdrawal' : 'report'}--${number}`,
    author: node,
    audience: `${index}`,
    seq: own.length + 1,
    previous: own.at(-1)?.digest ?? null,
    readers,
    isUrgent: isWithdrawal || step.deed === 'warn',
    word: `word-${number}`,
    target: isWithdrawal ? target?.object : undefined,
  }
  records.push(record)
  const { object, audience, digest, seq, isUrgent, word } = record
  const telling = { node, object, audience, readers, isUrgent, word, at }
  const acts: Act[] = [{ kind: 'tried', ...telling }]
  if (step.deed !== 'tell-unacknowledged') {
    acts.push({ kind: 'published', ...telling, digest, seq })
  }
  if (record.target === undefined) return acts
  const taken = { node, object: record.target, at }
  return [{ kind: 'withdrawing', ...taken }, ...acts, { kind: 'withdrawn', ...taken }]
}

/** What one node makes of everything that is for it, in an order of its own. */
function receiveAll(node: string, records: readonly Record[], random: MersenneTwister): NodeState {
  const mine = records.filter(({ author }) => author === node)
  const others = records.filter(({ author, readers }) => author !== node && readers.includes(node))
  const arrivals = mix(mine, shuffled(others, random), random)
  const here = new Map<string, Record>()
  const waiting = new Set<Record>()
  const gone = new Set<string>()
  const shown = new Map<string, Record>()
  const effects: Effect[] = []
  const show = (record: Record) => {
    waiting.delete(record)
    if (gone.has(record.object)) return
    effects.push({ what: 'shown', digest: record.digest })
    shown.set(record.object, record)
    if (record.target !== undefined) erase(record.target)
  }
  const erase = (object: string) => {
    gone.add(object)
    const last = shown.get(object)
    if (last) effects.push({ what: 'hidden', digest: last.digest })
    shown.delete(object)
    for (const one of here.values()) {
      if (one.object === object) effects.push({ what: 'emptied', digest: one.digest })
    }
  }
  const isNext = (record: Record) =>
    records.every(
      (one) =>
        one.author !== record.author ||
        one.audience !== record.audience ||
        one.seq >= record.seq ||
        (here.has(one.digest) && !waiting.has(one)),
    )
  for (const record of arrivals) {
    here.set(record.digest, record)
    if (!gone.has(record.object)) effects.push({ what: 'kept', digest: record.digest })
    if (record.isUrgent) show(record)
    else waiting.add(record)
    for (let next = find(waiting, isNext); next; next = find(waiting, isNext)) show(next)
  }
  const held = [...here.values()]
  const readable = [...shown.values()].map(
    ({ object, digest }): Readable => ({ object, digest, content: `says ${digest}` }),
  )
  return {
    node,
    at: LOOKED,
    holdings: held.map(({ digest, object, author, audience, seq, previous }) => {
      const content = gone.has(object) ? null : `bytes of ${digest}`
      return { digest, object, author, audience, seq, previous, content, isWaiting: false }
    }),
    readable,
    effects,
    refused: random.uniform() < 0.5 ? [{ digest: null, reason: 'not-readable' }] : [],
    words: held.filter(({ object }) => !gone.has(object)).map(({ word }) => word),
  }
}

const find = <T>(all: Iterable<T>, is: (one: T) => boolean): T | undefined => [...all].find(is)

function shuffled<T>(all: readonly T[], random: MersenneTwister): T[] {
  return all
    .map((one) => ({ one, place: random.uniform() }))
    .sort((a, b) => a.place - b.place)
    .map(({ one }) => one)
}

/** Its own in their order, with the others between them. */
function mix<T>(own: readonly T[], others: readonly T[], random: MersenneTwister): T[] {
  const left = [[...own], [...others]]
  const mixed: T[] = []
  while (left.some((line) => line.length > 0)) {
    const one = left[random.index(2)]?.shift()
    if (one !== undefined) mixed.push(one)
  }
  return mixed
}
