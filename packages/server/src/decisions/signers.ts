import { system } from '@tocsin/domain/actor.ts'
import type { PersonId } from '@tocsin/domain/brand.ts'
import type { Recording } from '@tocsin/domain/deciding.ts'
import type { Decision } from '@tocsin/records/stix/decision.ts'
import type { App } from '../app.ts'

type Signing = { readonly first: PersonId; readonly second: PersonId }

/** Chair and secretary by their names, where whoever recorded the decision chose that they stand in it. */
export async function namedSigners(
  app: App,
  { signsAs }: Recording,
  { first, second }: Signing,
): Promise<Pick<Decision, 'signedBy'>> {
  if (signsAs === undefined) return {}
  const rows = await app.db.as(system, (tx) =>
    tx.selectFrom('person').select(['id', 'name']).where('id', 'in', [first, second]).execute(),
  )
  const nameOf = (person: PersonId) => rows.find(({ id }) => id === person)?.name ?? person
  const [chair, secretary] = signsAs === 'chair' ? [first, second] : [second, first]
  return { signedBy: { chair: nameOf(chair), secretary: nameOf(secretary) } }
}
