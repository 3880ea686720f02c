import type { Finding, Run } from './check.ts'
import type { Holding, NodeState, Readable } from './history.ts'
import { objectsByDigest } from './ledger.ts'

/** Whatever was acknowledged is with all its readers, once, and the same with each of them. */
export function checkDelivery(run: Run): Finding[] {
  return [
    ...run.finals.flatMap(checkOnce),
    ...checkRecords(run),
    ...run.finals.flatMap((state) => checkShown(run, state)),
  ]
}

/** A record may come as often as it likes; it is kept once, and does what it does once. */
function checkOnce({ node, holdings, readable, effects }: NodeState): Finding[] {
  const once = [
    ...holdings.map(({ digest }) => `is held: ${digest}`),
    ...readable.map(({ object }) => `is read: ${object}`),
    ...effects.map(({ what, digest }) => `${what}: ${digest}`),
  ]
  const seen = new Set<string>()
  const again = once.filter((one) => seen.has(one) || !seen.add(one))
  return [...new Set(again)].map((what) => ({ rule: 'twice', node, what }))
}

function checkRecords({ ledger, finals }: Run): Finding[] {
  const objects = objectsByDigest(ledger, finals)
  const byNode = finals.map(({ node, holdings }) => ({
    node,
    held: new Map(holdings.map((holding) => [holding.digest, holding])),
  }))
  return [...objects].flatMap(([digest, object]) => {
    const readers = ledger.told.get(object)?.readers
    const mustBe = ledger.published.has(digest) && !ledger.withdrawing.has(object)
    const among = byNode
      .filter(({ node }) => readers?.includes(node) ?? true)
      .map(({ node, held }) => ({ node, holding: held.get(digest) }))
    // What the nodes tell of their own accord has readers that only they know.
    if (!readers)
      return checkSame(
        digest,
        among.filter(({ holding }) => holding),
      )
    const lost = mustBe ? among.filter(({ holding }) => !isHere(holding)) : []
    const rest = among.filter((one) => !lost.includes(one))
    return [
      ...lost.map(({ node }): Finding => ({ rule: 'lost', node, what: digest })),
      ...checkSame(digest, rest),
    ]
  })
}

const isHere = (holding: Holding | undefined): boolean =>
  holding !== undefined && holding.content !== null && !holding.isWaiting

type Among = readonly { readonly node: string; readonly holding: Holding | undefined }[]

/** Also what was not acknowledged is with all of its readers or with none. */
function checkSame(digest: string, among: Among): Finding[] {
  const contents = among.map(({ holding }) => holding?.content ?? null)
  if (new Set(contents).size < 2) return []
  const counted = contents.filter((content) => content !== null).length
  const what = `${digest}: ${counted} of ${among.length} have it, not all of them the same`
  return [{ rule: 'differs', node: null, what }]
}

/** What people read is the newest that the author said, as its author reads it. */
function checkShown({ ledger, finals }: Run, author: NodeState): Finding[] {
  const own = [...ledger.told].filter(([, { node }]) => node === author.node)
  return own.flatMap(([object, { readers }]) => {
    const newest = author.holdings
      .filter((holding) => holding.object === object && holding.content !== null)
      .reduce<Holding | undefined>(
        (one, other) => (one && one.seq > other.seq ? one : other),
        undefined,
      )
    if (!newest) return []
    const truth = find(author, object)
    return finals
      .filter(({ node }) => readers.includes(node))
      .flatMap((state) => compare(state.node, newest.digest, find(state, object), truth))
  })
}

const find = ({ readable }: NodeState, object: string): Readable | undefined =>
  readable.find((one) => one.object === object)

function compare(
  node: string,
  digest: string,
  shown: Readable | undefined,
  truth: Readable | undefined,
): Finding[] {
  if (shown?.digest !== digest) return [{ rule: 'not-shown', node, what: digest }]
  return shown.content === truth?.content ? [] : [{ rule: 'differs', node, what: shown.object }]
}
