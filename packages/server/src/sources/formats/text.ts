import { Problem } from '@tocsin/domain/problem.ts'

/** The longest line, in characters, that is read: no publisher's comes near it. */
export const longestLine = 1_000_000

/** The text of a file with `\n` at the end of each line. Bytes of another alphabet are refused. */
export async function* asText(
  bytes: AsyncIterable<Uint8Array>,
  encoding: 'utf-8' | 'windows-1252',
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  let line = 1
  let held = ''
  for await (const piece of bytes) {
    const text = held + decode(decoder, piece, line)
    held = text.endsWith('\r') ? '\r' : ''
    const whole = text.slice(0, text.length - held.length).replaceAll('\r\n', '\n')
    line += newlines(whole)
    yield whole
  }
  yield held + decode(decoder, undefined, line)
}

function decode(
  decoder: InstanceType<typeof TextDecoder>,
  piece: Uint8Array | undefined,
  line: number,
): string {
  try {
    return piece ? decoder.decode(piece, { stream: true }) : decoder.decode()
  } catch (error) {
    throw new Problem('source.not-utf8', { line: line + linesBefore(piece) }, { cause: error })
  }
}

/** How many lines of a piece stand before its first byte that is not UTF-8. */
function linesBefore(piece: Uint8Array | undefined): number {
  if (!piece) return 0
  const text = new TextDecoder().decode(piece)
  return newlines(text.slice(0, Math.max(0, text.indexOf('\uFFFD'))))
}

/** How many lines a text ends. */
export function newlines(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1
  return count
}
