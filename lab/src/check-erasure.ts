import type { Finding, Run } from './check.ts'
import type { Effect, NodeState } from './history.ts'

/** What was taken back is gone everywhere, and whatever was erased stays erased. */
export function checkErasure(run: Run): Finding[] {
  return run.finals.flatMap((state) => [...checkGone(run, state), ...checkReturned(state)])
}

function checkGone({ ledger }: Run, { node, holdings, readable, words }: NodeState): Finding[] {
  const held = holdings.filter(({ content }) => content !== null)
  const isThere = new Set([...held, ...readable].map(({ object }) => object))
  for (const word of words) isThere.add(ledger.toldByWord.get(word)?.object ?? '')
  return [...ledger.withdrawn]
    .filter((object) => isThere.has(object))
    .map((what) => ({ rule: 'not-erased', node, what }))
}

const undone: Readonly<Partial<Record<Effect['what'], Effect['what']>>> = {
  kept: 'emptied',
  shown: 'hidden',
}

function checkReturned({ node, effects }: NodeState): Finding[] {
  const gone = new Set<string>()
  return effects.flatMap(({ what, digest }): Finding[] => {
    const isBack = gone.has(`${undone[what]} ${digest}`)
    gone.add(`${what} ${digest}`)
    return isBack ? [{ rule: 'returned', node, what: `${what}: ${digest}` }] : []
  })
}
