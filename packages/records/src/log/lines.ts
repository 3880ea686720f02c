import { fromBase64 } from '../base64.ts'
import type { Hash } from './tree.ts'

/** A number as logs write it: decimal, without a sign and without leading zeroes. */
export function readCount(text: string | undefined): number | undefined {
  if (text === undefined || !/^(0|[1-9]\d{0,15})$/.test(text)) return undefined
  const count = Number(text)
  return Number.isSafeInteger(count) ? count : undefined
}

/** Hashes as they stand in lines, one in each; undefined where a line is none. */
export function readHashes(lines: readonly string[]): readonly Hash[] | undefined {
  const hashes = lines.flatMap((line) => fromBase64(line) ?? [])
  return hashes.length === lines.length && hashes.every(({ length }) => length === 32)
    ? hashes
    : undefined
}
