/** Work that is looked at again and again, as long as the node runs; what takes long asks whether it is over. */
export type Tick = (isOver: () => boolean) => Promise<unknown>

/**
 * Runs the work in order, then rests, then again; never twice at once. What fails is told and tried
 * again at the next round. Answers a function that ends it after the round under way.
 */
export function startTicker(
  ticks: readonly Tick[],
  restMs: number,
  onError: (error: unknown) => void,
): () => Promise<void> {
  let isOver = false
  let wake: () => void = () => undefined
  const round = async () => {
    for (const tick of ticks) {
      if (isOver) return
      await tick(() => isOver).catch(onError)
    }
  }
  const run = async () => {
    while (!isOver) {
      await round()
      await new Promise<void>((resolve) => {
        wake = resolve
        setTimeout(resolve, restMs)
      })
    }
  }
  const running = run()
  return async () => {
    isOver = true
    wake()
    await running
  }
}
