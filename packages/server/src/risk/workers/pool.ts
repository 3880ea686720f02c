import { Worker } from 'node:worker_threads'
import {
  assemble,
  type CrossValidation,
  type CrossValidationOptions,
  type CrossValidationPlan,
  type FoldResult,
  type FoldTask,
  foldTasks,
  planCrossValidation,
} from '@tocsin/forecast/cross-validation.ts'
import type { Matrix } from '@tocsin/forecast/matrix.ts'
import type { WorkerAnswer, WorkerRequest } from './worker.ts'

/** Threads that fit models side by side. What they find does not depend on how many they are. */
export type FitPool = {
  /** Same numbers, bit for bit, as `crossValidate`. Rejects with a RangeError for input it cannot fit. */
  crossValidate(
    x: Matrix,
    y: Float64Array,
    options: CrossValidationOptions,
  ): Promise<CrossValidation>
  /** Ends the threads; fits under way are rejected. */
  close(): Promise<void>
}

type Job = {
  readonly id: number
  readonly plan: CrossValidationPlan
  readonly results: FoldResult[]
  readonly finish: (result: CrossValidation) => void
  readonly fail: (error: Error) => void
}

type Seat = { readonly worker: Worker; readonly known: Set<number>; busy: boolean }

function shared<T extends Float64Array | Int32Array | Uint8Array>(
  source: T,
  over: new (buffer: SharedArrayBuffer) => T,
): T {
  const copy = new over(new SharedArrayBuffer(source.byteLength))
  copy.set(source)
  return copy
}

/** The same plan over memory that all threads see, so that no thread holds a copy of the table. */
function sharedPlan(plan: CrossValidationPlan): CrossValidationPlan {
  const { x, y, folds, groups } = plan
  return {
    ...plan,
    x: { ...x, values: shared(x.values, Float64Array) },
    y: shared(y, Float64Array),
    folds: shared(folds, Uint8Array),
    groups: {
      coarse: shared(groups.coarse, Int32Array),
      order: shared(groups.order, Int32Array),
      group: shared(groups.group, Int32Array),
    },
  }
}

/** A fit leaves a megabyte of garbage; a larger nursery would only hold more of it for longer. */
const resourceLimits = { maxYoungGenerationSizeMb: 16 }

/** Starts so many threads. Several cross-validations may run at once; they share the threads. */
export function startFitPool(threads: number): FitPool {
  if (!Number.isInteger(threads) || threads < 1) {
    throw new RangeError(`a pool has one thread or more, not ${threads}`)
  }
  const jobs = new Map<number, Job>()
  const waiting: { readonly job: Job; readonly task: FoldTask }[] = []
  const seats: Seat[] = []
  let nextId = 1
  let stopped: Error | undefined

  function forget(job: Job): void {
    jobs.delete(job.id)
    for (const { worker, known } of seats) {
      if (known.delete(job.id)) worker.postMessage({ forget: job.id } satisfies WorkerRequest)
    }
  }

  function fail(job: Job, error: Error): void {
    forget(job)
    job.fail(error)
  }

  function send(seat: Seat): void {
    let next = waiting.shift()
    while (next && !jobs.has(next.job.id)) next = waiting.shift()
    if (!next) return
    const { job, task } = next
    const request: WorkerRequest = seat.known.has(job.id)
      ? { planId: job.id, task }
      : { planId: job.id, task, plan: job.plan }
    seat.known.add(job.id)
    seat.busy = true
    // Only a thread at work keeps a command from ending.
    seat.worker.ref()
    seat.worker.postMessage(request)
  }

  function receive(seat: Seat, answer: WorkerAnswer): void {
    seat.busy = false
    seat.worker.unref()
    const job = jobs.get(answer.planId)
    if (job && 'failure' in answer) fail(job, new RangeError(answer.failure))
    else if (job && 'result' in answer) {
      job.results.push(answer.result)
      if (job.results.length === job.plan.foldCount + 1) {
        forget(job)
        job.finish(assemble(job.plan, job.results))
      }
    }
    send(seat)
  }

  function stop(error: Error): void {
    stopped ??= error
    for (const job of [...jobs.values()]) fail(job, error)
  }

  for (let i = 0; i < threads; i++) {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { resourceLimits })
    const seat = { worker, known: new Set<number>(), busy: false }
    worker.on('message', (answer: WorkerAnswer) => receive(seat, answer))
    worker.on('error', stop)
    worker.unref()
    seats.push(seat)
  }

  return {
    crossValidate: async (x, y, options) => {
      if (stopped) throw stopped
      const plan = sharedPlan(planCrossValidation(x, y, options))
      const { promise, resolve, reject } = Promise.withResolvers<CrossValidation>()
      const job = { id: nextId++, plan, results: [], finish: resolve, fail: reject }
      jobs.set(job.id, job)
      for (const task of foldTasks(plan)) waiting.push({ job, task })
      for (const seat of seats) if (!seat.busy) send(seat)
      return promise
    },
    close: async () => {
      stop(new Error('the pool was closed'))
      await Promise.all(seats.map(({ worker }) => worker.terminate()))
    },
  }
}

/** Cross-validates on so many threads, which end with it. */
export async function crossValidateParallel(
  x: Matrix,
  y: Float64Array,
  options: CrossValidationOptions,
  threads: number,
): Promise<CrossValidation> {
  const pool = startFitPool(threads)
  try {
    return await pool.crossValidate(x, y, options)
  } finally {
    await pool.close()
  }
}
