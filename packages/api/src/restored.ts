import { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { Line } from '@tocsin/domain/people.ts'
import { z } from 'zod'
import type { Route } from './route.ts'

export const getRestored = {
  method: 'GET',
  path: '/api/network/restored',
  summary: 'Read whom this node waits for after a restore; it tells nothing while it does',
  response: z.object({
    isWaiting: z.boolean(),
    unanswered: z.array(
      z.object({
        organisation: OrganisationId,
        name: Line,
        /** How often it was asked. */
        asked: z.int(),
        since: Instant,
      }),
    ),
  }),
} as const satisfies Route

export const goOn = {
  method: 'POST',
  path: '/api/network/restored',
  summary: 'Wait no longer after a restore for the members that have not answered',
  response: z.object({}),
} as const satisfies Route
