import type { Alteration } from '@tocsin/domain/transparency.ts'
import { hashLeaf, isSameHash, type Range } from '@tocsin/records/log/tree.ts'

export type Fault = {
  readonly kind: Alteration
  readonly index: number
  readonly evidence: Readonly<Record<string, unknown>>
}

/** What the log keeps of a range: its entries, and the hashes of its leaves as they are served. */
export type Kept = {
  readonly digests: readonly Uint8Array[]
  readonly hashes: readonly Uint8Array[]
}

type Part = {
  readonly range: Range
  readonly kept: Kept
  /** What the records say; every other place holds padding. */
  readonly listed: readonly { readonly index: number; readonly digest: string }[]
  readonly padding: (index: number) => string
}

const hex = (bytes: Uint8Array | undefined): string | null =>
  bytes ? Buffer.from(bytes).toString('hex') : null

/**
 * Where records, entries and hashes of one range differ. Of three copies of an entry two tell which was
 * changed: a record that is not listed although the log holds it was deleted, one that is listed where
 * the log holds padding was inserted, everything else was altered.
 */
export function faultsIn({ range, kept, listed, padding }: Part): readonly Fault[] {
  const records = new Map(listed.map(({ index, digest }) => [index, digest]))
  const faults: Fault[] = []
  for (let index = range.from; index < range.to; index += 1) {
    const at = index - range.from
    const record = records.get(index)
    const filling = padding(index)
    const entry = hex(kept.digests[at])
    const hash = kept.hashes[at]
    const expected = record ?? filling
    const isHashed = hash !== undefined && isSameHash(hash, hashLeaf(Buffer.from(expected, 'hex')))
    if (entry === expected && isHashed) continue
    const isLogged = kept.digests[at] && hash && isSameHash(hash, hashLeaf(kept.digests[at]))
    const kind = isLogged ? kindOf(record, entry, filling) : 'altered'
    faults.push({ kind, index, evidence: { listed: record ?? null, kept: entry, hash: hex(hash) } })
  }
  return faults
}

/** The log agrees with itself: it is the records that were changed. */
function kindOf(record: string | undefined, entry: string | null, filling: string): Alteration {
  if (record === undefined) return 'deleted'
  return entry === filling ? 'inserted' : 'altered'
}
