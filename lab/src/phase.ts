import { appendFileSync, readFileSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { systemClock } from '@tocsin/domain/clock.ts'
import { newId } from '@tocsin/domain/id.ts'
import { MersenneTwister } from '@tocsin/forecast/mersenne-twister.ts'
import { acquaintAll } from './acquaint-all.ts'
import { makeAudiences } from './audiences.ts'
import { check, EQUAL_WITHIN_MS, type Finding } from './check.ts'
import { type Act, type NodeState, readHistory } from './history.ts'
import { type LabNode, openNode } from './lab-node.ts'
import { clearWeather, type Links, setAll, type Weather } from './links.ts'
import { openLoad } from './load.ts'
import { makeFaults } from './make-faults.ts'
import { measureLinks } from './measure-links.ts'
import { openLinks } from './open-links.ts'

export type Phase = {
  readonly nodes: number
  readonly faultMs: number
  readonly seed: number
  readonly links: 'best' | 'proxies'
  readonly weather: Weather
  /** A home with a database that every node's own is copied from. */
  readonly template: string
  readonly say: (line: string) => void
  /** A file that is to outlive the run, to which every act is added. */
  readonly history: string | undefined
  readonly signal: AbortSignal
}

/** How often somebody tells somebody something. */
const ACT_EVERY_MS = 1_500
const LOOK_EVERY_MS = 2_000

/** So many real nodes, bad links and random faults; then whole links, until all is well or too late. */
export async function runPhase(phase: Phase): Promise<readonly Finding[]> {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-lab-'))
  const undo: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })]
  try {
    const { links, why } = await openLinks(phase.nodes, phase.seed, phase.links)
    undo.push(links.close)
    phase.say(`links: ${links.kind}${why === undefined ? '' : `, because ${why}`}`)
    if (links.leftOut !== undefined) phase.say(`NOT EXERCISED: ${links.leftOut}`)
    for (const line of await measureLinks(links, phase.weather)) phase.say(line)
    const nodes: LabNode[] = []
    for (const [place, site] of links.sites.entries()) {
      phase.signal.throwIfAborted()
      const home = join(folder, `node-${place}`)
      await mkdir(home, { mode: 0o700 })
      await cp(phase.template, home, { recursive: true, preserveTimestamps: true })
      const node = openNode({ home, organisation: newId<OrganisationId>(), site })
      undo.push(node.close)
      nodes.push(node)
    }
    await Promise.all(nodes.map((node) => node.start()))
    return await runOn(phase, links, nodes, folder)
  } finally {
    // What cannot be ended keeps nothing else from being ended.
    for (const step of undo.reverse()) await step().catch((error) => phase.say(String(error)))
  }
}

async function runOn(
  phase: Phase,
  links: Links,
  nodes: readonly LabNode[],
  folder: string,
): Promise<readonly Finding[]> {
  const { say, signal, faultMs } = phase
  const audiences = makeAudiences(nodes.map(({ organisation }) => organisation))
  await acquaintAll(nodes, links, audiences, folder)
  const file = join(folder, 'history.jsonl')
  const write = (act: Act) => {
    const line = `${JSON.stringify(act)}\n`
    appendFileSync(file, line)
    if (phase.history !== undefined) appendFileSync(phase.history, line)
  }
  for (const { organisation } of nodes) {
    write({ kind: 'joined', node: organisation, at: systemClock() })
  }
  const random = new MersenneTwister(phase.seed)
  const act = openLoad({ nodes, audiences, random, write })
  const over = new AbortController()
  const loading = every(ACT_EVERY_MS, act, AbortSignal.any([over.signal, signal]))
  const making = makeFaults({ ...phase, links, nodes }).finally(() => over.abort())
  const [counts] = await Promise.all([making, loading])
  signal.throwIfAborted()
  const counted = (kind: Act['kind']) =>
    readHistory(readFileSync(file, 'utf8')).filter((one) => one.kind === kind).length
  const acts = `${counted('published')} records and ${counted('withdrawn')} withdrawals`
  say(`${acts} acknowledged in ${faultMs / 1_000} s; ${counts}`)
  await setAll(links, () => clearWeather)
  write({ kind: 'healed', at: systemClock() })
  return judge(phase, nodes, readHistory(readFileSync(file, 'utf8')))
}

async function every(ms: number, work: () => Promise<void>, signal: AbortSignal): Promise<void> {
  const running = new Set<Promise<void>>()
  while (!signal.aborted) {
    // A node that stands still keeps nobody else from speaking.
    const one = work().finally(() => running.delete(one))
    running.add(one)
    await pause(ms, undefined, { signal }).catch(() => undefined)
  }
  await Promise.all(running)
}

/** Looks until nothing is wrong, or until it is too late for anything to come right. */
async function judge(
  { say, signal }: Phase,
  nodes: readonly LabNode[],
  history: readonly Act[],
): Promise<readonly Finding[]> {
  const healed = performance.now()
  for (;;) {
    signal.throwIfAborted()
    // A node that cannot be looked at yet is one that the checker misses.
    const looks = nodes.map((node) => node.ask({ do: 'look' }).catch(() => []))
    const states = (await Promise.all(looks)).flat()
    const findings = check(history, states)
    const ms = performance.now() - healed
    if (findings.length === 0) {
      say(`all equal ${(ms / 1_000).toFixed(1)} s after the links healed; ${sumUp(states)}`)
      return findings
    }
    if (ms > EQUAL_WITHIN_MS) {
      say(`not equal; ${sumUp(states)}`)
      return findings
    }
    await pause(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined)
  }
}

function sumUp(states: readonly NodeState[]): string {
  const records = states.reduce((sum, { holdings }) => sum + holdings.length, 0)
  const refused = states.flatMap((state) => state.refused.map(({ reason }) => reason))
  const reasons = [...Map.groupBy(refused, (reason) => reason)]
  const counted = reasons.map(([reason, all]) => `${reason} ${all.length}`).join(', ')
  return `${records} records held in all, refused on the way: ${counted || 'none'}`
}
