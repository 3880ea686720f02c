import { inspect } from 'node:util'
import { withdrawRecord } from '@tocsin/api/withdrawal.ts'
import { system } from '@tocsin/domain/actor.ts'
import type { OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { ObjectId, type WithdrawalClass } from '@tocsin/domain/withdrawal.ts'
import { Signed } from '@tocsin/records/jws.ts'
import type { RecordedObject } from '@tocsin/records/record.ts'
import { sql } from 'kysely'
import { receiveRecord } from '../src/network/receive.ts'
import { readRows } from './backup-places.ts'
import type { MemberNode } from './test-exchange.ts'
import { acquaint, acquaintApart } from './test-network.ts'
import { startTestNode } from './test-node.ts'

/** A word that stands nowhere but in what is shared. */
export const WORD = 'Quokkawarren'

export type LoggedNode = MemberNode & { readonly said: readonly string[] }

/** Nodes with people on them that know and trust each other, and what their logs say. */
export const startPeers = (count: number) => startLogged(count, acquaint)

/** The same, without a link between them. */
export const startPeersApart = (count: number) => startLogged(count, acquaintApart)

async function startLogged(count: number, meet: typeof acquaint): Promise<readonly LoggedNode[]> {
  const nodes = await Promise.all(
    Array.from({ length: count }, async () => {
      const said: string[] = []
      const say = (details: object, message: string) => {
        // An error has its words in what JSON leaves out.
        said.push(`${inspect(details, { depth: 8, maxStringLength: null })} ${message}`)
      }
      return { ...(await startTestNode({ log: { error: say, warn: say, info: say } })), said }
    }),
  )
  const own = await meet(...nodes)
  return nodes.map((node, index) => ({ ...node, own: own[index] as OrganisationId }))
}

/** Every record that still says something there, oldest first. */
export const allRecords = (node: MemberNode): Promise<readonly Signed[]> =>
  node.app.db.as(system, async (tx) => {
    const rows = await tx
      .selectFrom('network_record')
      .select('statement')
      .where('statement', 'is not', null)
      .where('organisation', '=', node.own)
      .orderBy('kept_at')
      .orderBy(sql`object_type <> 'audience'`)
      .orderBy('seq')
      .execute()
    return rows.map(({ statement }) => Signed.parse(statement))
  })

/** Carries everything that an author said to another node, audiences before what is in them. */
export async function carry(from: MemberNode, to: MemberNode): Promise<readonly string[]> {
  const records = await allRecords(from)
  const answers: string[] = []
  for (const record of [...records, ...records]) {
    answers.push(await receiveRecord(to.app, record, from.own))
  }
  return answers
}

export async function takeBack(
  node: MemberNode,
  { id }: Pick<RecordedObject, 'id'>,
  of: WithdrawalClass = 'source-risk',
) {
  const { call } = await node.as('focal-point')
  const reason = 'Known to be followed.'
  return call(withdrawRecord, { body: { object: ObjectId.parse(id), class: of, reason } })
}

/** The word as it stands in plain text and inside base64, wherever it begins in it. */
const formsOf = (word: string): readonly string[] => [
  word,
  ...[0, 1, 2].map((shift) => {
    const text = Buffer.from(`${'\0'.repeat(shift)}${word}`).toString('base64url')
    // The first and the last sign hold bits of what stands beside the word.
    return text.slice(shift === 0 ? 0 : shift + 1, -2)
  }),
]

/** Whether a word stands in a text, in whatever form. */
export const holdsWord = (text: string, word = WORD): boolean =>
  formsOf(word).some((form) => text.includes(form))

/** Everywhere that a word of what was shared is left: each table with such a row, and the log. */
export async function findWord(node: LoggedNode, word = WORD): Promise<readonly string[]> {
  const holds = (text: string) => holdsWord(text, word)
  const rows = await readRows(node.databaseUrl)
  const tables = Object.entries(rows).flatMap(([table, lines]) =>
    lines.some(holds) ? [table] : [],
  )
  return [...tables, ...(node.said.some(holds) ? ['log'] : [])]
}

/** What is left of an object there, and of its author's order. */
export const leftOf = (node: MemberNode, { id }: Pick<RecordedObject, 'id'>) =>
  node.app.db.as(system, async (tx) => ({
    shown: await tx.selectFrom('shared_object').select('id').where('id', '=', id).execute(),
    said: await tx
      .selectFrom('network_record')
      .select(['digest', 'seq', 'previous'])
      .where('object_id', '=', id)
      .where('statement', 'is not', null)
      .execute(),
    tombstones: await tx
      .selectFrom('tombstone')
      .selectAll()
      .where('object_id', '=', id as ObjectId)
      .execute(),
    gaps: await tx.selectFrom('missing_record').select(['from_seq', 'to_seq']).execute(),
  }))

export const digestsOf = (node: MemberNode, { id }: Pick<RecordedObject, 'id'>) =>
  node.app.db.as(system, async (tx): Promise<readonly Sha256[]> => {
    const rows = await tx
      .selectFrom('network_record')
      .select('digest')
      .where('object_id', '=', id)
      .execute()
    return rows.map(({ digest }) => digest)
  })
