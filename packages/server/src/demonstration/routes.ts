import { loadDemonstration } from '@tocsin/api/demonstration.ts'
import type { Executors } from '../approvals/four-eyes.ts'
import { type Endpoint, handle } from '../http/endpoint.ts'
import { loadFiveRivers } from './load.ts'

export const demonstrationEndpoints = (executors: Executors): readonly Endpoint[] => [
  handle(
    loadDemonstration,
    ({ kind }) => kind === 'operator',
    (app, actor) => loadFiveRivers(app, actor, executors),
  ),
]
