import { execFile } from 'node:child_process'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { publishedSeed } from '@tocsin/forecast/ewp.ts'
import { predictorsFile, readPredictors } from './forecast/data.ts'
import type { Measured } from './forecast/ours.ts'

const execute = promisify(execFile)
const here = (name: string) => fileURLToPath(new URL(`forecast/${name}`, import.meta.url))
const file = predictorsFile()
const predictors = readPredictors(file).predictors

/** R's long fits are repeated less often; the table says how often. */
const times = { ours: 7, peer: 7, peerConverged: 3, peerPipeline: 3 } as const

type Measure = (task: string, repeats: number) => Promise<Measured>

async function measure(command: string, given: readonly string[]): Promise<Measured> {
  const { stdout } = await execute(command, given)
  return JSON.parse(stdout)
}

const ours: Measure = (task, repeats) =>
  measure(process.execPath, [here('ours.ts'), task, file, String(repeats)])

const peer: Measure = (task, repeats) => {
  const given = [here('peer.R'), task, file, String(repeats), String(publishedSeed)]
  return measure('Rscript', [...given, ...predictors])
}

/** Each repetition in a process of its own, as the whole assessment is run: its peak is one run's. */
async function separately(how: Measure, task: string, repeats: number): Promise<Measured> {
  const runs: Measured[] = []
  for (let i = 0; i < repeats; i++) runs.push(await how(task, 1))
  const [first] = runs
  if (!first) throw new Error('nothing was measured')
  return {
    ...first,
    cpu: runs.flatMap(({ cpu }) => cpu),
    wall: runs.flatMap(({ wall }) => wall),
    peakMegabytes: Math.max(...runs.map(({ peakMegabytes }) => peakMegabytes)),
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [low = Number.NaN, high = Number.NaN] = [
    sorted[sorted.length % 2 ? middle : middle - 1],
    sorted[middle],
  ]
  return (low + high) / 2
}

type Check = {
  readonly name: string
  readonly mine: Measured
  readonly theirs: Measured
  readonly clock: 'cpu' | 'wall'
  readonly bar: number
}

function line({ name, mine, theirs, clock, bar }: Check): string {
  const ratio = median(mine[clock]) / median(theirs[clock])
  const agree = mine.passes === theirs.passes && Math.abs(mine.lambda / theirs.lambda - 1) < 1e-12
  const seconds = ({ cpu, wall }: Measured) =>
    `${median(cpu).toFixed(3)} / ${median(wall).toFixed(3)} s (${cpu.length}x)`
  return [
    name.padEnd(34),
    seconds(mine).padEnd(24),
    seconds(theirs).padEnd(26),
    `${clock} ${ratio.toFixed(3)}x`.padEnd(13),
    `<= ${bar}x ${ratio <= bar ? 'met' : 'MISSED'}`.padEnd(15),
    agree ? 'same sweeps and penalty' : 'DIFFERENT RESULT',
  ].join(' ')
}

/** Measures check M8 against R with glmnet on the same table, in the same run. */
export async function run(): Promise<void> {
  try {
    await execute('Rscript', ['-e', 'library(glmnet)'])
  } catch (error) {
    console.error('R with glmnet is not here. On Debian: apt-get install r-base-core r-cran-glmnet')
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
    return
  }
  const [{ model } = { model: 'unknown' }] = cpus()
  const load = loadavg().map((value) => value.toFixed(2))
  console.log(`${model}, ${availableParallelism()} threads, load before ${load.join(' ')}`)
  console.log(`Node ${process.version}; medians, CPU / wall`)
  console.log(['check'.padEnd(34), 'here'.padEnd(24), 'R glmnet'.padEnd(26), 'ratio'].join(' '))

  const theirs = await peer('cv', times.peer)
  const alone = await ours('cv', times.ours)
  const pair = await ours('two-threads', times.ours)
  const show = (check: Check) => console.log(line(check))
  show({ name: 'cross-validation', mine: alone, theirs, clock: 'cpu', bar: 0.75 })
  show({ name: 'cross-validation, two threads', mine: pair, theirs, clock: 'wall', bar: 0.5 })
  const converged = {
    mine: await ours('converged', times.ours),
    theirs: await peer('converged', times.peerConverged),
  }
  show({ name: 'cross-validation, threshold 1e-14', ...converged, clock: 'cpu', bar: 0.1 })
  const whole = {
    mine: await separately(ours, 'pipeline', times.ours),
    theirs: await separately(peer, 'pipeline', times.peerPipeline),
  }
  show({ name: 'all 34 models with reading', ...whole, clock: 'cpu', bar: 0.65 })
  const peaks = [alone, pair, converged.mine, whole.mine].map(({ peakMegabytes }) => peakMegabytes)
  const highest = Math.max(...peaks)
  console.log(
    `peak memory here ${highest.toFixed(0)} MB (<= 300 ${highest <= 300 ? 'met' : 'MISSED'}), ` +
      `alone/two threads/converged/34 models ${peaks.map((peak) => peak.toFixed(0)).join('/')}; ` +
      `R ${theirs.peakMegabytes.toFixed(0)} and ${whole.theirs.peakMegabytes.toFixed(0)} MB`,
  )
}
