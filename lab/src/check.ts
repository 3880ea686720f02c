import { checkAccess } from './check-access.ts'
import { checkDelivery } from './check-delivery.ts'
import { checkErasure } from './check-erasure.ts'
import { checkOrder } from './check-order.ts'
import type { Act, NodeState } from './history.ts'
import { type Ledger, readLedger } from './ledger.ts'

/** What the network must never do, or has failed to do. */
export type Rule =
  | 'lost'
  | 'not-shown'
  | 'twice'
  | 'out-of-order'
  | 'gap'
  | 'fork'
  | 'leaked'
  | 'invented'
  | 'differs'
  | 'late'
  | 'returned'
  | 'not-erased'
  | 'no-reason'
  | 'nothing-shown'

export type Finding = {
  readonly rule: Rule
  readonly node: string | null
  readonly what: string
}

/** What one part of the checker looks at. */
export type Run = {
  readonly ledger: Ledger
  /** Each node once, after the links were whole again. */
  readonly finals: readonly NodeState[]
}

/** How long after the links are whole all nodes must agree. */
export const EQUAL_WITHIN_MS = 120_000

/** Everything that is wrong with a run; empty where nothing is. */
export function check(history: readonly Act[], finals: readonly NodeState[]): readonly Finding[] {
  const run = { ledger: readLedger(history), finals }
  const checks = [checkGround, checkDelivery, checkOrder, checkAccess, checkErasure]
  return checks.flatMap((one) => one(run))
}

/** A run that shows nothing must not pass for one that shows that nothing is wrong. */
function checkGround({ ledger, finals }: Run): Finding[] {
  const { nodes, published, healedAt } = ledger
  const counts = new Map(nodes.map((node) => [node, 0]))
  for (const { node } of finals) counts.set(node, (counts.get(node) ?? 0) + 1)
  const unread = [...counts].filter(([, count]) => count !== 1)
  const shownBy = unread.map(([node, count]) => nothingShown(node, `looked at ${count} times`))
  if (nodes.length < 2) shownBy.push(nothingShown(null, 'fewer than two nodes'))
  if (published.size === 0) shownBy.push(nothingShown(null, 'nothing was acknowledged'))
  if (healedAt === undefined) return [...shownBy, nothingShown(null, 'the links never healed')]
  return [...shownBy, ...finals.flatMap((state) => checkInstant(state, healedAt))]
}

function checkInstant({ node, at }: NodeState, healedAt: string): Finding[] {
  const ms = Date.parse(at) - Date.parse(healedAt)
  if (ms < 0) return [nothingShown(node, 'looked at before the links healed')]
  const seconds = (ms / 1000).toFixed(1)
  return ms > EQUAL_WITHIN_MS
    ? [{ rule: 'late', node, what: `${seconds} s after the links healed` }]
    : []
}

const nothingShown = (node: string | null, what: string): Finding => ({
  rule: 'nothing-shown',
  node,
  what,
})
