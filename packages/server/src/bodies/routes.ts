import * as api from '@tocsin/api/bodies.ts'
import { mayReadPublic } from '@tocsin/domain/actor.ts'
import type { Day } from '@tocsin/domain/brand.ts'
import type { Locale } from '@tocsin/domain/locale.ts'
import type { App } from '../app.ts'
import { type Endpoint, handle } from '../http/endpoint.ts'
import { bodyLines, openBody, openDoors } from './answers.ts'

// Who belongs to what is as public as the list of countries.
const mayRead = mayReadPublic('risk')

type Query = { readonly day?: Day | undefined; readonly locale?: Locale | undefined }

/** The day asked for, or today in UTC. */
const asked = (app: App, { day, locale }: Query) => ({
  day: day ?? (app.clock().slice(0, 10) as Day),
  locale,
})

export const bodyEndpoints: readonly Endpoint[] = [
  handle(api.listBodies, mayRead, async (app, _actor, { query }) => bodyLines(asked(app, query))),
  handle(api.getBody, mayRead, async (app, _actor, { params, query }) =>
    openBody(params.body, asked(app, query)),
  ),
  handle(api.listDoors, mayRead, async (app, _actor, { params, query }) =>
    openDoors(params.country, asked(app, query)),
  ),
]
