import * as api from '@tocsin/api/countries.ts'
import { mayReadPublic } from '@tocsin/domain/actor.ts'
import type { Day } from '@tocsin/domain/brand.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { App } from '../app.ts'
import { type Endpoint, handle } from '../http/endpoint.ts'
import { listSeries } from '../sources/queries.ts'
import { findCountry, listCountries, withBodies } from './queries.ts'

const today = (app: App) => app.clock().slice(0, 10) as Day

const mayRead = mayReadPublic('risk')

export const countryEndpoints: readonly Endpoint[] = [
  handle(api.listCountries, mayRead, async (app, _actor, { query }) =>
    listCountries(today(app), query.locale),
  ),
  handle(api.getCountry, mayRead, async (app, actor, { params }) => {
    const country = findCountry(params.country)
    if (!country) throw new Problem('country.not-found', { country: params.country })
    return app.db.as(actor, async (tx) => ({
      country: withBodies(country, today(app)),
      series: await listSeries(tx, country.iso3),
    }))
  }),
]
