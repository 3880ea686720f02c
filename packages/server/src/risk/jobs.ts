import { system } from '@tocsin/domain/actor.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { BuildRequest, Edition, EditionId } from '@tocsin/domain/risk.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { readRequest, reportBuild } from './builds.ts'
import { computeInThread } from './compute.ts'
import type { EditionFigures } from './edition-figures.ts'
import { freezeEdition } from './freeze.ts'
import { type ReadFile, recogniseFile } from './published-files.ts'
import { isKept, keepEdition, listKept, readKeptFile } from './store.ts'

/** Computes and freezes the edition that was asked for. Run twice, it does nothing the second time. */
export async function buildEdition(app: App, id: EditionId): Promise<void> {
  const asked = await app.db.as(system, async (tx) => {
    const request = await readRequest(tx, id)
    if (!request || (await isKept(tx, id))) return undefined
    await reportBuild(tx, id, { state: 'running' })
    const files = []
    for (const hash of request.inputs) files.push(await readKeptFile(tx, hash))
    return { request, files }
  })
  if (!asked) return
  try {
    const { request, files } = asked
    const editions = await computeInThread({ files, resamples: request.resamples }, (done, of) => {
      void app.db.as(system, (tx) => reportBuild(tx, id, { done, of })).catch(() => undefined)
    })
    const inputs = files.map(({ name, bytes }) => recogniseFile(name, bytes))
    await app.db.as(system, (tx) => keepComputed(app, tx, { request, inputs, editions }))
  } catch (error) {
    const known = error instanceof Problem
    const problem = known
      ? { code: error.code, details: error.details }
      : { code: 'unexpected' as const, details: {} }
    await app.db.as(system, (tx) => reportBuild(tx, id, { state: 'failed', problem }))
    if (!known) throw error
  }
}

type Computed = {
  readonly request: BuildRequest
  readonly inputs: readonly ReadFile[]
  readonly editions: readonly EditionFigures[]
}

/** Freezes the latest edition, and the year before as estimated from the same file. */
async function keepComputed(app: App, tx: Tx, computed: Computed): Promise<void> {
  const { request, inputs, editions } = computed
  const at = app.clock()
  const all = await listKept(tx)
  const latest = Math.max(...editions.map(({ dataYear }) => dataYear))
  for (const figures of editions) {
    const origin = figures.dataYear === latest ? 'computed' : 're-estimated'
    const { edition, resamples, issuedOn } = request
    const id = origin === 'computed' ? edition : reEstimateOf(figures.dataYear + 1, edition, all)
    const release = { id, origin, issuedOn, inputs, resamples, verified: false } as const
    const frozen = freezeEdition(release, figures)
    if (!(await keepEdition(tx, frozen, at))) continue
    const { figuresHash } = frozen.edition
    await recordAudit(tx, {
      at,
      actor: system,
      act: 'risk.froze-edition',
      subject: id,
      details: { figuresHash },
    })
  }
  await reportBuild(tx, request.edition, { state: 'done' })
}

/** The name of a year estimated again: the year alone where it is free. */
function reEstimateOf(year: number, from: EditionId, all: readonly Edition[]): EditionId {
  const taken = all.some(({ id }) => id === String(year))
  return (taken ? `${year}-from-${from}` : String(year)) as EditionId
}
