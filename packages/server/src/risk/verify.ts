import { createHash } from 'node:crypto'
import { Problem } from '@tocsin/domain/problem.ts'
import { EditionId } from '@tocsin/domain/risk.ts'
import { canonicalJson, type Json } from '@tocsin/records/canonical.ts'
import { computeEditions } from './edition-figures.ts'
import { findKeptEdition } from './editions.ts'
import { findPublishedFiles } from './published-files.ts'
import { readTable } from './reproduce.ts'

export type Verification = {
  readonly edition: string
  readonly same: boolean
  readonly kept: string
  readonly computed: string
}

/**
 * Computes an edition again from the files in a folder and compares the hash of every figure. Baselines
 * rest on further files and are taken from the kept edition.
 */
export async function verifyEdition(id: string, folder: string): Promise<Verification> {
  const kept = findKeptEdition(EditionId.parse(id))
  if (!kept) throw new Problem('edition.not-found', { edition: id })
  const files = findPublishedFiles(folder)
  const bytesHash = createHash('sha256').update(files.predictorsBytes).digest('hex')
  const [input] = kept.edition.inputs
  if (input?.sha256 !== bytesHash) {
    throw new Problem('risk.other-input', {
      edition: id,
      expected: input?.sha256 ?? '',
      found: bytesHash,
    })
  }
  const { resamples } = kept.edition.parameters
  const editions = computeEditions(
    readTable(files.predictors),
    Number(resamples),
    () => kept.figures.scores.baselines,
  )
  const again = editions.find(({ dataYear }) => dataYear === kept.edition.dataYear)
  const computed = hashOf(again as unknown as Json)
  const keptHash = hashOf(kept.figures as unknown as Json)
  const same = computed === kept.edition.figuresHash && keptHash === kept.edition.figuresHash
  return { edition: id, same, kept: kept.edition.figuresHash, computed }
}

const hashOf = (value: Json): string =>
  createHash('sha256').update(canonicalJson(value)).digest('hex')
