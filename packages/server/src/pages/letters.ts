import { Letter } from '@tocsin/api/warnings.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../app.ts'
import { asProblem } from '../http/server.ts'
import { ageOf, sealMoment } from '../warnings/links.ts'
import type { WebApplication } from './assets.ts'
import { keepPreferences, readPreferences } from './preferences.ts'

/** The steps that the page's plain forms take, each a route of the node's own interface. */
const steps = ['reading', 'acknowledgement', 'answer'] as const
type Step = (typeof steps)[number]

const isStep = (act: string | undefined): act is Step => steps.some((step) => step === act)

type Fields = Readonly<Record<string, string>>
type Said = { readonly status: number; readonly body: unknown }
type Asked = { readonly Params: { readonly token: string }; readonly Body: Fields | undefined }

/** Nobody reads, chooses and writes a name so fast: what does is a machine. */
const FASTEST_MS = 3_000
/** What was shown longer ago may stand differently by now. */
const SLOWEST_MS = 24 * 3_600_000

/**
 * The pages behind the links of notices: one small page without script, whose forms are sent plainly.
 * Only a person who fills in the form acknowledges. What looks ahead of a person (a scanner, a
 * browser that fetches before it is asked) is shown the page, and nothing is marked; what sends the
 * form faster than a person can is asked to press once more.
 */
export function serveLetters(app: App, server: FastifyInstance, web: WebApplication): void {
  const asText = { parseAs: 'string', bodyLimit: 65_536 } as const
  const form = 'application/x-www-form-urlencoded'
  server.addContentTypeParser(form, asText, (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(String(body))))
  })
  const show = async (request: FastifyRequest, reply: FastifyReply, shown: Said, beside?: Beside) =>
    send(web, request, reply, shown, {
      shown: await sealMoment(app, tokenIn(request)),
      ...beside,
    })
  // What could not even be read is told on the page too.
  const errorHandler = async (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const { code, details, status } = asProblem(error)
    const letter = await ask(server, 'GET', addressOf(request))
    return show(request, reply, letter, { fault: { status, body: { code, details } } })
  }
  server.get<Asked>('/a/:token', { errorHandler }, async (request, reply) => {
    if (keepPreferences(request, reply)) return reply
    const said = isLookingAhead(request)
      ? await ask(server, 'GET', addressOf(request))
      : await ask(server, 'POST', `${addressOf(request)}/opening`, {})
    return show(request, reply, said)
  })
  server.post<Asked>('/a/:token', { errorHandler }, async (request, reply) => {
    const { act, code, shown = '', ...given } = request.body ?? {}
    const age = await ageOf(app, tokenIn(request), shown)
    const address = addressOf(request)
    const done = isStep(act)
      ? await takeStep(server, `${address}/${act}`, { act, age, given, code })
      : undefined
    // What was refused is said on the page as it stands; the letter stays open for who had the code.
    const reread = code ? await ask(server, 'POST', `${address}/reading`, { code }) : undefined
    const isOpen = reread?.status === 200
    const letter = reread && isOpen ? reread : await ask(server, 'GET', address)
    const fault = done && done.status !== 200 ? done : undefined
    return show(request, reply, letter, {
      fault,
      code: isOpen ? code : undefined,
      given: fault ? given : {},
    })
  })
}

type Taken = {
  readonly act: Step
  /** How long ago the page was shown; undefined where it was not shown by this node. */
  readonly age: number | undefined
  readonly given: Fields
  readonly code: string | undefined
}

async function takeStep(
  server: FastifyInstance,
  address: string,
  { act, age, given, code }: Taken,
): Promise<Said> {
  if (act === 'reading') return ask(server, 'POST', address, { code })
  if (age === undefined || age < FASTEST_MS || age > SLOWEST_MS) {
    return { status: 409, body: { code: 'letter.once-more' } }
  }
  return ask(server, 'POST', address, fieldsOf(act, given))
}

/** A link that was copied with a sign too many still opens; one that was cut is told so. */
function tokenIn({ params }: FastifyRequest): string {
  const { token = '' } = params as { readonly token?: string }
  return /^[0-9a-f]{64}(?![0-9a-z])/.exec(token.toLowerCase())?.[0] ?? '0'.repeat(64)
}

const addressOf = (request: FastifyRequest): string => `/api/letters/${tokenIn(request)}`

function isLookingAhead({ method, headers }: FastifyRequest): boolean {
  const purpose = `${headers['sec-purpose'] ?? ''} ${headers['purpose'] ?? ''} ${headers['x-moz'] ?? ''}`
  return method === 'HEAD' || /prefetch|preview|prerender/i.test(purpose)
}

/** A note that was left empty is none; another office is named only by who says that it is one. */
function fieldsOf(act: 'acknowledgement' | 'answer', { forwardTo = '', ...given }: Fields): object {
  if (act === 'acknowledgement') return { ...given, note: given['note']?.trim() || null }
  return given['outcome'] === 'forwarded' ? { ...given, outcome: 'declined', forwardTo } : given
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

type Beside = {
  readonly fault?: Said | undefined
  readonly code?: string | undefined
  readonly given?: Fields
}

function send(
  web: WebApplication,
  request: FastifyRequest,
  reply: FastifyReply,
  said: Said,
  { fault, code, given = {}, shown }: Beside & { readonly shown: string },
): FastifyReply {
  const { locale } = readPreferences(request)
  const letter = Letter.safeParse(said.body).data
  const problem = letter ? fault?.body : said.body
  const { styles } = web.assets
  const html = web.renderLetter({ locale, letter, problem, code, given, shown, styles })
  const status = letter ? (fault?.status ?? 200) : said.status
  reply.code(status).type('text/html; charset=utf-8')
  // Without a referrer a browser names no origin, and its form would look like another site's.
  reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'same-origin' })
  return reply.send(html)
}
