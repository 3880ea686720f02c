import { Locale } from '@tocsin/domain/locale.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'

const Theme = z.enum(['auto', 'light', 'dark'])

/** How somebody wants to read: kept in cookies, chosen by plain links, guessed at first. */
export type Preferences = {
  readonly locale: Locale
  readonly theme: z.infer<typeof Theme>
  readonly textOnly: boolean
  /** Whether single letters are commands. */
  readonly keys: boolean
}

const names = ['lang', 'theme', 'text', 'keys'] as const

export function readPreferences(request: FastifyRequest): Preferences {
  const { cookies } = request
  const locale = Locale.safeParse(cookies['lang'])
  const theme = Theme.safeParse(cookies['theme'])
  return {
    locale: locale.success ? locale.data : preferredLocale(request.headers['accept-language']),
    theme: theme.success ? theme.data : 'auto',
    textOnly: cookies['text'] === '1',
    keys: cookies['keys'] !== '0',
  }
}

/** The first of the six languages that the browser asks for, in the order of its weights. */
export function preferredLocale(header: string | undefined): Locale {
  const wanted = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', weight] = part.trim().split(';q=')
      return { language: tag.slice(0, 2).toLowerCase(), weight: Number(weight ?? 1) || 0 }
    })
    .sort((a, b) => b.weight - a.weight)
  const found = wanted.map(({ language }) => Locale.safeParse(language)).find((one) => one.success)
  return found?.data ?? 'en'
}

/**
 * Keeps what a link of the preferences asked for and answers with the address it stood on, so that a
 * shared link never carries somebody else's language. False when the address asks for nothing.
 */
export function keepPreferences(request: FastifyRequest, reply: FastifyReply): boolean {
  const url = new URL(request.url, 'http://node')
  const asked = names.filter((name) => url.searchParams.has(name))
  if (asked.length === 0) return false
  for (const name of asked) {
    const value = url.searchParams.get(name) ?? ''
    if (isPreference(name, value)) reply.setCookie(name, value, cookie)
    url.searchParams.delete(name)
  }
  void reply.redirect(`${url.pathname}${url.search}`, 303)
  return true
}

const cookie = { path: '/', sameSite: 'lax', httpOnly: true, maxAge: 31_536_000 } as const

function isPreference(name: (typeof names)[number], value: string): boolean {
  if (name === 'lang') return Locale.safeParse(value).success
  if (name === 'theme') return Theme.safeParse(value).success
  return value === '0' || value === '1'
}
