import { Line } from '@tocsin/domain/people.ts'
import { z } from 'zod'
import type { Route } from './route.ts'

/** What was loaded, and links by which its first persons can be played. */
export const Demonstration = z.object({
  matters: z.int(),
  reports: z.int(),
  warnings: z.int(),
  links: z.array(z.object({ name: Line, link: z.url() })),
})
export type Demonstration = Readonly<z.infer<typeof Demonstration>>

export const loadDemonstration = {
  method: 'POST',
  path: '/api/demonstrations/five-rivers',
  summary: 'Load the fictional region of the Five Rivers, on a node whose docket is empty',
  response: Demonstration,
} as const satisfies Route
