import { createHash, type Hash } from 'node:crypto'
import { Readable, Transform } from 'node:stream'
import { Problem } from '@tocsin/domain/problem.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** The most that is held in memory of a signed body: nothing of it may count before all of it is checked. */
const SIGNED_BODY_BYTES = 16 * 1_048_576

const hashes = new WeakMap<FastifyRequest, Hash>()

/** Of requests that carry a signature, the body is hashed as it comes: the very bytes, before any parsing. */
export function hashSignedBodies(server: FastifyInstance): void {
  server.addHook('preParsing', async (request, _reply, payload) => {
    if (request.headers['signature-input'] === undefined) return payload
    const hash = createHash('sha256')
    hashes.set(request, hash)
    let length = 0
    const watched = new Transform({
      transform: (part: Buffer, _encoding, done) => {
        length += part.length
        hash.update(part)
        done(length > SIGNED_BODY_BYTES ? new Problem('request.too-large') : null, part)
      },
    })
    payload.on('error', (error) => watched.destroy(error))
    return payload.pipe(watched)
  })
}

/** RFC 9530 digest of the whole body. A body that the route takes as a stream is read first and handed on. */
export async function digestOfBody(request: FastifyRequest): Promise<string> {
  if (request.body instanceof Readable) {
    const parts = await request.body.toArray()
    request.body = Readable.from(parts)
  }
  const hash = hashes.get(request) ?? createHash('sha256')
  hashes.delete(request)
  return `sha-256=:${hash.digest('base64')}:`
}

type SignAnswer = (request: FastifyRequest, reply: FastifyReply, body: Buffer) => Promise<void>

/** Hands every answer to a signed request, whole, to whoever signs it. */
export function signAnswers(server: FastifyInstance, sign: SignAnswer): void {
  server.addHook('onSend', async (request, reply, payload) => {
    if (request.headers['signature-input'] === undefined) return payload
    const body = await wholeOf(payload)
    await sign(request, reply, body)
    return body
  })
}

async function wholeOf(payload: unknown): Promise<Buffer> {
  if (payload === null || payload === undefined) return Buffer.alloc(0)
  if (payload instanceof Readable) return Buffer.concat(await payload.toArray())
  return typeof payload === 'string' ? Buffer.from(payload) : Buffer.from(payload as Uint8Array)
}
