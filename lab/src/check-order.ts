import type { Finding, Run } from './check.ts'
import type { Holding, NodeState } from './history.ts'
import { objectsByDigest } from './ledger.ts'

/** What an author told an audience has its effect everywhere in the order in which it was said. */
export function checkOrder(run: Run): Finding[] {
  return [
    ...checkForks(run),
    ...run.finals.flatMap((state) => [...checkEffects(run, state), ...checkGaps(run, state)]),
  ]
}

type Placed = Pick<Holding, 'audience' | 'seq' | 'digest'> & { readonly author: string }

const chainOf = ({ author, audience }: Placed): string => `${author} to ${audience}`

/** One place in an author's order has one record, on whatever node. */
function checkForks({ ledger, finals }: Run): Finding[] {
  const placed: Placed[] = [
    ...finals.flatMap(({ holdings }) => holdings),
    ...[...ledger.published.values()].map((act) => ({ ...act, author: act.node })),
  ]
  const byPlace = Map.groupBy(placed, (one) => `${chainOf(one)}, ${one.seq}`)
  return [...byPlace]
    .filter(([, claims]) => new Set(claims.map(({ digest }) => digest)).size > 1)
    .map(([what]) => ({ rule: 'fork', node: null, what }))
}

/** Urgent records may go ahead; all others are shown one after the other. */
function checkEffects({ ledger, finals }: Run, { node, effects }: NodeState): Finding[] {
  const objects = objectsByDigest(ledger, finals)
  const placed = new Map<string, Placed>([
    ...finals.flatMap(({ holdings }) => holdings).map((one) => [one.digest, one] as const),
    ...[...ledger.published.values()].map(
      (act) => [act.digest, { ...act, author: act.node }] as const,
    ),
  ])
  const last = new Map<string, number>()
  return effects.flatMap(({ what, digest }): Finding[] => {
    const one = placed.get(digest)
    const told = ledger.told.get(objects.get(digest) ?? '')
    if (what !== 'shown' || !one || !told || told.isUrgent) return []
    const chain = chainOf(one)
    const before = last.get(chain) ?? 0
    last.set(chain, Math.max(before, one.seq))
    if (one.seq >= before) return []
    return [{ rule: 'out-of-order', node, what: `${chain}, ${one.seq} after ${before}` }]
  })
}

/** At the end nothing is missing between two records, and each names the one before it. */
function checkGaps({ ledger }: Run, { node, holdings }: NodeState): Finding[] {
  const taken = [...ledger.published.values()].filter(({ object }) =>
    ledger.withdrawing.has(object),
  )
  const mayMiss = new Map(
    taken.map((act) => [`${chainOf({ ...act, author: act.node })}, ${act.seq}`, act.digest]),
  )
  return [...Map.groupBy(holdings, chainOf)].flatMap(([chain, held]) => {
    const bySeq = new Map(held.map((one) => [one.seq, one]))
    const digestAt = (seq: number) =>
      seq === 0 ? null : (bySeq.get(seq)?.digest ?? mayMiss.get(`${chain}, ${seq}`))
    return held
      .filter(({ seq, previous }) => digestAt(seq - 1) !== previous)
      .map(({ seq }): Finding => ({ rule: 'gap', node, what: `${chain}, before ${seq}` }))
  })
}
