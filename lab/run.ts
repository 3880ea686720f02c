import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { migrate } from '@tocsin/server/database/migrate.ts'
import { startEmbedded } from '@tocsin/server/postgres/embedded.ts'
import { runPhase } from './src/phase.ts'

/*
 * npm run test:network -- --minutes 3 --nodes 3,5,7 --loss 20 --delay 300 --rate 64 --seed 1
 *
 * Real nodes behind bad links, with random faults; a checker decides. --history FILE keeps what was done.
 */

const { values } = parseArgs({
  options: {
    /** Of faults, all rounds together. */
    minutes: { type: 'string', default: '30' },
    nodes: { type: 'string', default: '3,5,7' },
    loss: { type: 'string', default: '20' },
    delay: { type: 'string', default: '300' },
    rate: { type: 'string', default: '64' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 0x7fffffff)) },
    history: { type: 'string' },
    /** Not network namespaces, even where they may be made. */
    proxies: { type: 'boolean', default: false },
  },
})

const counts = values.nodes.split(',').map(Number)
const [minutes, loss, delay, rate, seed] = [
  values.minutes,
  values.loss,
  values.delay,
  values.rate,
  values.seed,
].map(Number) as [number, number, number, number, number]
if ([minutes, loss, delay, rate, seed, ...counts].some((one) => !(one >= 0))) {
  throw new Error('each option is a number, --nodes numbers between commas')
}
const weather = { delay, jitter: delay / 6, loss, duplicate: 3, reorder: 3, rate, cut: false }

const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => stopping.abort(new Error(`stopped by ${signal}`)))
}
const { history } = values

console.log(`seed ${seed}`)
const template = await mkdtemp(join(tmpdir(), 'tocsin-lab-'))
let found = 0
try {
  const database = await startEmbedded(template)
  await migrate(database.url).finally(database.stop)
  for (const nodes of counts) {
    const say = (line: string) => console.log(`${nodes} nodes: ${line}`)
    const faultMs = Math.round((minutes * 60_000) / counts.length)
    const links = values.proxies ? ('proxies' as const) : ('best' as const)
    const phase = {
      nodes,
      faultMs,
      seed,
      links,
      weather,
      template,
      say,
      history,
      signal: stopping.signal,
    }
    const findings = await runPhase(phase)
    for (const { rule, node, what } of findings.slice(0, 40)) {
      say(`FOUND ${rule}${node === null ? '' : ` at ${node}`}: ${what}`)
    }
    if (findings.length > 40) say(`and ${findings.length - 40} more`)
    say(findings.length === 0 ? 'nothing wrong' : `${findings.length} findings`)
    found += findings.length
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  found += 1
} finally {
  await rm(template, { recursive: true, force: true })
}
console.log(found === 0 ? 'verdict: nothing wrong' : `verdict: NOT GOOD (seed ${seed})`)
process.exitCode = found === 0 ? 0 : 1
