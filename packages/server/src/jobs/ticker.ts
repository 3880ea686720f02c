/** Work that is looked at again and again, as long as the node runs. */
export type Round = {
  readonly ticks: readonly (() => Promise<unknown>)[]
  /** Says that all of it was gone through: a round in which something failed does not say so. */
  readonly beat: () => Promise<void>
}

/**
 * Runs each round in order, then rests, then again; never the same twice at once. What fails is told
 * and tried again at the next round. Answers a function that ends them after the rounds under way.
 */
export function startTicker(
  rounds: readonly Round[],
  restMs: number,
  onError: (error: unknown) => void,
): () => Promise<void> {
  let isOver = false
  const wakes = new Set<() => void>()
  const rest = () =>
    new Promise<void>((resolve) => {
      wakes.add(resolve)
      setTimeout(() => {
        wakes.delete(resolve)
        resolve()
      }, restMs)
    })
  const go = async ({ ticks, beat }: Round) => {
    let isWhole = true
    for (const tick of ticks) {
      if (isOver) return
      await tick().catch((error: unknown) => {
        isWhole = false
        onError(error)
      })
    }
    if (isWhole) await beat().catch(onError)
  }
  const run = async (round: Round) => {
    while (!isOver) {
      await go(round)
      if (!isOver) await rest()
    }
  }
  const running = rounds.map(run)
  return async () => {
    isOver = true
    for (const wake of wakes) wake()
    await Promise.all(running)
  }
}
