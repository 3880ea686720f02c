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
    // Names carry a hash of the content; of the few that do not, one is the worker of all pages.
    setHeaders: (reply, path) => void reply.header('cache-control', cachingOf(path)),
    cacheControl: false,
  })
  serveBare(server, web)
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

const cachingOf = (path: string): string =>
  /[\\/]worker\.js(\.br|\.gz)?$/.test(path)
    ? 'no-cache'
    : `public, max-age=${YEAR_SECONDS}, immutable`

/**
 * The page that browsers keep for when the node cannot be reached. It is drawn without asking who reads, so that
 * what is kept for everybody who uses a browser holds nothing of any of them.
 */
function serveBare(server: FastifyInstance, web: WebApplication): void {
  server.get('/offline', async (request, reply) => {
    const { locale, theme, keys } = readPreferences(request)
    const html = web.renderBare({ locale, theme, keys, assets: web.assets })
    return sendPage(request, reply, { status: 200, location: undefined, html })
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
