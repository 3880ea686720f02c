import { type Collection, TAXII } from '@tocsin/api/taxii.ts'
import { type Actor, system } from '@tocsin/domain/actor.ts'
import { isInAudience, isMoreClosed, Marking } from '@tocsin/domain/audience.ts'
import { AudienceId } from '@tocsin/domain/network.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { App } from '../app.ts'

/** Who reads by TAXII: the node of a member, or a program that was given a token. */
export type Reader = {
  readonly actor: Extract<Actor, { kind: 'node' | 'person' }>
  /** The most closed marking that it is shown. */
  readonly ceiling: Marking
}

/** What is read at one place: everything, what is public, the alerts, or one audience. */
export type Shelf = 'everything' | 'public' | 'alerts' | AudienceId

const MEDIA_TYPE = 'application/stix+json;version=2.1'

const fixed = [
  { id: '6f0f2b4e-52ad-5c1e-9a31-6b3e5f0a7c01', alias: 'everything', title: 'Everything' },
  { id: '6f0f2b4e-52ad-5c1e-9a31-6b3e5f0a7c02', alias: 'public', title: 'Public' },
  { id: '6f0f2b4e-52ad-5c1e-9a31-6b3e5f0a7c03', alias: 'alerts', title: 'Alerts' },
] as const
const inbox = {
  id: '6f0f2b4e-52ad-5c1e-9a31-6b3e5f0a7c04',
  alias: 'inbox',
  title: 'Inbox',
} as const

export const isNode = ({ actor }: Reader): boolean => actor.kind === 'node'

export const markingsUpTo = (ceiling: Marking): readonly Marking[] =>
  Marking.options.filter((marking) => !isMoreClosed(marking, ceiling))

/** The collections that the reader may use; of audiences those alone that it is in. */
export async function listCollections(app: App, reader: Reader): Promise<readonly Collection[]> {
  const audiences = await listAudiences(app, reader)
  return [
    ...fixed.map((one) => described(one, 'read')),
    ...(isNode(reader) ? [described(inbox, 'write')] : []),
    ...audiences.map(({ id, name }) => described({ id, title: name }, 'read')),
  ]
}

const described = (
  one: { readonly id: string; readonly title: string; readonly alias?: string },
  use: 'read' | 'write',
): Collection => ({
  ...one,
  can_read: use === 'read',
  can_write: use === 'write',
  media_types: [MEDIA_TYPE],
})

/** Each audience in its newest version, as far as the reader is in it. */
async function listAudiences(app: App, { actor }: Reader) {
  // A node reads no table of audiences: it is told by the same rule which ones it is in.
  const rows = await app.db.as(actor.kind === 'node' ? system : actor, (tx) =>
    tx
      .selectFrom('audience')
      .distinctOn('id')
      .select(['id', 'name', 'organisation', 'audience', 'excluded'])
      .orderBy('id')
      .orderBy('version', 'desc')
      .execute(),
  )
  return rows.filter((row) => isInAudience(row, actor.organisation))
}

export async function findCollection(app: App, reader: Reader, name: string): Promise<Collection> {
  const all = await listCollections(app, reader)
  const found = all.find(({ id, alias }) => id === name || alias === name)
  if (!found) throw new Problem('collection.not-found')
  return found
}

/** Where a collection is read; its records decide themselves who is given them. */
export function shelfOf({ id, alias, can_read }: Collection): Shelf {
  if (!can_read) throw new Problem('permission.denied')
  const one = fixed.find((collection) => collection.alias === alias)
  return one ? one.alias : AudienceId.parse(id)
}

export const writesTo = ({ can_write }: Collection): void => {
  if (!can_write) throw new Problem('permission.denied')
}

export const contentTypes = { taxii: TAXII, stix: MEDIA_TYPE } as const
