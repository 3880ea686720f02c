import type { Day } from '@tocsin/domain/brand.ts'
import type { Membership, MembershipTable, Suspension } from '@tocsin/domain/regional-body.ts'
import { belongedBy, ended, joined, suspended } from './membership-days.ts'
import { readRows } from './read.ts'

/** Present memberships were written down at that time; nothing later is held. */
export const membershipsAsOf = '2025-12-01'

const LAST_YEAR = '2010'
const asOf = membershipsAsOf as Day
const endOf2010 = `${LAST_YEAR}-12-31` as Day

/** Columns of the memberships by country and year, by the body; 1 or 2 means that a State belongs. */
const columns: Readonly<Record<string, string>> = {
  ASEAN: 'asean',
  AU: 'oau',
  ECOWAS: 'ecowas',
  LAS: 'arablg',
  OAS: 'oas',
  OIC: 'oic',
}
/** Codes of that file that are not those of ISO 3166. */
const otherCodes: Readonly<Record<string, string>> = { SIN: 'SGP', SWA: 'SWZ', ZAR: 'COD' }

/** Who belonged to which regional body when, and who was suspended; in one fixed order. */
export function makeMemberships(folder: string): MembershipTable {
  const present = readRows(folder, 'orgs/regional_org_memberships_handcompiled_2025.csv').map(
    ({ org = '', iso3 = '' }) => ({ body: org, state: iso3 }),
  )
  requireAllPresent(present)
  const first = daysBy(joined)
  const by = daysBy(belongedBy)
  const in2010 = membersIn2010(folder)
  const current = present.map(({ body, state }): Membership => {
    const key = `${body} ${state}`
    const fromDay = first.get(key) ?? null
    const known = fromDay ?? by.get(key)
    const isFrom2010 = known === undefined && in2010.has(key)
    return {
      body,
      state,
      fromDay,
      byDay: known ?? (isFrom2010 ? endOf2010 : asOf),
      untilDay: null,
      source: isFrom2010 ? 'memberships-2010' : 'compiled',
      verified: false,
    }
  })
  const past = ended.map(
    ([body, state, fromDay, byDay, untilDay]): Membership => ({
      body,
      state,
      fromDay: fromDay as Day | null,
      byDay: byDay as Day,
      untilDay: untilDay as Day,
      source: 'compiled',
      verified: false,
    }),
  )
  const suspensions = suspended.map(
    ([body, state, fromDay, untilDay, decidedBy]): Suspension => ({
      body,
      state,
      fromDay: fromDay as Day,
      untilDay: untilDay as Day | null,
      decidedBy,
      symbol: null,
      verified: false,
    }),
  )
  const order = ({ body, state, ...one }: Membership | Suspension) =>
    `${body} ${state} ${'byDay' in one ? one.byDay : one.fromDay}`
  const inOrder = <One extends Membership | Suspension>(all: readonly One[]) =>
    all.toSorted((a, b) => (order(a) < order(b) ? -1 : 1))
  return { memberships: inOrder([...past, ...current]), suspensions: inOrder(suspensions) }
}

function daysBy(table: typeof joined): ReadonlyMap<string, Day> {
  return new Map(
    table.flatMap(([body, day, states]) =>
      states.split(' ').map((state) => [`${body} ${state}`, day as Day] as const),
    ),
  )
}

/** A day of joining for a State that does not belong is a mistake in one of the two lists. */
function requireAllPresent(present: readonly { body: string; state: string }[]): void {
  const known = new Set(present.map(({ body, state }) => `${body} ${state}`))
  for (const key of [...daysBy(joined).keys(), ...daysBy(belongedBy).keys()]) {
    if (!known.has(key)) throw new Error(`${key} has a day of joining and is no member`)
  }
}

export function membersIn2010(folder: string): ReadonlySet<string> {
  const rows = readRows(folder, 'orgs/ulfelder_io_memberships_to2010.csv.gz')
  return new Set(
    rows
      .filter(({ year }) => year === LAST_YEAR)
      .flatMap((row) => {
        const code = row['wbcode'] ?? ''
        return Object.entries(columns)
          .filter(([, column]) => Number(row[column]) > 0)
          .map(([body]) => `${body} ${otherCodes[code] ?? code}`)
      }),
  )
}
