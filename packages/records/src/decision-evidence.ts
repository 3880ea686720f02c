import type { OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import type { GivenPosition } from '@tocsin/domain/position.ts'
import { readRecords } from './decision-check.ts'
import type { DecisionFile } from './decision-file.ts'
import { type Policy, type PolicyFault, readPolicy } from './log/policy.ts'
import { readProof } from './log/proof-file.ts'
import { firstSeen, type Seen } from './log/proven-time.ts'
import { readRoom } from './room-evidence.ts'
import type { Question } from './stix/question.ts'

/** One record that a decision rests on, and by when which witnesses had seen it; null where none proves it. */
export type EvidenceLine = {
  readonly type: string
  readonly digest: Sha256
  readonly author: OrganisationId
  /** Whose position it is, where it is one. */
  readonly member: OrganisationId | null
  readonly seen: Seen | null
}

export type DecisionEvidence = {
  /** The records in the order in which they were seen; last those that nobody is known to have seen. */
  readonly lines: readonly EvidenceLine[]
  readonly positions: readonly GivenPosition[]
  /** How many witnesses must have seen a record, of how many; null where the policy asks in another way. */
  readonly quorum: { readonly atLeast: number; readonly of: number } | null
  /** What was put, in the reading that was decided; undefined where the file does not hold it. */
  readonly question: Question | undefined
}

/** What a decision rests on, read from its file by the policy inside; holds only what a key in it signed. */
export async function readEvidence(file: DecisionFile): Promise<DecisionEvidence> {
  const policy = readPolicy(file.policy)
  const proofs = file.proofs.flatMap((text) => readProof(text) ?? [])
  const seenBy: ReadonlyMap<Sha256, Seen> = 'line' in policy ? new Map() : firstSeen(proofs, policy)
  const records = readRecords(file, [])
  const times = new Map([...seenBy].map(([digest, { at }]) => [digest, at]))
  const { positions, questions, decisions } = await readRoom(records, times)
  const memberOf = new Map(positions.map(({ digest, position }) => [digest, position.member]))
  const lines = records.map(({ digest, header, object }) => ({
    ...{ type: object.type, digest, author: header.org },
    member: memberOf.get(digest) ?? null,
    seen: seenBy.get(digest) ?? null,
  }))
  const asked = decisions[0]?.said.question
  return {
    lines: lines.toSorted((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1)),
    positions,
    quorum: quorumOf(policy),
    question: questions.find(({ digest }) => digest === asked)?.said,
  }
}

function quorumOf(policy: Policy | PolicyFault): DecisionEvidence['quorum'] {
  const group = 'line' in policy ? undefined : policy.groups.get(policy.quorum ?? '')
  return group ? { atLeast: group.atLeast, of: group.members.length } : null
}

const orderOf = ({ seen, digest }: EvidenceLine): string => `${seen?.at ?? '~'} ${digest}`
