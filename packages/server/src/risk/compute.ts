import { Worker } from 'node:worker_threads'
import { Problem } from '@tocsin/domain/problem.ts'
import type { ComputeMessage, ComputeRequest } from './build-thread.ts'
import type { EditionFigures } from './edition-figures.ts'

/** Computes the editions of some files in a thread of its own, so that the node goes on answering. */
export function computeInThread(
  request: ComputeRequest,
  progress: (done: number, all: number) => void,
): Promise<readonly EditionFigures[]> {
  const { promise, resolve, reject } = Promise.withResolvers<readonly EditionFigures[]>()
  const thread = new Worker(new URL('./build-thread.ts', import.meta.url), { workerData: request })
  // A node that is told to stop does not wait for a thread that can begin again.
  thread.unref()
  thread.on('message', (message: ComputeMessage) => {
    if ('editions' in message) resolve(message.editions)
    else if ('problem' in message)
      reject(new Problem(message.problem.code, message.problem.details))
    else progress(message.done, message.all)
  })
  thread.on('error', reject)
  thread.on('exit', () => reject(new Error('the computing thread ended early')))
  return promise
}
