import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/*
 * BagIt 1.0 (RFC 8493): files with the sums by which anybody finds out whether they are whole, with
 * `sha256sum -c` if with nothing else. The reader takes only bags that are whole and hold nothing
 * besides.
 */

/** A file of a bag, or of its payload: where it stands, `/` between the parts, and what it holds. */
export type BagFile = { readonly path: string; readonly bytes: Uint8Array<ArrayBuffer> }

/** Why a bag is refused. */
export type BagFault =
  /** It lacks what makes a bag of it, or its lists cannot be read. */
  | 'not-a-bag'
  /** A name that leads elsewhere, or that we do not write. */
  | 'bad-path'
  | 'twice'
  | 'too-large'
  | 'too-many'
  | 'missing'
  | 'unlisted'
  | 'wrong-sum'

/** Stops the reading of a bag: the fault, and the file where it was found. */
export class BagRefused extends Error {
  readonly fault: BagFault
  readonly at: string

  constructor(fault: BagFault, at: string) {
    super(`${fault}: ${at}`)
    this.fault = fault
    this.at = at
  }
}

/** The most that one file holds, and as many files as one bag holds. */
export const bagLimit = { bytes: 16 * 1024 * 1024, files: 65_536 } as const

const declaration = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'
const [declared, manifest, info, tagManifest] = [
  'bagit.txt',
  'manifest-sha256.txt',
  'bag-info.txt',
  'tagmanifest-sha256.txt',
] as const
const tagFiles: ReadonlySet<string> = new Set([declared, manifest, info, tagManifest])

/** Small letters, so that no two names are one on any disk; no part begins with a dot. */
const pathForm = /^[a-z0-9][a-z0-9._-]{0,63}(\/[a-z0-9][a-z0-9._-]{0,63}){0,5}$/

/** Throws a BagRefused on a path that could stand for another. */
export function checkPath(path: string): void {
  if (!pathForm.test(path)) throw new BagRefused('bad-path', path.slice(0, 200))
}

const sumOf = (bytes: Uint8Array): string => bytesToHex(sha256(bytes))
const textFile = (path: string, text: string): BagFile => ({
  path,
  bytes: new Uint8Array(utf8ToBytes(text)),
})

/** The files of a bag around a payload, one after the other; says nothing of when or by whom. */
export async function* writeBag(payload: AsyncIterable<BagFile>): AsyncGenerator<BagFile> {
  const tags = [textFile(declared, declaration)]
  yield* tags
  const sums = new Map<string, string>()
  let octets = 0
  for await (const { path, bytes } of payload) {
    const file = { path: `data/${path}`, bytes }
    checkFile(file, sums)
    sums.set(file.path, sumOf(bytes))
    octets += bytes.length
    yield file
  }
  const lists = [
    textFile(manifest, listOf(sums)),
    textFile(info, `Payload-Oxum: ${octets}.${sums.size}\n`),
  ]
  yield* lists
  const tagSums = [...tags, ...lists].map(({ path, bytes }) => [path, sumOf(bytes)] as const)
  yield textFile(tagManifest, listOf(tagSums))
}

/** As `sha256sum` writes and reads it. */
const listOf = (sums: Iterable<readonly [string, string]>): string =>
  [...sums].map(([path, sum]) => `${sum}  ${path}\n`).join('')

function checkFile({ path, bytes }: BagFile, known: ReadonlyMap<string, unknown>): void {
  checkPath(path)
  if (known.has(path)) throw new BagRefused('twice', path)
  if (known.size >= bagLimit.files) throw new BagRefused('too-many', path)
  if (bytes.length > bagLimit.bytes) throw new BagRefused('too-large', path)
}

/** What a bag was found to hold: the sum of each file of its payload. */
export type CheckedBag = {
  readonly sums: ReadonlyMap<string, string>
  readonly octets: number
}

/** Reads a bag from end to end and keeps none of its payload; throws a BagRefused. */
export async function checkBag(files: AsyncIterable<BagFile>): Promise<CheckedBag> {
  const found = new Map<string, string>()
  const tags = new Map<string, string>()
  let octets = 0
  for await (const file of files) {
    checkFile(file, found)
    found.set(file.path, sumOf(file.bytes))
    if (isPayload(file.path)) octets += file.bytes.length
    else if (tagFiles.has(file.path)) tags.set(file.path, textOf(file))
    else throw new BagRefused('unlisted', file.path)
  }
  if (tags.get(declared) !== declaration) throw new BagRefused('not-a-bag', declared)
  const sums = readList(tags, manifest)
  compare(
    [...found].filter(([path]) => isPayload(path)),
    sums,
  )
  const listed = [...found].filter(([path]) => !isPayload(path) && path !== tagManifest)
  compare(listed, readList(tags, tagManifest))
  if (tags.get(info) !== `Payload-Oxum: ${octets}.${sums.size}\n`) {
    throw new BagRefused('not-a-bag', info)
  }
  return { sums, octets }
}

const isPayload = (path: string): boolean => path.startsWith('data/')

/** A list names all of its files and nothing else, with the sums that they have. */
function compare(
  found: readonly (readonly [string, string])[],
  list: ReadonlyMap<string, string>,
): void {
  for (const [path, sum] of found) {
    if (!list.has(path)) throw new BagRefused('unlisted', path)
    if (list.get(path) !== sum) throw new BagRefused('wrong-sum', path)
  }
  const paths = new Set(found.map(([path]) => path))
  for (const path of list.keys()) if (!paths.has(path)) throw new BagRefused('missing', path)
}

function textOf({ path, bytes }: BagFile): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new BagRefused('not-a-bag', path)
  }
}

function readList(tags: ReadonlyMap<string, string>, name: string): ReadonlyMap<string, string> {
  const text = tags.get(name)
  if (text === undefined) throw new BagRefused('missing', name)
  const sums = new Map<string, string>()
  for (const line of text.split('\n').slice(0, -1)) {
    const [, sum, path] = /^([0-9a-f]{64}) {2}(.{1,400})$/.exec(line) ?? []
    if (sum === undefined || path === undefined) throw new BagRefused('not-a-bag', name)
    checkPath(path)
    if (sums.has(path)) throw new BagRefused('twice', path)
    sums.set(path, sum)
  }
  if (!text.endsWith('\n') && text !== '') throw new BagRefused('not-a-bag', name)
  return sums
}

/**
 * The payload of a bag that was checked, read a second time: whoever changed it since then is found
 * out before the file that he changed is given on.
 */
export async function* readPayload(
  files: AsyncIterable<BagFile>,
  { sums }: CheckedBag,
): AsyncGenerator<BagFile> {
  for await (const { path, bytes } of files) {
    if (!isPayload(path)) continue
    if (sums.get(path) !== sumOf(bytes)) throw new BagRefused('wrong-sum', path)
    yield { path: path.slice('data/'.length), bytes }
  }
}
