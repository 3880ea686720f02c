import { parentPort } from 'node:worker_threads'
import {
  type CrossValidationPlan,
  type FoldResult,
  type FoldTask,
  fitFold,
} from '@tocsin/forecast/cross-validation.ts'

/** One fit to make; the plan comes along the first time a worker hears of it. */
export type WorkerRequest =
  | { readonly planId: number; readonly task: FoldTask; readonly plan?: CrossValidationPlan }
  | { readonly forget: number }

export type WorkerAnswer =
  | { readonly planId: number; readonly result: FoldResult }
  | { readonly planId: number; readonly failure: string }

const plans = new Map<number, CrossValidationPlan>()

function answer(planId: number, task: FoldTask): WorkerAnswer {
  const plan = plans.get(planId)
  if (!plan) return { planId, failure: `plan ${planId} never came` }
  try {
    return { planId, result: fitFold(plan, task) }
  } catch (error) {
    return { planId, failure: error instanceof Error ? error.message : String(error) }
  }
}

parentPort?.on('message', (request: WorkerRequest) => {
  if ('forget' in request) {
    plans.delete(request.forget)
    return
  }
  if (request.plan) plans.set(request.planId, request.plan)
  parentPort?.postMessage(answer(request.planId, request.task))
})
