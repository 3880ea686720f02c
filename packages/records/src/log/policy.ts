import { toBase64 } from '../base64.ts'
import { cosignedAt, openCheckpoint, type SignedCheckpoint } from './checkpoint.ts'
import { readVerifierKey, type VerifierKey } from './note.ts'

/*
 * C2SP tlog-policy: which logs count, and whose cosignatures are enough: "two of the African group and
 * any of the UN". Each organisation decides its own.
 */

type Group = { readonly atLeast: number; readonly members: readonly string[] }

export type Policy = {
  readonly logs: readonly VerifierKey[]
  readonly witnesses: ReadonlyMap<string, VerifierKey>
  readonly groups: ReadonlyMap<string, Group>
  /** The witness or group that must have cosigned; undefined where none is asked for. */
  readonly quorum: string | undefined
}

/** The first line that cannot be read, counted from 1. */
export type PolicyFault = { readonly line: number }

type Draft = {
  readonly logs: VerifierKey[]
  readonly witnesses: Map<string, VerifierKey>
  readonly groups: Map<string, Group>
  /** Who is a member already: nobody counts by two ways. */
  readonly placed: Set<string>
  readonly keys: Set<string>
  quorum: string | undefined
}

/** Reads a policy file; a policy that is partly understood is none. */
export function readPolicy(text: string): Policy | PolicyFault {
  const draft: Draft = {
    logs: [],
    witnesses: new Map(),
    groups: new Map(),
    placed: new Set(),
    keys: new Set(),
    quorum: undefined,
  }
  const lines = text.split('\n')
  for (const [at, line] of lines.entries()) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what no policy may hold
    const isText = !/[\u0000-\u0008\u000b-\u001f\u007f]/.test(line)
    const words = line.split(/[ \t]+/).filter((word) => word !== '')
    if (isText && (words.length === 0 || words[0]?.startsWith('#'))) continue
    if (!isText || !readLine(draft, words)) return { line: at + 1 }
  }
  if (draft.quorum === undefined) return { line: lines.length }
  const { logs, witnesses, groups, quorum } = draft
  return { logs, witnesses, groups, quorum: quorum === 'none' ? undefined : quorum }
}

function readLine(draft: Draft, [word, ...rest]: readonly string[]): boolean {
  switch (word) {
    case 'log':
      return readLog(draft, rest)
    case 'witness':
      return readWitness(draft, rest)
    case 'group':
      return readGroup(draft, rest)
    case 'quorum':
      return readQuorum(draft, rest)
    default:
      return false
  }
}

/** A key of that use that stands nowhere else in the file, under whatever name. */
function newKey(draft: Draft, line: string | undefined, use: VerifierKey['use']) {
  const key = readVerifierKey(line ?? '')
  const text = key && toBase64(key.publicKey)
  if (!key || key.use !== use || text === undefined || draft.keys.has(text)) return undefined
  draft.keys.add(text)
  return key
}

const isFree = ({ witnesses, groups }: Draft, name: string): boolean =>
  name !== '' && name !== 'none' && !witnesses.has(name) && !groups.has(name)

function readLog(draft: Draft, [line, , ...more]: readonly string[]): boolean {
  const key = newKey(draft, line, 'note')
  if (!key || more.length > 0) return false
  draft.logs.push(key)
  return true
}

function readWitness(draft: Draft, [name = '', line, , ...more]: readonly string[]): boolean {
  const key = newKey(draft, line, 'cosignature')
  if (!key || more.length > 0 || !isFree(draft, name)) return false
  draft.witnesses.set(name, key)
  return true
}

function readGroup(draft: Draft, [name = '', how = '', ...members]: readonly string[]): boolean {
  const { groups, placed } = draft
  if (!isFree(draft, name) || members.length === 0) return false
  for (const member of members) {
    if (isFree(draft, member) || member === 'none' || placed.has(member)) return false
    placed.add(member)
  }
  const words = { any: 1, all: members.length } as const
  const isWord = how === 'any' || how === 'all'
  if (!isWord && !/^[1-9]\d{0,3}$/.test(how)) return false
  const atLeast = isWord ? words[how] : Number(how)
  if (atLeast > members.length) return false
  groups.set(name, { atLeast, members })
  return true
}

function readQuorum(draft: Draft, [name = '', ...more]: readonly string[]): boolean {
  if (draft.quorum !== undefined || more.length > 0) return false
  if (name !== 'none' && isFree(draft, name)) return false
  draft.quorum = name
  return name !== ''
}

/** Who cosigned, and when: the name by which the policy knows the witness, and seconds since 1970. */
export type Cosigned = ReadonlyMap<string, number>

/** What a policy says to a checkpoint: whose it is, who has cosigned it, and whether that is enough. */
export type Judgement = {
  readonly checkpoint: SignedCheckpoint
  readonly cosigned: Cosigned
  readonly isEnough: boolean
}

/** Undefined where no log of the policy has signed it. */
export function judgeCheckpoint(policy: Policy, signed: string): Judgement | undefined {
  for (const log of policy.logs) {
    const checkpoint = openCheckpoint(signed, log)
    if (!checkpoint) continue
    const cosigned = new Map<string, number>()
    for (const [name, witness] of policy.witnesses) {
      const at = cosignedAt(checkpoint.note, witness)
      if (at !== undefined) cosigned.set(name, at)
    }
    return { checkpoint, cosigned, isEnough: isQuorum(policy, cosigned) }
  }
  return undefined
}

/** Whether these witnesses together are what the policy asks for. */
export function isQuorum(
  { groups, quorum }: Omit<Policy, 'logs' | 'witnesses'>,
  cosigned: { readonly has: (name: string) => boolean },
): boolean {
  const holds = (name: string): boolean => {
    const group = groups.get(name)
    if (!group) return cosigned.has(name)
    return group.members.filter(holds).length >= group.atLeast
  }
  return quorum === undefined || holds(quorum)
}
