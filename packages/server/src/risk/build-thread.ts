import { parentPort, workerData } from 'node:worker_threads'
import { Problem, type ProblemCode, type ProblemDetails } from '@tocsin/domain/problem.ts'
import { baselinesFrom } from './baseline-figures.ts'
import { computeEditions, type EditionFigures } from './edition-figures.ts'
import { predictorsIn, recogniseFile } from './published-files.ts'
import { readTable } from './reproduce.ts'

/** What a thread is given to compute: the files by name, byte for byte. */
export type ComputeRequest = {
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[]
  readonly resamples: number
}

export type ComputeMessage =
  | { readonly done: number; readonly all: number }
  | { readonly editions: readonly EditionFigures[] }
  | { readonly problem: { readonly code: ProblemCode; readonly details: ProblemDetails } }

function compute({ files, resamples }: ComputeRequest, say: (message: ComputeMessage) => void) {
  const read = new Map(
    files.map(({ name, bytes }) => {
      const file = recogniseFile(name, bytes)
      return [file.kind, file] as const
    }),
  )
  const table = readTable(predictorsIn(read, 'inputs'))
  const progress = (done: number, all: number) => say({ done, all })
  const baselinesOf = baselinesFrom(read)
  say({ editions: computeEditions(table, { resamples, baselinesOf, progress }) })
}

if (parentPort) {
  const port = parentPort
  try {
    compute(workerData as ComputeRequest, (message) => port.postMessage(message))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const { code, details } = error
    port.postMessage({ problem: { code, details } } satisfies ComputeMessage)
  }
}
