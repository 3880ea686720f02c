import * as approvals from '@tocsin/api/approvals.ts'
import * as shared from '@tocsin/api/shared.ts'
import type { SharingForm } from '@tocsin/api/sharing.ts'
import { system } from '@tocsin/domain/actor.ts'
import type { CountryCode, OrganisationId } from '@tocsin/domain/brand.ts'
import { plainTerms } from '@tocsin/domain/sharing.ts'
import { Signed } from '@tocsin/records/jws.ts'
import { applyAudiences } from '../src/network/apply-audiences.ts'
import { receiveRecord } from '../src/network/receive.ts'
import { type Authority, addAuthority, comeBack } from './test-docket.ts'
import { type MemberNode, startMembers, startMembersApart } from './test-exchange.ts'
import { invite, stepUp, type TestPerson } from './test-people.ts'

export type Sharer = MemberNode & { readonly focal: TestPerson }

/** The fictional States of the members, in their order. */
const states = ['ARD', 'BLM', 'CRV', 'DLS'] as CountryCode[]

/** Members of different States, each with a focal point, that know and trust each other. */
export async function startSharers(count: number): Promise<readonly Sharer[]> {
  return joinStates(await startMembers(count))
}

/** The same, without a link between them: records go only as the test carries them. */
export async function startSharersApart(count: number): Promise<readonly Sharer[]> {
  return joinStates(await startMembersApart(count))
}

/** Makes each member one of a fictional State, in their order; the one after them is of none. */
export async function joinStates<Node extends MemberNode>(
  nodes: readonly Node[],
): Promise<readonly (Node & Sharer)[]> {
  for (const node of nodes) {
    await node.app.db.as(system, async (tx) => {
      for (const [index, { own }] of nodes.entries()) {
        const country = states[index] ?? null
        await tx.updateTable('organisation').set({ country }).where('id', '=', own).execute()
      }
    })
  }
  return Promise.all(nodes.map(async (node) => ({ ...node, focal: await node.as('focal-point') })))
}

/** Hands over all that waits to leave, in its order, and answers what came of each record. */
export async function carry(from: Sharer, ...to: readonly Sharer[]): Promise<string[]> {
  const outcomes: string[] = []
  for (const other of to) {
    const rows = await from.app.db.as(system, (tx) =>
      tx
        .deleteFrom('record_queue')
        .using('network_record')
        .whereRef('network_record.digest', '=', 'record_queue.digest')
        .where('member', '=', other.own)
        .returning(['record_queue.id', 'urgency', 'statement'])
        .execute(),
    )
    rows.sort((a, b) => a.urgency - b.urgency || a.id - b.id)
    for (const { statement } of rows) {
      outcomes.push(await receiveRecord(other.app, Signed.parse(statement), from.own))
    }
  }
  return outcomes
}

/** What stands in the list of somebody: the title of each thing by its type. */
export async function listedBy({ call }: TestPerson) {
  const query = { exercise: false, limit: 200, offset: 0 }
  const { total, shared: list } = await call(shared.listShared, { query })
  return { total, list, types: list.map(({ type }) => type).sort() }
}

export const formFor = (
  members: readonly OrganisationId[],
  terms: Partial<SharingForm['terms']> = {},
): SharingForm => ({
  purpose: 'readers',
  terms: {
    ...plainTerms,
    groups: [],
    excluded: [],
    delegates: [],
    members: [...members],
    ...terms,
  },
  redacted: [],
  asksWhoRead: false,
})

/** A second focal point of the node's organisation. */
export const secondOf = async (node: Sharer): Promise<TestPerson> => {
  const administrator = await node.as('administrator')
  const { own: organisation } = node
  return invite(node.url, administrator, { name: 'Second', organisation, roles: ['focal-point'] })
}

/** Approves whatever waits for this person; answers how many acts were done. */
export async function approveAll(person: TestPerson): Promise<number> {
  const waiting = (await person.call(approvals.listApprovals, {})).filter((one) => one.waitsForMe)
  for (const { id, sha256 } of waiting) {
    await stepUp(person)
    await person.call(approvals.approve, { params: { approval: id }, body: { sha256 } })
  }
  return waiting.length
}

/** Lets time pass on all nodes, and what is due with it take effect. */
export async function pass(nodes: readonly Sharer[], ms: number): Promise<void> {
  for (const node of nodes) node.advance(ms)
  for (const { app, focal } of nodes) {
    await applyAudiences(app)
    // Long after, a session has ended: whoever comes back signs in again.
    await comeBack(focal)
  }
}

/** An authority of the first member's own State, so that its focal point may write to it. */
export async function addOwnAuthority(node: Sharer, name: string): Promise<Authority> {
  const authority = await addAuthority(node, name)
  const [country = null] = states
  await node.app.db.as(system, (tx) =>
    tx
      .updateTable('organisation')
      .set({ country })
      .where('id', '=', authority.organisation)
      .execute(),
  )
  return authority
}

/** Everything that the node holds of what others told it, as one text. */
export const dumpOf = (node: Sharer): Promise<string> =>
  node.app.db.as(system, async (tx) => {
    const records = await tx.selectFrom('network_record').selectAll().execute()
    const objects = await tx.selectFrom('shared_object').selectAll().execute()
    const audiences = await tx.selectFrom('audience').selectAll().execute()
    const texts = records.map(({ statement, ...row }) => {
      const { protected: head = '', payload = '' } = (statement ?? {}) as Partial<Signed>
      const read = [head, payload].map((part) => Buffer.from(part, 'base64url').toString())
      return [row, read]
    })
    return JSON.stringify([texts, objects, audiences])
  })
