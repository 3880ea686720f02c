import type { Day } from '@tocsin/domain/brand.ts'
import { bodies } from '@tocsin/domain/regional-bodies/catalogue.ts'
import {
  fiveRiversMemberships,
  fiveRiversSuspensions,
} from '@tocsin/domain/regional-bodies/five-rivers.ts'
import { belongs, MembershipTable, membershipsOn } from '@tocsin/domain/regional-body.ts'
import type { Source } from '@tocsin/domain/source.ts'
import { readShipped, shippedSource } from '../sources/shipped.ts'

const shipped = MembershipTable.parse(JSON.parse(readShipped('bodies.json')))

/** Who belonged to what and when, with the fictional region, whose States no real body has. */
export const membershipTable: MembershipTable = {
  memberships: [...shipped.memberships, ...fiveRiversMemberships],
  suspensions: [...shipped.suspensions, ...fiveRiversSuspensions],
}

/** Where the memberships come from, on which terms, and whether anybody checked them. */
export const membershipSource: Source = shippedSource('bodies.json')

const byState = Map.groupBy(membershipTable.memberships, ({ state }) => state)
const suspendedByState = Map.groupBy(membershipTable.suspensions, ({ state }) => state)
const order = new Map(bodies.map(({ code }, index) => [code, index]))

/** The bodies that a State belongs to on a day, by their codes, in the order of the catalogue. */
export function bodiesOf(state: string, day: Day): string[] {
  const held = {
    memberships: byState.get(state) ?? [],
    suspensions: suspendedByState.get(state) ?? [],
  }
  return membershipsOn(held, state, day)
    .filter(belongs)
    .map(({ body }) => body)
    .sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))
}
