import { Worker } from 'node:worker_threads'
import type { Log } from '../app.ts'
import type { WatcherData, WatcherSays } from './watcher.ts'

/** One small query a few times a minute needs little. */
const resourceLimits = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 8 }
const AGAIN_MS = 5_000

/**
 * Watches, from a thread and a connection of its own, that somebody looks after the clocks. It runs
 * on when the node's rounds hang, fail for ever, or the node has no time for anything. Answers a
 * function that ends it.
 */
export function startWatch(data: WatcherData, log: Log): () => Promise<void> {
  let isOver = false
  let again: NodeJS.Timeout | undefined
  const start = (): Worker => {
    const made = new Worker(new URL('./watcher.ts', import.meta.url), {
      workerData: data,
      resourceLimits,
    })
    made.unref()
    made.on('message', (said: WatcherSays) => {
      if ('silent' in said) log.error(said, 'nobody looks after these any more')
      else log.warn(said, 'the watch could not look')
    })
    made.on('error', (error) => log.error({ error }, 'the watch ended'))
    made.on('exit', () => {
      if (isOver) return
      again = setTimeout(() => {
        worker = start()
      }, AGAIN_MS)
      again.unref()
    })
    return made
  }
  let worker = start()
  return async () => {
    isOver = true
    clearTimeout(again)
    await worker.terminate()
  }
}
