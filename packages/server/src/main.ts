import { timingSafeEqual } from 'node:crypto'
import { defaultPublicView, operator, visitor } from '@tocsin/domain/actor.ts'
import type { App } from './app.ts'
import { countryEndpoints } from './countries/routes.ts'
import type { Endpoint } from './http/endpoint.ts'
import type { Gate } from './http/server.ts'
import type { Handlers } from './jobs/queue.ts'
import { riskEndpoints } from './risk/routes.ts'
import { sourceEndpoints } from './sources/routes.ts'

/** Every route of every area. */
export const endpoints: readonly Endpoint[] = [
  ...countryEndpoints,
  ...riskEndpoints,
  ...sourceEndpoints,
]

/** What each kind of job does: a kind without a handler does not compile. */
export function jobHandlers(_app: App): Handlers {
  return {
    'sources.import': async () => undefined,
    'risk.build-edition': async () => undefined,
  }
}

/** Who asks, and what visitors may see. */
export function gateOf(_app: App, operatorToken: string): Gate {
  return {
    signIn: async (request) =>
      isSame(request.headers.authorization ?? '', `Bearer ${operatorToken}`) ? operator : visitor,
    publicView: async () => defaultPublicView,
  }
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** What a node does once at every start: facts it ships, links it still owes. */
export async function prepare(_app: App): Promise<{ readonly setUpLink: string | undefined }> {
  return { setUpLink: undefined }
}
