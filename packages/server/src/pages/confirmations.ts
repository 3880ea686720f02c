import { Confirmation } from '@tocsin/api/contacts.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { WebApplication } from './assets.ts'
import { keepPreferences, readPreferences } from './preferences.ts'

type Asked = FastifyRequest<{ Params: { token: string } }>

/**
 * The page behind the link of a test notice: plain, without script. Looking at it confirms nothing;
 * only its button does, which a scanner of links does not press.
 */
export function serveConfirmations(server: FastifyInstance, web: WebApplication): void {
  const answer = async (method: 'GET' | 'POST', request: Asked, reply: FastifyReply) => {
    const url = `/api/confirmations/${encodeURIComponent(request.params.token)}`
    const said = await server.inject({ method, url })
    const body: unknown = said.json()
    const confirmation = Confirmation.safeParse(body).data
    const { locale } = readPreferences(request)
    const { styles } = web.assets
    const html = web.renderConfirmation({ locale, confirmation, problem: body, styles })
    reply.code(said.statusCode).type('text/html; charset=utf-8')
    // Without a referrer a browser names no origin, and its form would look like another site's.
    reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'same-origin' })
    return reply.send(html)
  }
  server.get('/c/:token', async (request: Asked, reply) =>
    keepPreferences(request, reply) ? reply : answer('GET', request, reply),
  )
  server.post('/c/:token', async (request: Asked, reply) => answer('POST', request, reply))
}
