import { Source } from '@tocsin/domain/source.ts'
import { z } from 'zod'
import type { Route } from './route.ts'

export const listSources = {
  method: 'GET',
  path: '/api/sources',
  summary: 'List the sources of the figures this node shows, with their terms',
  response: z.array(Source),
} as const satisfies Route
