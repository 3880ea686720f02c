import { Problem } from '@tocsin/domain/problem.ts'
import { canonicalJson, type Json } from '@tocsin/records/canonical.ts'
import { baselinesFrom } from './baseline-figures.ts'
import { codeVersion } from './code-version.ts'
import { computeEditions, type EditionFigures } from './edition-figures.ts'
import { type FrozenEdition, sha256 } from './freeze.ts'
import { type FileKind, predictorsIn, type ReadFile } from './published-files.ts'
import { readTable } from './reproduce.ts'

/** What came of computing an edition again. */
export type Verification = {
  readonly edition: string
  /** Whether the kept text is the one its hash names, and every figure came out the same. */
  readonly same: boolean
  /** The hash the edition states, that of the text kept, and that of the figures computed again. */
  readonly stated: string
  readonly kept: string
  readonly computed: string
  /** Where kept and computed figures differ, such as `states.3.chance`; the first of them. */
  readonly differences: readonly string[]
  /** Inputs that were not at hand: the baselines that rest on them were taken as kept. */
  readonly withoutInputs: readonly string[]
  /** The code the edition was computed with, and the code at hand. */
  readonly code: { readonly before: string; readonly now: string }
}

type Files = ReadonlyMap<FileKind, ReadFile>

/**
 * Computes an edition again from its files and compares every figure, bit for bit. A Problem says
 * that the predictors file is another one, or that the edition is one that was never computed here.
 */
export function verifyEdition(
  { edition, figures }: FrozenEdition,
  files: Files,
  progress: (done: number, all: number) => void = () => undefined,
): Verification {
  if (edition.origin === 'published') {
    throw new Problem('edition.only-published', { edition: edition.id })
  }
  const predictors = predictorsIn(files, edition.id)
  const found = new Set([...files.values()].map(({ bytes }) => sha256(bytes)))
  const [first, ...others] = edition.inputs
  if (!first || !found.has(first.sha256)) {
    const expected = first?.sha256 ?? ''
    const details = { edition: edition.id, expected, found: sha256(predictors.bytes) }
    throw new Problem('risk.other-input', details)
  }
  const kept = JSON.parse(figures) as EditionFigures
  const missing = others.filter(({ sha256: hash }) => !found.has(hash))
  const baselinesOf = missing.length === 0 ? baselinesFrom(files) : () => kept.scores.baselines
  const [again] = computeEditions(readTable(predictors), {
    resamples: Number(edition.parameters['resamples']),
    dataYear: edition.dataYear,
    baselinesOf,
    progress,
  })
  const text = canonicalJson(again as unknown as Json)
  const hashes = { stated: edition.figuresHash, kept: sha256(figures), computed: sha256(text) }
  return {
    edition: edition.id,
    same: hashes.kept === hashes.stated && hashes.computed === hashes.stated,
    ...hashes,
    differences: differencesOf(kept as unknown as Json, JSON.parse(text)).slice(0, mostNamed),
    withoutInputs: missing.map(({ name }) => name),
    code: { before: edition.codeVersion, now: codeVersion() },
  }
}

const mostNamed = 20

/** The places at which two JSON values differ, as dotted paths. */
export function differencesOf(a: Json, b: Json, path = ''): readonly string[] {
  if (isParent(a) && isParent(b)) {
    const [left, right] = [new Map(Object.entries(a)), new Map(Object.entries(b))]
    return [...new Set([...left.keys(), ...right.keys()])].flatMap((key) => {
      const [one, other] = [left.get(key), right.get(key)]
      const at = path === '' ? key : `${path}.${key}`
      return one === undefined || other === undefined ? [at] : differencesOf(one, other, at)
    })
  }
  return Object.is(a, b) ? [] : [path]
}

const isParent = (value: Json): value is Exclude<Json, string | number | boolean | null> =>
  value !== null && typeof value === 'object'
