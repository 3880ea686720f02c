import { Line } from '@tocsin/domain/people.ts'
import { z } from 'zod'
import { Bytes, type Route } from './route.ts'

/** How far the reading of a bundle is: records that were new, known already, and refused. */
export const BundleCount = z.object({
  kept: z.int(),
  known: z.int(),
  refused: z.int(),
  /** Why, of those that were refused; each reason once. */
  reasons: z.array(z.string()),
  /** Of those kept or known: proven to stand in their author's log. */
  proven: z.int(),
  /** Proofs and checkpoints that do not hold: what they claim of the log is not believed. */
  wrongProofs: z.int(),
})
export type BundleCount = Readonly<z.infer<typeof BundleCount>>

export const exportBundle = {
  method: 'GET',
  path: '/api/network/bundle',
  summary: 'Write what a member has not received yet as a sealed bundle, to carry by hand',
  query: z.object({ member: Line }),
  sends: ['application/octet-stream'],
  response: Bytes,
} as const satisfies Route

export const importBundle = {
  method: 'POST',
  path: '/api/network/bundle',
  summary: 'Read a sealed bundle; answers a line after each part of it and one at its end',
  consumes: 'stream',
  produces: 'application/jsonl',
  response: z.string(),
} as const satisfies Route
