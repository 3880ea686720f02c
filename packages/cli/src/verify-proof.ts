import { readFile } from 'node:fs/promises'
import { Problem } from '@tocsin/domain/problem.ts'
import { type Policy, readPolicy } from '@tocsin/records/log/policy.ts'
import { checkProof, proofType, readProof } from '@tocsin/records/log/proof-file.ts'
import { type Context, exits } from './context.ts'

/** Far above any proof with a hundred cosignatures. */
const LARGEST = 1_000_000

/** Whether these bytes are a proof of a log and no record. */
export const isLogProof = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.subarray(0, proofType.length)).toString() === proofType

/** Says what a proof proves by a policy, in whose log the record is and who had seen it by when. */
export async function verifyProof(
  { t, say }: Context,
  path: string,
  bytes: Uint8Array,
  policyPath: string | undefined,
): Promise<void> {
  if (policyPath === undefined) throw new Problem('verify.policy-needed', { file: path })
  const policy = await readPolicyFile(policyPath)
  const proof = bytes.length > LARGEST ? undefined : readProof(Buffer.from(bytes).toString('utf8'))
  if (!proof) throw new Problem('verify.not-a-proof', { file: path })
  const digest = Buffer.from(proof.digest).toString('hex')
  const checked = checkProof(proof, policy)
  if (checked.fault !== undefined) {
    say(t(`verify.proof-${checked.fault}`, { digest }), { holds: false, digest, ...checked })
    process.exitCode = exits.no
    return
  }
  const { origin, size } = checked.checkpoint
  const witnesses = [...checked.cosigned].map(([name, at]) => ({ name, at: instant(at) }))
  const lines = [
    t('verify.proof-holds', { digest, index: proof.index }),
    t('verify.proof-log', { origin, size }),
    ...witnesses.map(({ name, at }) => t('verify.proof-witness', { name, at })),
    ...(witnesses.length === 0 ? [t('verify.proof-nobody')] : []),
  ]
  say(lines.join('\n'), { holds: true, digest, index: proof.index, origin, size, witnesses })
}

/** The policy in a file; a Problem where it cannot be read to its end. */
export async function readPolicyFile(path: string): Promise<Policy> {
  const read = readPolicy(await readText(path))
  if ('line' in read)
    throw new Problem('verify.not-a-policy', { file: path, line: String(read.line) })
  return read
}

const instant = (seconds: number): string =>
  `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw new Problem('verify.no-file', { file: path }, { cause: error })
  }
}
