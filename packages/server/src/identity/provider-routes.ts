import * as api from '@tocsin/api/session.ts'
import * as settings from '@tocsin/api/settings.ts'
import { mayOperateNode } from '@tocsin/domain/actor.ts'
import { type Endpoint, handle } from '../http/endpoint.ts'
import { asProblem } from '../http/server.ts'
import { finishOutside, returnAddress, startOutside } from './outside.ts'
import { listProviders, removeProvider, setProvider } from './providers.ts'
import { setSessionCookie } from './sessions.ts'
import { requirePerson } from './step-up.ts'

const anybody = () => true

/**
 * A page that goes on by itself. A redirect would still count as coming from the provider's site,
 * and the session's strict cookie would not be sent with it.
 */
const goOn = (path: string): string =>
  `<!doctype html><html lang="en"><title>Tocsin</title><meta http-equiv="refresh" content="0;url=${path}"></html>`

export const providerEndpoints: readonly Endpoint[] = [
  handle(api.startProviderSignIn, anybody, (app, actor, { params, body }, exchange) => {
    const linking = body.purpose === 'link' ? requirePerson(actor) : null
    return startOutside(app, exchange, { provider: params.provider, linking })
  }),
  handle(api.finishProviderSignIn, anybody, async (app, _actor, { query }, exchange) => {
    try {
      const signedIn = await finishOutside(app, exchange.request, query.state)
      if (signedIn) setSessionCookie(app, exchange.reply, signedIn.token)
      return goOn(signedIn ? '/' : '/account')
    } catch (error) {
      // Somebody in a browser is shown a page of ours that says why, never JSON.
      const problem = asProblem(error)
      if (problem.code === 'unexpected') throw error
      return goOn(`/sign-in?problem=${problem.code}`)
    }
  }),
  handle(settings.listProviders, mayOperateNode, async (app, actor, _input, { request }) => ({
    returnAddress: returnAddress(app, request).href,
    providers: await listProviders(app, actor),
  })),
  handle(settings.setProvider, mayOperateNode, (app, actor, { params, body }) =>
    setProvider(app, actor, params.provider, body),
  ),
  handle(settings.removeProvider, mayOperateNode, async (app, actor, { params }) => {
    await removeProvider(app, actor, params.provider)
    return {}
  }),
]
