import { system } from '@tocsin/domain/actor.ts'
import type { Audience, Marking } from '@tocsin/domain/audience.ts'
import type { Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { AudienceId, AudienceVersion } from '@tocsin/domain/network.ts'
import { audienceObject } from '@tocsin/records/audience-object.ts'
import { Signed } from '@tocsin/records/jws.ts'
import type { RecordedObject } from '@tocsin/records/record.ts'
import { markingRef } from '@tocsin/records/stix/tlp.ts'
import { publishRecord } from '../src/network/publish.ts'
import { acquaint, acquaintApart } from './test-network.ts'
import { startTestNode, type TestNode } from './test-node.ts'

/** A node and the organisation that lives on it. */
export type MemberNode = TestNode & { readonly own: OrganisationId }

/** Nodes of several organisations that know and trust each other. */
export const startMembers = (count: number) => startAll(count, acquaint)

/** The same, without a link between them: records come only as the test hands them over. */
export const startMembersApart = (count: number) => startAll(count, acquaintApart)

async function startAll(count: number, meet: typeof acquaint): Promise<readonly MemberNode[]> {
  const nodes: TestNode[] = []
  for (let made = 0; made < count; made += 1) nodes.push(await startTestNode())
  const known = await meet(...nodes)
  return nodes.map((node, index) => ({ ...node, own: known[index] as OrganisationId }))
}

type Moved = Pick<MemberNode, 'app' | 'own'>

/** Lets one node look for another at an address. */
export const moveNode = (at: Moved, other: Moved, address: string) =>
  at.app.db.as(system, (tx) =>
    tx.updateTable('member').set({ address }).where('organisation', '=', other.own).execute(),
  )

type Made = Partial<Pick<Audience, 'excluded'>> & {
  readonly ceiling?: Marking
  readonly id?: AudienceId
}

/** An audience of these, made by the first of them and told to all of them. */
export async function makeAudience(
  [owner, ...others]: readonly MemberNode[],
  { excluded = [], ceiling = 'TLP:RED', id = newId<AudienceId>() }: Made = {},
): Promise<AudienceVersion> {
  if (!owner) throw new Error('nobody to own it')
  const at = owner.app.clock()
  const version: AudienceVersion = {
    id,
    version: 1,
    name: 'Rivers',
    organisation: owner.own,
    audience: others.map(({ own }) => own),
    excluded,
    ceiling,
    reshare: 'never',
    effectiveAt: at,
    expiresAt: null,
  }
  await owner.app.db.as(system, async (tx) => {
    await tx
      .insertInto('audience')
      .values({
        id: version.id,
        version: 1,
        organisation: owner.own,
        name: version.name,
        audience: version.audience,
        excluded,
        ceiling,
        reshare: 'never',
        effective_at: at,
        expires_at: null,
        made_at: at,
        // Nothing was shared with it before.
        applied_at: at,
      })
      .execute()
    const told = { created: at, modified: at, marking: markingRef(ceiling) }
    const object = audienceObject(version, told)
    await publishRecord(owner.app, tx, { organisation: owner.own, audience: version.id, object })
  })
  return version
}

/** A note as STIX knows it. */
export function note(
  content: string,
  {
    marking = 'TLP:GREEN',
    id = `note--${crypto.randomUUID()}`,
    type = 'note',
  }: {
    readonly marking?: Marking
    readonly id?: string
    readonly type?: string
  } = {},
): RecordedObject {
  const at = '2026-01-01T00:00:00.000Z' as Instant
  return {
    type,
    spec_version: '2.1',
    id,
    created: at,
    modified: at,
    object_marking_refs: [markingRef(marking)],
    content,
    object_refs: [],
  }
}

export const publish = (node: MemberNode, audience: AudienceId, object: RecordedObject) =>
  node.app.db.as(system, (tx) =>
    publishRecord(node.app, tx, { organisation: node.own, audience, object }),
  )

/** The record of that name, as the node keeps it. */
export const recordOf = (node: MemberNode, digest: Sha256): Promise<Signed> =>
  node.app.db.as(system, async (tx) => {
    const row = await tx
      .selectFrom('network_record')
      .select('statement')
      .where('digest', '=', digest)
      .executeTakeFirstOrThrow()
    return Signed.parse(row.statement)
  })

/** All that an author told an audience, in order. */
export const recordsOf = (
  node: MemberNode,
  author: OrganisationId,
  audience: AudienceId,
): Promise<readonly Signed[]> =>
  node.app.db.as(system, async (tx) => {
    const rows = await tx
      .selectFrom('network_record')
      .select('statement')
      .where('organisation', '=', author)
      .where('audience_id', '=', audience)
      .orderBy('seq')
      .execute()
    return rows.map(({ statement }) => Signed.parse(statement))
  })

/** What people of that node can read of an audience, as its texts in the order of their ids. */
export const contentsAt = (node: MemberNode, audience: AudienceId): Promise<readonly string[]> =>
  node.app.db.as(system, async (tx) => {
    const rows = await tx
      .selectFrom('shared_object')
      .select('object')
      .where('audience_id', '=', audience)
      .where('type', '<>', 'audience')
      .orderBy('id')
      .execute()
    return rows.map(({ object }) => String((object as { content?: unknown }).content)).sort()
  })

/**
 * Waits for what nodes do by themselves, each in its rounds, while time goes on for all of them
 * alike: what failed once is tried again later.
 */
export async function eventually(
  nodes: readonly MemberNode[],
  holds: () => Promise<boolean>,
): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (await holds()) return
    await new Promise((resolve) => setTimeout(resolve, 200))
    for (const node of nodes) node.advance(3_000)
  }
  throw new Error('it did not come to that')
}
