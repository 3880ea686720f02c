import { wordlist } from '@scure/bip39/wordlists/english.js'
import type { Sha256 } from '@tocsin/domain/brand.ts'

const WORDS = 8
const BITS = 11n

/**
 * The first 88 bits of a fingerprint as eight words of the BIP-39 list, which are the same in every
 * language and differ in their first four letters: read out, typed, compared.
 */
export function fingerprintWords(fingerprint: Sha256): readonly string[] {
  const bits = BigInt(`0x${fingerprint}`) >> (256n - BITS * BigInt(WORDS))
  return Array.from({ length: WORDS }, (_, place) => {
    const index = (bits >> (BITS * BigInt(WORDS - 1 - place))) & (2n ** BITS - 1n)
    return wordlist[Number(index)] ?? ''
  })
}

/** Whether somebody typed exactly these words; small and capital letters and spaces do not matter. */
export const areWordsOf = (typed: string, fingerprint: Sha256): boolean =>
  typed.trim().toLowerCase().split(/\s+/).join(' ') === fingerprintWords(fingerprint).join(' ')
