import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'
import { onTestFinished, vi } from 'vitest'
import { keepCookies } from './test-people.ts'

export type OutsideProvider = {
  readonly issuer: string
  /** Goes through the provider's own pages as a person would; answers where it sends them back to. */
  readonly signIn: (url: string, login: string) => Promise<string>
}

export const client = { clientId: 'tocsin-node', clientSecret: 'c4nary-client-secret'.repeat(3) }

/** A ministry's identity provider: the real `oidc-provider`, on a port of its own. */
export async function startOutsideProvider(returnAddress: string): Promise<OutsideProvider> {
  const server = createServer()
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  const issuer = `http://127.0.0.1:${port}`
  // It warns at length that this is no configuration for production, which is right.
  vi.spyOn(console, 'warn').mockReturnValue()
  vi.spyOn(console, 'info').mockReturnValue()
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.clientId,
        client_secret: client.clientSecret,
        redirect_uris: [returnAddress],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    pkce: { required: () => true },
    features: { devInteractions: { enabled: true } },
    cookies: { keys: ['test'] },
  })
  server.on('request', provider.callback())
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { issuer, signIn: (url, login) => walk(issuer, url, login) }
}

async function walk(issuer: string, start: string, login: string): Promise<string> {
  const cookies = new Map<string, string>()
  const go = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...init.headers, cookie }
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    keepCookies(cookies, response)
    return response
  }
  let response = await go(start)
  for (let page = 0; page < 12; page += 1) {
    const location = response.headers.get('location')
    if (location !== null) {
      const next = new URL(location, issuer)
      if (next.origin !== issuer) return next.href
      response = await go(next.href)
      continue
    }
    const html = await response.text()
    const [, action = ''] = /action="([^"]+)"/.exec(html) ?? []
    const [, prompt = ''] = /name="prompt" value="([^"]+)"/.exec(html) ?? []
    const form = new URLSearchParams({ prompt, login, password: 'any' })
    response = await go(new URL(action, issuer).href, { method: 'POST', body: form })
  }
  throw new Error('the provider never sent anybody back')
}
