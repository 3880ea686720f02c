import { Problem } from '@tocsin/domain/problem.ts'
import { Again, type Asking, ask, bodyOf, persist } from './ask.ts'
import type { Part } from './part.ts'

type Progress = (bytes: number, all: number | null) => void

const noteEvery = 4 * 1024 ** 2
const mostBytes = 8 * 1024 ** 3

/** Fetches one file, going on where an earlier try broke off if the file is still the same. */
export async function fetchFile(
  asking: Asking,
  address: string,
  part: Part,
  progress: Progress,
): Promise<void> {
  await persist(asking, () => continueFile(asking, address, part, progress))
}

async function continueFile(
  asking: Asking,
  address: string,
  part: Part,
  progress: Progress,
): Promise<void> {
  const controller = new AbortController()
  const { bytes, etag } = part.mark
  // Without the publisher's name for this state nobody can tell whether the rest belongs to it.
  const going = bytes > 0 && etag !== null
  const range = going ? { range: `bytes=${bytes}-`, 'if-range': etag } : undefined
  const stalled = setTimeout(() => controller.abort(), asking.stallMs)
  const answer = await ask(asking, address, { ...range }, controller.signal).finally(() =>
    clearTimeout(stalled),
  )
  const goesOn = answer.status === 206 && startOf(answer) === bytes
  if (!goesOn) await part.begin()
  if (answer.status === 416) {
    await answer.body?.cancel()
    throw new Again(new Problem('fetch.cut-off', { host: new URL(address).host }), 0)
  }
  await part.note({ etag: strongEtag(answer) })
  const all = lengthOf(answer, part.mark.bytes)
  let noted = part.mark.bytes
  try {
    for await (const piece of bodyOf(answer, asking, controller)) {
      if (part.mark.bytes + piece.length > mostBytes) throw new Problem('request.too-large')
      await part.add(piece)
      progress(part.mark.bytes, all)
      if (part.mark.bytes - noted < noteEvery) continue
      noted = part.mark.bytes
      await part.note({})
    }
  } finally {
    await part.note({})
  }
  if (all !== null && part.mark.bytes !== all) {
    throw new Again(new Problem('fetch.cut-off', { host: new URL(address).host }))
  }
}

const startOf = ({ headers }: Response): number =>
  Number(/^bytes (\d+)-/.exec(headers.get('content-range') ?? '')?.[1] ?? Number.NaN)

/** A weak name may stand for bytes that differ. */
function strongEtag({ headers }: Response): string | null {
  const etag = headers.get('etag')
  return etag === null || etag.startsWith('W/') ? null : etag
}

function lengthOf({ headers }: Response, before: number): number | null {
  const length = headers.get('content-length')
  return length === null || headers.has('content-encoding') ? null : before + Number(length)
}
