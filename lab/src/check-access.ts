import type { Finding, Run } from './check.ts'
import type { NodeState } from './history.ts'
import { isOfTheNetwork, objectsByDigest } from './ledger.ts'

/** Nobody holds what it may not, nobody reads what nobody said, and no refusal is silent. */
export function checkAccess(run: Run): Finding[] {
  return run.finals.flatMap((state) => [
    ...checkObjects(run, state),
    ...checkWords(run, state),
    ...checkRefusals(state),
  ])
}

/** Also what a node had for a moment only, it had. */
function checkObjects({ ledger, finals }: Run, { node, ...state }: NodeState): Finding[] {
  const byDigest = objectsByDigest(ledger, finals)
  const had = [
    ...state.holdings.filter(({ content }) => content !== null).map(({ object }) => object),
    ...state.readable.map(({ object }) => object),
    ...state.effects
      .filter(({ what }) => what === 'kept' || what === 'shown')
      .flatMap(({ digest }) => byDigest.get(digest) ?? []),
  ]
  return [...new Set(had)].flatMap((object): Finding[] => {
    const told = ledger.told.get(object)
    if (told) return told.readers.includes(node) ? [] : [{ rule: 'leaked', node, what: object }]
    return isOfTheNetwork(object) ? [] : [{ rule: 'invented', node, what: object }]
  })
}

/** A search that does not find what must be there would find no leak either. */
function checkWords({ ledger }: Run, { node, words }: NodeState): Finding[] {
  const found = new Set(words)
  const leaked = words
    .filter((word) => !ledger.toldByWord.get(word)?.readers.includes(node))
    .map((word): Finding => ({ rule: 'leaked', node, what: `the word ${word}` }))
  const unseen = [...ledger.published.values()]
    .filter((act) => act.node === node && !ledger.withdrawing.has(act.object))
    .filter(({ word }) => !found.has(word))
    .map(({ word }): Finding => ({ rule: 'nothing-shown', node, what: `the word ${word}` }))
  return [...leaked, ...unseen]
}

function checkRefusals({ node, refused }: NodeState): Finding[] {
  return refused
    .filter(({ reason }) => !reason)
    .map(({ digest }) => ({ rule: 'no-reason', node, what: digest ?? 'unreadable' }))
}
