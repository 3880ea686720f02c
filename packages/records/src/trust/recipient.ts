import { bech32 } from '@scure/base'
import { identityToRecipient } from 'age-encryption'

/** The age key pair (hybrid of X25519 and ML-KEM-768) that 32 secret bytes make. */
export async function agePair(
  seed: Uint8Array,
): Promise<{ readonly identity: string; readonly recipient: string }> {
  const identity = bech32.encodeFromBytes('AGE-SECRET-KEY-PQ-', seed).toUpperCase()
  return { identity, recipient: await identityToRecipient(identity) }
}
