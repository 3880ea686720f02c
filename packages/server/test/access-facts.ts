import { type Actor, Role } from '@tocsin/domain/actor.ts'
import type { OrganisationId, PersonId } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import fc from 'fast-check'

/*
 * Who asks, and what the rows of any table are drawn from: few organisations and persons, so that
 * own and foreign meet often.
 */

const organisations = [1, 2, 3].map(() => newId<OrganisationId>())
const persons = [1, 2, 3, 4, 5].map(() => newId<PersonId>())

const vintages = [true, false].map((redistributable) => ({ id: newId(), redistributable }))

const [one, two, three] = organisations as [OrganisationId, OrganisationId, OrganisationId]
/** Matters of each organisation: shared with one, shared with two of which one is excluded, own. */
const matters = [
  { organisation: one, audience: [two], excluded: [] },
  { organisation: two, audience: [one, three], excluded: [three] },
  { organisation: three, audience: [], excluded: [] },
].map((audience) => ({ id: newId(), ...audience }))

const organisation = fc.constantFrom(...organisations)
const person = fc.constantFrom(...persons)
const roles = fc.subarray([...Role.options])

/** What a row of any table is drawn from. */
export const factsArbitrary = fc.record({
  organisation,
  scope: fc.option(organisation),
  person,
  roles,
  role: fc.constantFrom(...Role.options),
  others: roles,
  link: fc.constantFrom('set-up', 'invite', 'recover'),
  vintage: fc.constantFrom(...vintages),
  matter: fc.constantFrom(...matters),
  isDraft: fc.boolean(),
  author: fc.constantFrom('visitor', 'person', 'operator', 'system'),
})
export type Facts = typeof factsArbitrary extends fc.Arbitrary<infer T> ? T : never

export const actorArbitrary: fc.Arbitrary<Actor> = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom<Actor>({ kind: 'visitor' }, { kind: 'operator' }) },
  { weight: 1, arbitrary: fc.constant<Actor>({ kind: 'system' }) },
  { weight: 2, arbitrary: organisation.map((of): Actor => ({ kind: 'node', organisation: of })) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('person'),
      person,
      organisation,
      roles,
      session: fc.constant(newId()),
      credential: fc.constant('key'),
      steppedUpUntil: fc.constant(null),
    }) as fc.Arbitrary<Actor>,
  },
)

export type Rule = (actor: Actor, facts: Facts) => boolean

export type TableRule = {
  readonly table: string
  readonly key: string
  readonly row: (facts: Facts) => Readonly<Record<string, unknown>>
  /** A column that may be written with its own value, to see which rows an update reaches. */
  readonly touch: string
  readonly read: Rule
  readonly insert?: Rule
  readonly update?: Rule
  readonly remove?: Rule
}
