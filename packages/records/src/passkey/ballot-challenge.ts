import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import type { Ballot } from '@tocsin/domain/ballot.ts'
import type { PersonId } from '@tocsin/domain/brand.ts'
import { canonicalJson, type Json } from '../canonical.ts'
import { type Assertion, checkAssertion } from './assertion.ts'
import type { OfficerKey } from './officer-key.ts'

/** So that no officer's signature for anything else can be shown as one for a ballot. */
const purpose = 'tocsin-ballot/v1\n'

/** What an officer's passkey is asked to sign: 32 bytes that stand for this ballot and no other. */
export const ballotChallenge = (ballot: Ballot): Uint8Array =>
  sha256(utf8ToBytes(purpose + canonicalJson(ballot as Json)))

/** The officers whose passkeys signed exactly this ballot, by the keys that were told for them. */
export async function signersOf(
  ballot: Ballot,
  assertions: readonly Assertion[],
  keys: readonly OfficerKey[],
): Promise<readonly PersonId[]> {
  const challenge = ballotChallenge(ballot)
  const signed = await Promise.all(
    assertions.map(async (assertion) => {
      const key = keys.find((one) => one.credential === assertion.credential)
      if (!key || (await checkAssertion(assertion, { challenge, key }))) return []
      return [{ officer: key.officer, credential: key.credential }]
    }),
  )
  // Two officers are two persons with two passkeys.
  const holders = new Map(signed.flat().map(({ officer, credential }) => [credential, officer]))
  return [...new Set(holders.values())].sort()
}
