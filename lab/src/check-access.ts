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

function checkWords({ ledger }: Run, { node, words }: NodeState): Finding[] {
  return words
    .filter((word) => !ledger.toldByWord.get(word)?.readers.includes(node))
    .map((word) => ({ rule: 'leaked', node, what: `the word ${word}` }))
}

function checkRefusals({ node, refused }: NodeState): Finding[] {
  return refused
    .filter(({ reason }) => !reason)
    .map(({ digest }) => ({ rule: 'no-reason', node, what: digest ?? 'unreadable' }))
}
