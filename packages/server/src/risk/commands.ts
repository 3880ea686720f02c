import { type Actor, system } from '@tocsin/domain/actor.ts'
import type { Sha256 } from '@tocsin/domain/brand.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type {
  BuildProgress,
  BuildRequest,
  Edition,
  EditionId,
  KeptInput,
} from '@tocsin/domain/risk.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import { readBuild, startBuild } from './builds.ts'
import { freezeEdition, type PublishedFigures } from './freeze.ts'
import { recogniseFile } from './published-files.ts'
import { readPublishedRisks } from './published-risks.ts'
import { isKept, keepEdition, keepFile, listKept, readFigures, readKeptFile } from './store.ts'

const mostBytes = 64 * 1024 * 1024

/** Keeps a publisher's file for editions to come. A Problem says why it is of no use. */
export async function keepInput(
  app: App,
  actor: Actor,
  name: string,
  stream: AsyncIterable<Uint8Array>,
): Promise<KeptInput> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.length
    if (size > mostBytes) throw new Problem('request.too-large')
    chunks.push(chunk)
  }
  const file = recogniseFile(name, Buffer.concat(chunks))
  return app.db.as(actor, async (tx) => {
    const kept = await keepFile(tx, file, app.clock())
    const { sha256, kind } = kept
    const details = { kind, name }
    await recordAudit(tx, {
      at: app.clock(),
      actor,
      act: 'risk.kept-input',
      subject: sha256,
      details,
    })
    return kept
  })
}

/** A kept file as it was, in base64: as text a byte order mark would be lost on the way. */
export async function readInput(app: App, actor: Actor, hash: Sha256): Promise<string> {
  const { bytes } = await app.db.as(actor, (tx) => readKeptFile(tx, hash))
  return Buffer.from(bytes).toString('base64')
}

/** Asks for an edition: the job that computes it exists exactly when this has been answered. */
export async function askForEdition(
  app: App,
  actor: Actor,
  request: BuildRequest,
): Promise<BuildProgress> {
  return app.db.as(actor, async (tx) => {
    if (await isKept(tx, request.edition)) {
      throw new Problem('edition.exists', { edition: request.edition })
    }
    for (const hash of request.inputs) await readKeptFile(tx, hash)
    await startBuild(tx, request, app.clock())
    await app.enqueue(tx, 'risk.build-edition', { editionId: request.edition })
    await recordAudit(tx, {
      at: app.clock(),
      actor,
      act: 'risk.asked-for-edition',
      subject: request.edition,
      details: { inputs: [...request.inputs], resamples: request.resamples },
    })
    return readBuild(tx, request.edition)
  })
}

type Kept = { readonly kept: EditionId[]; readonly agreeing: number[] }

/** Adds the chances a publisher gave in earlier years, each as an edition that was only published. */
export async function keepPublished(app: App, actor: Actor, input: Sha256): Promise<Kept> {
  const { name, bytes } = await app.db.as(actor, (tx) => readKeptFile(tx, input))
  const file = recogniseFile(name, bytes)
  const at = app.clock()
  // Nobody writes figures: the node does, from a file that whoever asked may build from.
  return app.db.as(system, async (tx) => {
    const all = await listKept(tx)
    const answer: Kept = { kept: [], agreeing: [] }
    for (const { year, states } of readPublishedRisks(file)) {
      const computed = all.find(
        ({ origin, dataYear }) => origin === 'computed' && dataYear === year - 1,
      )
      if (computed && agrees(states, (await readFigures(tx, computed)).states)) {
        answer.agreeing.push(year)
        continue
      }
      const id = `${year}-published` as EditionId
      const figures = { dataYear: year - 1, baseRate: baseRateOf(all), states }
      const frozen = freezeEdition(
        { id, origin: 'published', issuedOn: null, inputs: [file], verified: false },
        figures,
      )
      if (!(await keepEdition(tx, frozen, at))) continue
      answer.kept.push(id)
      await recordAudit(tx, { at, actor, act: 'risk.kept-published', subject: id })
    }
    return answer
  })
}

/** The publisher states none; the one measured here stands beside its chances. */
const baseRateOf = (all: readonly Edition[]): number =>
  all.find(({ origin }) => origin !== 'published')?.baseRate ?? 0

type Chances = PublishedFigures['states']

const publishedDigits = 4

function agrees(published: Chances, computed: Chances): boolean {
  const own = new Map(computed.map(({ code, chance }) => [code, chance]))
  return (
    published.length === computed.length &&
    published.every(({ code, chance }) => {
      const value = own.get(code)
      return value !== undefined && Number(value.toPrecision(publishedDigits)) === chance
    })
  )
}
