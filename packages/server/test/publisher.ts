import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { onTestFinished } from 'vitest'

type Answer = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>

export type LocalPublisher = {
  readonly url: string
  /** Every request so far: path with query, and the headers that matter. */
  readonly asked: { readonly path: string; readonly range: string | undefined }[]
  /** Answers of the next requests, one each, before those of `always`. */
  readonly next: (...answers: Answer[]) => void
}

/**
 * A publisher on this machine: real HTTP, answers in the form of the recorded ones beside the project.
 * What it says is invented.
 */
export async function startPublisher(always: Answer): Promise<LocalPublisher> {
  const asked: { path: string; range: string | undefined }[] = []
  const waiting: Answer[] = []
  const server = createServer((request, response) => {
    asked.push({ path: request.url ?? '', range: request.headers.range })
    const answer = waiting.shift() ?? always
    void answer(request, response)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    next: (...answers) => {
      waiting.push(...answers)
    },
  }
}

/** A status without more, such as 500, with headers such as `retry-after`. */
export const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (_, response) => {
    response.writeHead(code, headers).end('no')
  }

/** A whole answer. */
export const json =
  (value: unknown): Answer =>
  (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
  }

/** Promises all of a text, sends the beginning, and then says nothing more or breaks the link. */
export const cut =
  (text: string, after: number, how: 'break' | 'stall', etag = '"1"'): Answer =>
  (_, response) => {
    response.writeHead(200, { 'content-length': Buffer.byteLength(text), etag })
    response.write(text.slice(0, after), () => {
      // Whoever reads needs its turn first: what is not read yet when a link breaks is lost.
      if (how === 'break') setTimeout(() => response.destroy(), 200)
    })
  }

/** A whole text, dripping in pieces with a pause between them. */
export const slow =
  (text: string, pauseMs: number): Answer =>
  async (_, response) => {
    response.writeHead(200, { 'content-length': Buffer.byteLength(text) })
    const size = Math.ceil(text.length / 5)
    for (let at = 0; at < text.length; at += size) {
      response.write(text.slice(at, at + size))
      await pause(pauseMs)
    }
    response.end()
  }

/** A file that can be asked for from any byte on, while it still is what it was. */
export const file =
  (text: string, etag = '"1"'): Answer =>
  ({ headers }, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0)
    const same = headers['if-range'] === etag
    if (from === 0 || !same) {
      response.writeHead(200, { 'content-length': Buffer.byteLength(text), etag }).end(text)
      return
    }
    const rest = text.slice(from)
    const range = `bytes ${from}-${text.length - 1}/${text.length}`
    const told = { 'content-range': range, 'content-length': Buffer.byteLength(rest), etag }
    response.writeHead(206, told).end(rest)
  }
