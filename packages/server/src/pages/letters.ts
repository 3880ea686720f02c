import { Letter } from '@tocsin/api/warnings.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { WebApplication } from './assets.ts'
import { keepPreferences, readPreferences } from './preferences.ts'

/** The steps that the page's plain forms take, each a route of the node's own interface. */
const steps = ['reading', 'acknowledgement', 'answer'] as const

const isStep = (act: string | undefined): act is (typeof steps)[number] =>
  steps.some((step) => step === act)

type Fields = Readonly<Record<string, string>>
type Said = { readonly status: number; readonly body: unknown }

/**
 * The pages behind the links of notices: one small page without script, whose forms are sent plainly.
 * Only a person who fills in the form acknowledges. What looks ahead of a person (a scanner, a
 * browser that fetches before it is asked) is shown the page, and nothing is marked.
 */
export function serveLetters(server: FastifyInstance, web: WebApplication): void {
  const asText = { parseAs: 'string', bodyLimit: 65_536 } as const
  const form = 'application/x-www-form-urlencoded'
  server.addContentTypeParser(form, asText, (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(String(body))))
  })
  server.get<{ Params: { token: string } }>('/a/:token', async (request, reply) => {
    if (keepPreferences(request, reply)) return reply
    const { token } = request.params
    const said = isLookingAhead(request)
      ? await ask(server, 'GET', `/api/letters/${encodeURIComponent(token)}`)
      : await ask(server, 'POST', `/api/letters/${encodeURIComponent(token)}/opening`, {})
    return send(web, request, reply, said)
  })
  server.post<{ Params: { token: string }; Body: Fields }>('/a/:token', async (request, reply) => {
    const { act, code, ...fields } = request.body ?? {}
    const address = `/api/letters/${encodeURIComponent(request.params.token)}`
    const done = isStep(act)
      ? await ask(server, 'POST', `${address}/${act}`, fieldsOf(act, fields, code))
      : undefined
    // What was refused is said on the page as it stands; the letter stays open for who had the code.
    const reread = code && (await ask(server, 'POST', `${address}/reading`, { code }))
    const shown = reread && reread.status === 200 ? reread : await ask(server, 'GET', address)
    const fault = done && done.status !== 200 ? done : undefined
    return send(web, request, reply, shown, { fault, code: shown === reread ? code : undefined })
  })
}

function isLookingAhead({ method, headers }: FastifyRequest): boolean {
  const purpose = `${headers['sec-purpose'] ?? ''} ${headers['purpose'] ?? ''} ${headers['x-moz'] ?? ''}`
  return method === 'HEAD' || /prefetch|preview|prerender/i.test(purpose)
}

/** A note that was left empty is none. */
function fieldsOf(act: string, fields: Fields, code: string | undefined): object {
  if (act === 'reading') return { code }
  return act === 'acknowledgement' ? { ...fields, note: fields['note']?.trim() || null } : fields
}

async function ask(
  server: FastifyInstance,
  method: 'GET' | 'POST',
  url: string,
  payload?: object,
): Promise<Said> {
  const answer = await server.inject({ method, url, ...(payload && { payload }) })
  return { status: answer.statusCode, body: answer.json() }
}

type Beside = { readonly fault?: Said | undefined; readonly code?: string | undefined }

function send(
  web: WebApplication,
  request: FastifyRequest,
  reply: FastifyReply,
  shown: Said,
  { fault, code }: Beside = {},
): FastifyReply {
  const { locale } = readPreferences(request)
  const letter = Letter.safeParse(shown.body).data
  const problem = letter ? fault?.body : shown.body
  const html = web.renderLetter({ locale, letter, problem, code, styles: web.assets.styles })
  const status = letter ? (fault?.status ?? 200) : shown.status
  reply.code(status).type('text/html; charset=utf-8')
  // Without a referrer a browser names no origin, and its form would look like another site's.
  reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'same-origin' })
  return reply.send(html)
}
