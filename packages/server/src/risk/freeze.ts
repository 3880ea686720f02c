import { createHash } from 'node:crypto'
import type { Day, Probability, Sha256 } from '@tocsin/domain/brand.ts'
import type { Edition, EditionId } from '@tocsin/domain/risk.ts'
import { publishedSeed } from '@tocsin/forecast/ewp.ts'
import { canonicalJson, type Json } from '@tocsin/records/canonical.ts'
import { codeVersion } from './code-version.ts'
import type { EditionFigures } from './edition-figures.ts'
import { bootstrapSeed } from './figures.ts'
import type { ReadFile } from './published-files.ts'

/** What an edition keeps where only the chances of the publisher are known. */
export type PublishedFigures = {
  readonly dataYear: number
  readonly baseRate: number
  readonly states: readonly {
    readonly code: string
    readonly name: string
    readonly chance: number
    readonly rank: number
  }[]
}

/** An edition as it is kept: what it is, and the exact text of everything it holds. */
export type FrozenEdition = { readonly edition: Edition; readonly figures: string }

export const sha256 = (content: string | Uint8Array): Sha256 =>
  createHash('sha256').update(content).digest('hex') as Sha256

/** What every edition made of the Early Warning Project's files says of where it comes from. */
const terms = {
  publisher: 'United States Holocaust Memorial Museum and Dartmouth College',
  licence: 'none stated by the publisher; permission to pass on not yet asked',
  redistributable: false,
} as const

const sources: Readonly<Partial<Record<ReadFile['kind'], string>>> = {
  predictors: 'Early Warning Project, prepared predictors',
  'published-risks': 'Early Warning Project, published risks',
  'terror-scale': 'Political Terror Scale',
  'civilian-deaths': 'UCDP, organised violence by country and year',
}

function citationFor(year: number): string {
  const until = String(year + 1).slice(-2)
  return `Early Warning Project (${year}), Countries at Risk for Mass Killing ${year}-${until}: Statistical Risk Assessment`
}

export type Release = {
  readonly id: EditionId
  readonly origin: Edition['origin']
  readonly issuedOn: Day | null
  readonly inputs: readonly ReadFile[]
  readonly verified: boolean
  /** Draws behind the intervals; absent where nothing was computed. */
  readonly resamples?: number
}

/** Fixes an edition: its inputs, parameters, code and figures by name, hash and exact text. */
export function freezeEdition(
  release: Release,
  figures: EditionFigures | PublishedFigures,
): FrozenEdition {
  const text = canonicalJson(figures as unknown as Json)
  const year = figures.dataYear + 1
  const computed = release.origin !== 'published'
  const edition: Edition = {
    id: release.id,
    origin: release.origin,
    dataYear: figures.dataYear,
    horizon: { from: year, to: year + 1 },
    issuedOn: release.issuedOn,
    inputs: release.inputs.map(({ kind, name, bytes, rows }) => ({
      name,
      source: sources[kind] ?? kind,
      sha256: sha256(bytes),
      rows: rows.length,
    })),
    parameters: computed
      ? {
          alpha: 0.5,
          folds: 10,
          seed: publishedSeed,
          penalty: 'lambda.min',
          resamples: release.resamples ?? 0,
          bootstrapSeed,
        }
      : {},
    codeVersion: codeVersion(),
    figuresHash: sha256(text),
    baseRate: figures.baseRate as Probability,
    countries: figures.states.length,
    ...terms,
    publisher: computed ? `${terms.publisher}; computed by Tocsin` : terms.publisher,
    citation: citationFor(year),
    verified: release.verified,
  }
  return { edition, figures: text }
}
