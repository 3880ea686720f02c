import { createHash } from 'node:crypto'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import staticFiles from '@fastify/static'
import type { Transport } from '@tocsin/api/client.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../app.ts'
import { forOneReader, PAGE_HEADER } from '../identity/page-reader.ts'
import type { Drawn, WebApplication } from './assets.ts'
import { serveConfirmations } from './confirmations.ts'
import { serveLetters } from './letters.ts'
import { keepPreferences, readPreferences } from './preferences.ts'

const YEAR_SECONDS = 31_536_000

/** Serves the web application: its files as they are, and every other address as a drawn page. */
export async function servePages(
  app: App,
  server: FastifyInstance,
  web: WebApplication,
): Promise<void> {
  await server.register(staticFiles, {
    root: web.files,
    wildcard: false,
    preCompressed: true,
    index: false,
    serveDotFiles: false,
    maxAge: YEAR_SECONDS * 1000,
    // Names carry a hash of the content; the few that do not are small.
    immutable: true,
  })
  serveLetters(app, server, web)
  serveConfirmations(server, web)
  server.setNotFoundHandler(async (request, reply) => {
    const asksPage = request.method === 'GET' || request.method === 'HEAD'
    if (!asksPage || request.url.startsWith('/api/')) {
      return reply
        .code(404)
        .type('application/problem+json')
        .send({ code: 'request.not-found', details: {} })
    }
    if (keepPreferences(request, reply)) return reply
    return sendPage(request, reply, await drawPage(server, web, request))
  })
}

/** Draws a page from the node's own API, asked through its own door as the reader asked for the page. */
async function drawPage(server: FastifyInstance, web: WebApplication, request: FastifyRequest) {
  const { cookie = '', host } = request.headers
  const { url } = request
  const preferences = readPreferences(request)
  return forOneReader((page) => {
    const transport: Transport = async (path, init) => {
      const asked = { ...(init.headers as Record<string, string>), cookie, host }
      const headers = { ...asked, [PAGE_HEADER]: page }
      const answer = await server.inject({ method: 'GET', url: path, headers })
      return new Response(answer.body, { status: answer.statusCode })
    }
    return web.render({ url, transport, assets: web.assets, ...preferences })
  })
}

/** Sends a page once: a reader who has it already gets a few bytes that say so. */
function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  { status, location, html }: Drawn,
): FastifyReply {
  if (location !== undefined) return reply.redirect(location, 302)
  const etag = `"${createHash('sha256').update(html).digest('base64url').slice(0, 22)}"`
  reply.headers({ etag, 'cache-control': 'private, no-cache', vary: 'accept-encoding, cookie' })
  if (request.headers['if-none-match'] === etag) return reply.code(304).send()
  reply.code(status).type('text/html; charset=utf-8')
  const accepted = request.headers['accept-encoding'] ?? ''
  if (accepted.includes('br')) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 5 }
    return reply.header('content-encoding', 'br').send(brotliCompressSync(html, { params }))
  }
  if (accepted.includes('gzip')) {
    return reply.header('content-encoding', 'gzip').send(gzipSync(html))
  }
  return reply.send(html)
}
