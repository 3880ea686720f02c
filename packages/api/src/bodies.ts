import { CountryCode, Day } from '@tocsin/domain/brand.ts'
import { Locale } from '@tocsin/domain/locale.ts'
import { Body, Membership, Names, Standing, Suspension } from '@tocsin/domain/regional-body.ts'
import { Source } from '@tocsin/domain/source.ts'
import { z } from 'zod'
import type { Route } from './route.ts'

/** A day to look at, today where none is said; and one language, for pages on slow links. */
const asked = z.object({ day: Day.optional(), locale: Locale.optional() })

/** A body as a line of the list: how many belong on the day, and how many of them are suspended. */
const BodyLine = Body.pick({ code: true, region: true, names: true, isFictional: true }).extend({
  members: z.int(),
  suspended: z.int(),
  /** States of which it is not held whether they belonged on that day. */
  unknown: z.int(),
  organs: z.int(),
  procedures: z.int(),
})
export type BodyLine = Readonly<z.infer<typeof BodyLine>>

export const listBodies = {
  method: 'GET',
  path: '/api/bodies',
  summary: 'List the regional bodies and the United Nations, with their members on a day',
  query: asked,
  response: z.object({ day: Day, source: Source, bodies: z.array(BodyLine) }),
} as const satisfies Route

/** A State beside a body: how it stands on the day, and all its memberships and suspensions. */
const Member = z.object({
  state: CountryCode,
  names: Names,
  standing: Standing,
  memberships: z.array(Membership),
  suspensions: z.array(Suspension),
})
export type Member = Readonly<z.infer<typeof Member>>

export const getBody = {
  method: 'GET',
  path: '/api/bodies/:body',
  summary: 'Read one body: organs, decision rules, procedures, and every State that ever belonged',
  params: z.object({ body: z.string().max(20) }),
  query: asked,
  response: z.object({ day: Day, source: Source, body: Body, members: z.array(Member) }),
} as const satisfies Route

const BodyName = Body.pick({ code: true, names: true })

/** A body with the procedures that are open: those about States that belong to it. */
const Door = z.object({
  body: Body.omit({ procedures: true }),
  isSuspended: z.boolean(),
  procedures: Body.shape.procedures,
})

export const listDoors = {
  method: 'GET',
  path: '/api/countries/:country/doors',
  summary: 'List the bodies that a matter in a State can be brought to on a day, and how',
  params: z.object({ country: CountryCode }),
  query: asked,
  response: z.object({
    day: Day,
    source: Source,
    state: z.object({ state: CountryCode, names: Names }),
    regional: z.array(Door),
    withoutProcedure: z.array(BodyName),
    unknown: z.array(BodyName),
    universal: z.array(Door),
  }),
} as const satisfies Route
