import { type Actor, system } from '@tocsin/domain/actor.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import type { PostId } from '@tocsin/domain/people.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { requirePerson } from '../identity/step-up.ts'
import { listOfficesIn } from '../warnings/recipients.ts'

export type KnownOffice = { readonly post: PostId; readonly organisation: OrganisationId }

/**
 * As the system: an office that the actor's organisation may write to; undefined where none is named.
 * An office that it may not write to is none that it knows.
 */
export async function knownOffice(
  app: App,
  actor: Actor,
  post: PostId | null | undefined,
): Promise<KnownOffice | undefined> {
  if (!post) return undefined
  const { organisation } = requirePerson(actor)
  const offices = await app.db.as(system, (tx) =>
    listOfficesIn(tx, { organisation, at: app.clock() }),
  )
  const office = offices.find((one) => one.post === post)
  if (!office) throw new Problem('post.not-found')
  return { post, organisation: office.organisation }
}

/** Nothing on a matter goes to an office of an organisation that is kept out of it. */
export function requireAllowed(
  { organisation }: KnownOffice,
  excluded: readonly OrganisationId[],
): void {
  if (excluded.includes(organisation)) throw new Problem('action.office-excluded')
}

/** The offices of these posts by their names, for readers of what they answer for. As the system. */
export async function nameOfficesOf(
  tx: Tx,
  posts: readonly (PostId | null)[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(posts.flatMap((post) => post ?? []))]
  if (wanted.length === 0) return new Map()
  const rows = await tx
    .selectFrom('post')
    .innerJoin('organisation', 'organisation.id', 'post.organisation')
    .select(['post.id', 'post.title', 'organisation.name'])
    .where('post.id', 'in', wanted)
    .execute()
  return new Map(rows.map(({ id, title, name }) => [id, `${title}, ${name}`]))
}
