import { system } from '@tocsin/domain/actor.ts'
import type { OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { publicKeyOf } from '@tocsin/records/jws.ts'
import type { App } from '../src/app.ts'
import { signingKey } from '../src/docket/record.ts'
import type { TestNode } from './test-node.ts'

/** Any root will do where nobody fetches a directory. */
export const someRoot = 'a'.repeat(64) as Sha256

export const keyOf = (app: App, organisation: OrganisationId) =>
  app.db.as(system, (tx) => signingKey(app, tx, organisation, app.clock()))

type Known = { readonly organisation: OrganisationId; readonly name: string }

/** Puts the first organisation of a node into another's trust store, as if two officers had. */
export async function pin(
  where: TestNode,
  other: TestNode,
  { organisation, name }: Known,
): Promise<void> {
  const { kid, seed } = await keyOf(other.app, organisation)
  const at = where.app.clock()
  await where.app.db.as(system, async (tx) => {
    await tx
      .insertInto('organisation')
      .values({ id: organisation, name, kind: 'focal-point', country: null, made_at: at })
      .execute()
    const member = { organisation, address: other.url, root: someRoot, state: 'pinned' as const }
    await tx
      .insertInto('member')
      .values({ ...member, made_at: at })
      .execute()
    const key = { id: kid, organisation, public_key: publicKeyOf(seed), made_at: at }
    await tx.insertInto('member_key').values(key).execute()
  })
}

/** Makes every node a pinned member of every other; answers the first organisation of each. */
export async function acquaint(...nodes: readonly TestNode[]): Promise<readonly OrganisationId[]> {
  const known = await Promise.all(
    nodes.map(async (node, index) => {
      const { organisation } = await node.as('administrator')
      return { organisation, name: `Ministry of River ${index + 1}` }
    }),
  )
  for (const [here, where] of nodes.entries()) {
    for (const [there, other] of nodes.entries()) {
      const one = known[there]
      if (here !== there && one) await pin(where, other, one)
    }
  }
  return known.map(({ organisation }) => organisation)
}
