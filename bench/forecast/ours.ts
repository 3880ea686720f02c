import { crossValidate } from '@tocsin/forecast/cross-validation.ts'
import {
  editionTasks,
  forecastWith,
  outOfSampleTasks,
  publishedSeed as seed,
  trainingSet,
} from '@tocsin/forecast/ewp.ts'
import { startFitPool } from '@tocsin/server/risk/workers/pool.ts'
import { readPredictors } from './data.ts'

/**
 * One measurement in a process of its own, so that memory is its own too:
 * `node ours.ts TASK FILE TIMES` prints one line of JSON.
 */
const [task = '', file = '', times = '1'] = process.argv.slice(2)

/** What a line says: seconds of CPU and of wall clock per repetition, peak memory, and a result to compare. */
export type Measured = {
  readonly cpu: readonly number[]
  readonly wall: readonly number[]
  readonly peakMegabytes: number
  readonly passes: number
  readonly lambda: number
}

type Outcome = { passes: number; lambda: number }

function mainSet() {
  const table = readPredictors(file)
  const [main] = editionTasks(table)
  if (!main) throw new Error('the edition has no main model')
  return trainingSet(table, main)
}

async function onThreads(
  threads: number,
): Promise<{ once: () => Promise<Outcome>; end: () => Promise<void> }> {
  const pool = startFitPool(threads)
  const { x, y } = mainSet()
  return {
    once: async () => {
      const fit = await pool.crossValidate(x, y, { seed })
      return { passes: fit.path.passes, lambda: fit.lambdaMin }
    },
    end: () => pool.close(),
  }
}

function pipeline(): Outcome {
  const read = readPredictors(file)
  const forecasts = [...editionTasks(read), ...outOfSampleTasks(read)].map((model) => {
    const { x, y } = trainingSet(read, model)
    const fit = crossValidate(x, y, { seed })
    return {
      fit: { passes: fit.path.passes, lambda: fit.lambdaMin },
      said: forecastWith(read, model, fit),
    }
  })
  const [first] = forecasts
  return { passes: first?.fit.passes ?? 0, lambda: first?.fit.lambda ?? 0 }
}

async function prepare(): Promise<{
  once: () => Outcome | Promise<Outcome>
  end?: () => Promise<void>
}> {
  if (task === 'two-threads') return onThreads(2)
  if (task === 'pipeline') return { once: pipeline }
  const { x, y } = mainSet()
  const options =
    task === 'converged' ? { seed, mode: 'converged' as const, threshold: 1e-14 } : { seed }
  return {
    once: () => {
      const fit = crossValidate(x, y, options)
      return { passes: fit.path.passes, lambda: fit.lambdaMin }
    },
  }
}

const { once, end } = await prepare()
const cpu: number[] = []
const wall: number[] = []
let outcome: Outcome = { passes: 0, lambda: 0 }
for (let i = 0; i < Number(times); i++) {
  const before = process.cpuUsage()
  const start = performance.now()
  outcome = await once()
  wall.push((performance.now() - start) / 1000)
  const used = process.cpuUsage(before)
  cpu.push((used.user + used.system) / 1e6)
}
await end?.()
const peakMegabytes = process.resourceUsage().maxRSS / 1024
console.log(JSON.stringify({ cpu, wall, peakMegabytes, ...outcome } satisfies Measured))
