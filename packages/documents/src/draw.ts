import { spawn } from 'node:child_process'
import { buffer } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { DocumentContent } from './content.ts'

export type DocumentFormat = 'pdf' | 'docx'

/** Few at a time: a letter takes some 150 MB while it is drawn, 325 pages 600, and give it back. */
const DRAWN_AT_ONCE = 2
/** A record of thousands of entries on a busy machine; a letter takes a quarter of a second. */
const LONGEST_MS = 180_000

let drawing = 0
const waiting: (() => void)[] = []

/**
 * Draws a document in a process of its own, so that a node that makes none carries neither Typst nor
 * fonts, and content that makes either fail ends that process alone. Rejects when it failed.
 */
export async function drawDocument(
  content: DocumentContent,
  format: DocumentFormat,
): Promise<Uint8Array<ArrayBuffer>> {
  if (drawing >= DRAWN_AT_ONCE) await new Promise<void>((go) => waiting.push(go))
  else drawing += 1
  try {
    return await drawApart(content, format)
  } finally {
    // The place goes to whoever waits longest, else it is free.
    const next = waiting.shift()
    if (next) next()
    else drawing -= 1
  }
}

async function drawApart(
  content: DocumentContent,
  format: DocumentFormat,
): Promise<Uint8Array<ArrayBuffer>> {
  const program = fileURLToPath(new URL('draw-process.ts', import.meta.url))
  const child = spawn(process.execPath, [program], {
    // What it says of a failure quotes the content, which belongs in no log.
    stdio: ['pipe', 'pipe', 'ignore'],
    // Nothing of the node's own: no address of a database, no secret.
    env: {},
    timeout: LONGEST_MS,
    killSignal: 'SIGKILL',
  })
  const ended = new Promise<string>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve(String(code ?? signal)))
  })
  // A process that ends early is told by how it ended; the pipe that breaks with it is no news.
  child.stdin.on('error', () => undefined)
  child.stdin.end(JSON.stringify({ content, format }))
  const [bytes, end] = await Promise.all([buffer(child.stdout), ended])
  if (end !== '0') throw new Error(`drawing a ${format} failed: ${end}`)
  return new Uint8Array(bytes)
}
