import { setTimeout } from 'node:timers/promises'

/** Work that is looked at again and again; what takes long looks whether the node is stopping. */
export type Tick = (over: AbortSignal) => Promise<unknown>

/** Waits so long, or until the node stops. */
export const rest = (ms: number, signal: AbortSignal): Promise<void> =>
  setTimeout(ms, undefined, { signal }).catch(() => undefined)

export type Round = {
  readonly ticks: readonly Tick[]
  /** Says that all of it was gone through: a round in which something failed does not say so. */
  readonly beat?: () => Promise<void>
}

/** How long a round under way is waited for. */
const ENDING_MS = 5_000

/**
 * Runs each round in order, then rests, then again; never the same twice at once. What fails is told
 * and tried again at the next round. Answers a function that ends them after the rounds under way.
 */
export function startTicker(
  rounds: readonly Round[],
  restMs: number,
  onError: (error: unknown) => void,
): () => Promise<void> {
  const ending = new AbortController()
  const over = ending.signal
  const go = async ({ ticks, beat }: Round) => {
    let isWhole = true
    for (const tick of ticks) {
      if (over.aborted) return
      await tick(over).catch((error: unknown) => {
        isWhole = false
        onError(error)
      })
    }
    if (isWhole) await beat?.().catch(onError)
  }
  const run = async (round: Round) => {
    while (!over.aborted) {
      await go(round)
      await rest(restMs, over)
    }
  }
  const running = rounds.map(run)
  return async () => {
    ending.abort()
    // A round that hangs keeps nothing from ending: what it had begun is taken back.
    await Promise.race([Promise.all(running), setTimeout(ENDING_MS, undefined, { ref: false })])
  }
}
