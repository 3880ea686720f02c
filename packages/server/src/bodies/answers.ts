import type * as api from '@tocsin/api/bodies.ts'
import type { BodyLine, Member } from '@tocsin/api/bodies.ts'
import type { Output } from '@tocsin/api/route.ts'
import { CountryCode, type Day } from '@tocsin/domain/brand.ts'
import type { Locale } from '@tocsin/domain/locale.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { bodies, findBody } from '@tocsin/domain/regional-bodies/catalogue.ts'
import { fiveRiversStates } from '@tocsin/domain/regional-bodies/five-rivers.ts'
import {
  type Body,
  type Citation,
  type Door,
  doorsFor,
  type Names,
  type Procedure,
  standingOn,
} from '@tocsin/domain/regional-body.ts'
import { findCountry } from '../countries/queries.ts'
import { membershipTable, membershipSource as source } from './queries.ts'

type Asked = { readonly day: Day; readonly locale: Locale | undefined }

/** Each body with how many belong on the day. */
export function bodyLines({ day, locale }: Asked): Output<typeof api.listBodies> {
  const lines = bodies.map((body): BodyLine => {
    const standings = membersOf(body, { day, locale }).map(({ standing }) => standing)
    const count = (...wanted: readonly string[]) =>
      standings.filter((standing) => wanted.includes(standing)).length
    const { code, region, isFictional, organs, procedures } = body
    return {
      code,
      region,
      isFictional,
      names: namesIn(body.names, locale),
      members: count('member', 'suspended'),
      suspended: count('suspended'),
      unknown: count('unknown'),
      organs: organs.length,
      procedures: procedures.length,
    }
  })
  return { day, source, bodies: lines }
}

/** One body with every State that ever belonged to it, in the order of their codes. */
export function openBody(code: string, { day, locale }: Asked): Output<typeof api.getBody> {
  const body = findBody(code)
  if (!body) throw new Problem('body.not-found', { body: code })
  return { day, source, body: bodyIn(body, locale), members: membersOf(body, { day, locale }) }
}

/** The doors that are open on the day for a matter in the State. */
export function openDoors(state: string, { day, locale }: Asked): Output<typeof api.listDoors> {
  const names = namesOf(state)
  if (!names) throw new Problem('country.not-found', { country: state })
  const doors = doorsFor({ ...membershipTable, bodies }, state, day)
  const named = (some: readonly Body[]) =>
    some.map(({ code, names: all }) => ({ code, names: namesIn(all, locale) }))
  const open = (some: readonly Door[]) =>
    some.map(({ body, isSuspended, procedures }) => ({
      body: bodyIn(body, locale),
      isSuspended,
      procedures: procedures.map((procedure) => procedureIn(procedure, locale)),
    }))
  return {
    day,
    source,
    state: { state: CountryCode.parse(state), names: namesIn(names, locale) },
    regional: open(doors.regional),
    withoutProcedure: named(doors.withoutProcedure),
    unknown: named(doors.unknown),
    universal: open(doors.universal),
  }
}

const namesOf = (state: string): Names | undefined =>
  findCountry(state)?.names ?? fiveRiversStates[state]

function membersOf({ code }: Body, { day, locale }: Asked): Member[] {
  const isOf = ({ body }: { readonly body: string }) => body === code
  const memberships = Map.groupBy(membershipTable.memberships.filter(isOf), ({ state }) => state)
  const suspensions = membershipTable.suspensions.filter(isOf)
  return [...memberships].map(([state, spells]) => {
    const held = {
      memberships: spells,
      suspensions: suspensions.filter((one) => one.state === state),
    }
    return {
      state: CountryCode.parse(state),
      names: namesIn(namesOf(state) ?? {}, locale),
      standing: standingOn(held, day),
      ...held,
    }
  })
}

/* Names in one language, where one is asked for: a page on a slow link carries no others. */

const namesIn = (names: Names, locale: Locale | undefined): Names =>
  locale ? { [locale]: names[locale] } : names

const citationIn = (citation: Citation, locale: Locale | undefined): Citation => ({
  ...citation,
  instrument: namesIn(citation.instrument, locale),
})

const procedureIn = (procedure: Procedure, locale: Locale | undefined): Procedure => ({
  ...procedure,
  basis: procedure.basis.map((citation) => citationIn(citation, locale)),
})

function bodyIn(body: Body, locale: Locale | undefined): Body {
  const { effect, basis } = body.suspension
  return {
    ...body,
    names: namesIn(body.names, locale),
    founding: citationIn(body.founding, locale),
    suspension: { effect, basis: basis && citationIn(basis, locale) },
    organs: body.organs.map((organ) => ({
      ...organ,
      names: namesIn(organ.names, locale),
      basis: citationIn(organ.basis, locale),
    })),
    procedures: body.procedures.map((procedure) => procedureIn(procedure, locale)),
  }
}
