import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createClient } from '@tocsin/api/client.ts'
import { getEdition, keepInput, keepPublished } from '@tocsin/api/risk.ts'
import { EditionId } from '@tocsin/domain/risk.ts'
import { startNodeProcess } from './node-process/start-node.ts'

const data = fileURLToPath(new URL('../../shared/data/', import.meta.url))
const kept = [
  'ewp-2025/prepared2024predictors-2025-09-03.csv',
  'pts/PTS-2024.csv',
  'starter-pack/embed-ok/ucdp_country_year_1989-2024.csv',
  'starter-pack/ask-first/ewp_risk_rankings_2023-2025.csv',
]
const perSecond = 50
const seconds = 20
const limit = 100

/**
 * How fast a whole node, its own PostgreSQL included, answers for one country after another at 50
 * requests a second, sent on time whether or not earlier ones have been answered.
 */
export async function run(): Promise<void> {
  const { base, operatorToken, stop } = await startNodeProcess()
  try {
    await load(base, await operatorToken())
    const client = createClient((path, init) => fetch(base + path, init))
    const edition = EditionId.parse('2025')
    const { countries } = await client(getEdition, { params: { edition } })
    const codes = countries.map(({ country }) => country)
    for (const path of [`/api/risk/editions/${edition}/countries/`, '/api/countries/']) {
      report(path, await measure(codes.map((code) => base + path + code)))
    }
  } finally {
    await stop()
  }
}

/** Everything of the shared data that the risk picture can hold. */
async function load(base: string, token: string): Promise<void> {
  const transport = (path: string, init: RequestInit) => fetch(base + path, init)
  const client = createClient(transport, { authorization: `Bearer ${token}` })
  for (const file of kept) {
    const stream = new Blob([await readFile(data + file)])
    const { kind, sha256 } = await client(keepInput, { query: { name: file }, stream })
    if (kind === 'published-risks') await client(keepPublished, { body: { input: sha256 } })
  }
}

type Answers = { readonly times: number[]; failed: number }

async function measure(addresses: readonly string[]): Promise<Answers> {
  const answers: Answers = { times: [], failed: 0 }
  const ask = async (address: string) => {
    const start = performance.now()
    const answer = await fetch(address).catch(() => undefined)
    await answer?.text()
    answers.times.push(performance.now() - start)
    if (!answer?.ok) answers.failed += 1
  }
  const begun = performance.now()
  const asked = Array.from({ length: perSecond * seconds }, async (_, index) => {
    await pause(Math.max(0, (index * 1000) / perSecond - (performance.now() - begun)))
    await ask(addresses[index % addresses.length] ?? '')
  })
  await Promise.all(asked)
  return answers
}

function report(path: string, { times, failed }: Answers): void {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1)
  const met = Number(at(0.95)) <= limit && failed === 0
  console.log(
    `${path}:country  ${sorted.length} requests at ${perSecond}/s, ${failed} failed: median ${at(0.5)} ms, p95 ${at(0.95)} ms (limit ${limit}), p99 ${at(0.99)} ms, slowest ${at(1)} ms  ${met ? 'met' : 'NOT MET'}`,
  )
  if (!met) process.exitCode = 1
}
