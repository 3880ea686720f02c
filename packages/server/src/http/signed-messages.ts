import { createHash, type Hash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { Readable, Transform } from 'node:stream'
import { Problem } from '@tocsin/domain/problem.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** The most that is held in memory of a signed body: nothing of it may count before all of it is checked. */
const SIGNED_BODY_BYTES = 16 * 1_048_576
/** How much is thrown away of a body that is refused unread, so that its sender hears why. */
const LINGER_BYTES = 8 * 1_048_576

const hashes = new WeakMap<FastifyRequest, Hash>()

const isSigned = ({ headers }: FastifyRequest): boolean => headers['signature-input'] !== undefined

type Admit = (request: FastifyRequest, reply: FastifyReply) => Promise<void>

/**
 * Asks of every signed request whether it is let in before any of its body is read; of those that
 * are, the body is hashed as it comes: the very bytes, before any parsing.
 */
export function admitSigned(server: FastifyInstance, admit: Admit): void {
  server.addHook('onRequest', async (request, reply) => {
    if (!isSigned(request)) return
    await admit(request, reply).catch((error: unknown) => {
      // With whoever is hung up on, nothing more is read.
      if (!reply.hasHeader('connection')) throwAway(request.raw)
      throw error
    })
  })
  server.addHook('preParsing', async (request, _reply, payload) => {
    if (!isSigned(request)) return payload
    const hash = createHash('sha256')
    hashes.set(request, hash)
    const watched = new Transform({
      transform: (part: Buffer, _encoding, done) => {
        hash.update(part)
        done(null, part)
      },
    })
    payload.on('error', (error) => watched.destroy(error))
    return payload.pipe(watched)
  })
}

/** Whoever sends on and on is hung up on. */
function throwAway(body: IncomingMessage): void {
  let left = LINGER_BYTES
  body.on('data', (part: Buffer) => {
    left -= part.length
    if (left < 0) body.destroy()
  })
}

/** How long a body says that it is, in bytes; what does not say is taken to be as long as may be. */
export const claimedBytes = ({ headers }: FastifyRequest): number =>
  headers['transfer-encoding'] === undefined
    ? Math.min(Number(headers['content-length'] ?? 0), SIGNED_BODY_BYTES)
    : SIGNED_BODY_BYTES

/** The server itself reads no more than is said; here is refused what is too much or does not say. */
export function checkLength({ headers, routeOptions }: FastifyRequest): void {
  if (headers['transfer-encoding'] !== undefined) throw new Problem('request.length-required')
  const most = Math.min(routeOptions.bodyLimit ?? SIGNED_BODY_BYTES, SIGNED_BODY_BYTES)
  if (Number(headers['content-length'] ?? 0) > most) throw new Problem('request.too-large')
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
    if (!isSigned(request)) return payload
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
