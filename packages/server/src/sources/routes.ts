import * as api from '@tocsin/api/sources.ts'
import { mayReadPublic } from '@tocsin/domain/actor.ts'
import { type Endpoint, handle } from '../http/endpoint.ts'
import { listSources } from './queries.ts'

export const sourceEndpoints: readonly Endpoint[] = [
  handle(api.listSources, mayReadPublic('sources'), async () => listSources()),
]
