import { CountryCode, Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { Level } from '@tocsin/domain/level.ts'
import { Entry, Matter, MatterId } from '@tocsin/domain/matter.ts'
import { AfterAction, Consultation } from '@tocsin/domain/matter-acts.ts'
import { Line, OrganisationKind } from '@tocsin/domain/people.ts'
import { ClockKind } from '@tocsin/domain/service-clock.ts'
import { Paragraphs } from '@tocsin/domain/text.ts'
import { z } from 'zod'
import type { Route } from './route.ts'

/** A matter in the list of all that somebody may see. */
export const MatterLine = Matter.pick({
  id: true,
  organisation: true,
  year: true,
  number: true,
  title: true,
  country: true,
  place: true,
  level: true,
  marking: true,
  isExercise: true,
  stations: true,
  openedAt: true,
  closedAt: true,
}).extend({
  /** The organisation that is seized of it. */
  owner: Line,
  /** When the first of its running clocks runs out, and which. */
  dueAt: Instant.nullable(),
  dueKind: ClockKind.nullable(),
})
export type MatterLine = Readonly<z.infer<typeof MatterLine>>

export const listMatters = {
  method: 'GET',
  path: '/api/matters',
  summary: 'List the matters one may see, open and closed, the latest opened first',
  query: z.object({
    state: z.enum(['open', 'closed', 'all']).default('open'),
    level: z.coerce.number().pipe(Level).optional(),
    /** Found in title, place or summary, or the symbol itself. */
    text: z
      .string()
      .trim()
      .max(200)
      .regex(/^[^\p{Cc}\p{Cs}]*$/u)
      .optional(),
    exercise: z.stringbool().default(false),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    /** The number of matters to pass over. */
    offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  }),
  response: z.object({ asOf: Instant, total: z.int(), matters: z.array(MatterLine) }),
} as const satisfies Route

/** An organisation that a matter can be shared with or kept from. */
export const Reader = z.object({
  id: OrganisationId,
  name: Line,
  kind: OrganisationKind,
  country: CountryCode.nullable(),
  /** Its node is another one: what it reads leaves this node. */
  isElsewhere: z.boolean(),
})
export type Reader = Readonly<z.infer<typeof Reader>>

export const listReaders = {
  method: 'GET',
  path: '/api/docket/organisations',
  summary: 'List the organisations that a matter can be shared with or kept from',
  response: z.array(Reader),
} as const satisfies Route

const one = z.object({ matter: MatterId })

export const listEntries = {
  method: 'GET',
  path: '/api/matters/:matter/entries',
  summary: "Read a part of a matter's record: the entries before one, the last of them last",
  params: one,
  query: z.object({
    before: z.coerce.number().int().min(1).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  response: z.array(Entry),
} as const satisfies Route

export const recordConsultation = {
  method: 'POST',
  path: '/api/matters/:matter/consultations',
  summary: 'Put on record that others were consulted, and who',
  params: one,
  body: Consultation,
  response: z.object({}),
} as const satisfies Route

export const recordAfterAction = {
  method: 'POST',
  path: '/api/matters/:matter/after-actions',
  summary: 'Put on record what is learnt from a warning that was sent; also on a closed matter',
  params: one,
  body: AfterAction,
  response: z.object({}),
} as const satisfies Route

export const correctEntry = {
  method: 'POST',
  path: '/api/matters/:matter/entries/:seq/corrections',
  summary: "Put another text beside an entry of one's own; both stay to be read",
  params: one.extend({ seq: z.coerce.number().int().min(1) }),
  body: z.object({ text: Paragraphs }),
  response: z.object({}),
} as const satisfies Route
