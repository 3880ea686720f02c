import * as api from '@tocsin/api/countries.ts'
import { mayReadPublic } from '@tocsin/domain/actor.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { type Endpoint, handle } from '../http/endpoint.ts'
import { listSeries } from '../sources/queries.ts'
import { findCountry, listCountries } from './queries.ts'

const mayRead = mayReadPublic('risk')

export const countryEndpoints: readonly Endpoint[] = [
  handle(api.listCountries, mayRead, async (_app, _actor, { query }) =>
    listCountries(query.locale),
  ),
  handle(api.getCountry, mayRead, async (app, actor, { params }) => {
    const country = findCountry(params.country)
    if (!country) throw new Problem('country.not-found', { country: params.country })
    return app.db.as(actor, async (tx) => ({
      country,
      series: await listSeries(tx, country.iso3),
    }))
  }),
]
