import cookie from '@fastify/cookie'
import type { Route } from '@tocsin/api/route.ts'
import type { Actor, PublicView } from '@tocsin/domain/actor.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { ZodError } from 'zod'
import type { App } from '../app.ts'
import type { Endpoint } from './endpoint.ts'
import { refuseForeignOrigin, setSecurityHeaders } from './headers.ts'
import { isTooDeep } from './json-depth.ts'
import { describeApi } from './openapi.ts'
import { admitSigned, signAnswers } from './signed-messages.ts'

/** What the base must be told by the areas: it knows how to ask, not who people are. */
export type Gate = {
  /** Refuses a signed request by its headers alone, before any of its body is read. */
  readonly admit: (request: FastifyRequest, reply: FastifyReply) => Promise<void>
  readonly signIn: (request: FastifyRequest) => Promise<Actor>
  readonly publicView: (actor: Actor) => Promise<PublicView>
  /** Gives an answer to another node the headers by which it is believed; others get none. */
  readonly signAnswer: (request: FastifyRequest, reply: FastifyReply, body: Buffer) => Promise<void>
}

const BODY_LIMIT = 1_048_576

/** A connection on which nothing has come or gone for so long is given up: its link broke half way. */
const SILENT_MS = 180_000

/** The node's HTTP door: every route checks the actor, the input and the answer, in that order. */
export async function buildServer(
  app: App,
  endpoints: readonly Endpoint[],
  gate: Gate,
): Promise<FastifyInstance> {
  const server = Fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    trustProxy: 'loopback',
    connectionTimeout: SILENT_MS,
  })
  await server.register(cookie)
  // Uploads are read as they come, by the area that asked for them; nothing is held in memory.
  server.addContentTypeParser('application/octet-stream', (_request, body, done) => {
    done(null, body)
  })
  acceptJson(server)
  setSecurityHeaders(server)
  refuseForeignOrigin(server, app.node.origin)
  admitSigned(server, gate.admit)
  signAnswers(server, gate.signAnswer)
  for (const endpoint of endpoints) mount(server, app, endpoint, gate)
  const description = describeApi(endpoints.map(({ route }) => route))
  server.get('/openapi.json', () => description)
  answerProblems(server, app)
  return server
}

function acceptJson(server: FastifyInstance): void {
  // The default refuses what would poison a prototype.
  const parse = server.getDefaultJsonParser('error', 'error')
  const types = ['application/json', 'application/taxii+json']
  server.addContentTypeParser<string>(types, { parseAs: 'string' }, (request, text, done) => {
    if (isTooDeep(text)) done(tooDeep())
    else void parse(request, text, done)
  })
}

const tooDeep = () =>
  new Problem('request.invalid', {
    issues: [{ path: '', code: 'too_deep', message: 'nested too deep' }],
  })

function mount(server: FastifyInstance, app: App, endpoint: Endpoint, gate: Gate): void {
  const { route, may, answer } = endpoint
  server.route({
    method: route.method,
    url: route.path,
    ...(route.consumes === 'stream' && { bodyLimit: Number.MAX_SAFE_INTEGER }),
    ...(route.limit && { bodyLimit: route.limit }),
    config: { media: route.media },
    handler: async (request, reply) => {
      const actor = await gate.signIn(request)
      if (!may(actor, await gate.publicView(actor))) throw refusal(actor)
      const said = await answer(app, actor, readInput(route, request), { request, reply })
      if (reply.sent) return reply
      if (!reply.hasHeader('content-type')) reply.type(typeOf(route))
      const checked = route.response.parse(said)
      const isReady = route.produces !== undefined || route.sends !== undefined
      return reply.send(isReady ? checked : written(checked, route.media))
    },
  })
}

/** As bytes where the media type must stay as it is: to a text a character set would be added. */
const written = (said: unknown, media: string | undefined): string | Buffer => {
  const text = JSON.stringify(said)
  return media ? Buffer.from(text) : text
}

const typeOf = ({ media, produces, sends }: Route): string =>
  media ?? produces ?? sends?.[0] ?? 'application/json'

/** A visitor is asked to sign in; somebody signed in is told no. */
function refusal(actor: Actor): Problem {
  return new Problem(actor.kind === 'visitor' ? 'session.required' : 'permission.denied')
}

function readInput(route: Route, request: FastifyRequest): unknown {
  return {
    ...(route.params && { params: route.params.parse(request.params) }),
    ...(route.query && { query: route.query.parse(request.query) }),
    ...(route.body && { body: route.body.parse(request.body ?? {}) }),
    ...(route.consumes === 'stream' && { stream: request.body }),
  }
}

function answerProblems(server: FastifyInstance, app: App): void {
  server.setErrorHandler((error, request, reply) => {
    const problem = asProblem(error)
    if (problem.code === 'unexpected') app.log.error({ error }, 'unexpected')
    const { code, details, status } = problem
    const { media } = request.routeOptions.config as { media?: string }
    if (media) {
      const http_status = String(status)
      const said = { title: code, error_code: code, http_status, details: { code, ...details } }
      return reply.code(status).type(media).send(written(said, media))
    }
    return reply.code(problem.status).type('application/problem+json').send({ code, details })
  })
}

/** What the requester may know of an error: a named problem, or only that there was one. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof ZodError) {
    const issues = error.issues.map(({ path, code, message }) => ({
      path: path.map(String).join('.'),
      code,
      message,
    }))
    return new Problem('request.invalid', { issues })
  }
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : 500
  if (status === 413) return new Problem('request.too-large')
  if (status === 400 || status === 415) return new Problem('request.invalid')
  return new Problem('unexpected')
}
