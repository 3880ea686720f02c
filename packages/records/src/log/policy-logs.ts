import { readVerifierKey } from './note.ts'

/**
 * A policy that names no other logs than these, by their own names; its witnesses stay as they are, because
 * how many of how many must have seen a record is part of what it asks. Lines that it cannot read stay.
 */
export function logsOnly(policy: string, names: readonly string[]): string {
  const kept = new Set(names)
  return policy
    .split('\n')
    .filter((line) => {
      const key = line.startsWith('log ') ? readVerifierKey(line.slice(4)) : undefined
      return !key || kept.has(key.name)
    })
    .join('\n')
}
