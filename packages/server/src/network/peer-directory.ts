import type { Instant } from '@tocsin/domain/brand.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import {
  checkFile,
  type Directory,
  followRoot,
  isAnnounced,
  type Repository,
  readDirectory,
  readRoot,
} from '@tocsin/records/trust/directory.ts'
import type { Metadata, Root, TufFault } from '@tocsin/records/trust/tuf.ts'
import type { TrustFileRole } from '../database/schema/trust.ts'
import { rootOf } from './repository.ts'
import { fetchFile } from './requests.ts'

/** What was fetched and believed; `files` are those that are new. */
export type Fetched = {
  readonly root: Root
  readonly directory: Directory
  readonly expiresAt: Instant
  readonly files: readonly {
    readonly role: TrustFileRole
    readonly version: number
    readonly content: string
  }[]
}

const MAX_BYTES = 256 * 1024
/** More roots than this in one go are nobody's rotation. */
const MAX_ROOTS = 32

/**
 * Fetches an organisation's directory as TUF asks: roots one after another, then what each file
 * announces, never older than what was known. Throws `directory.refused`, and then nothing counts.
 */
export async function fetchDirectory(
  base: string,
  known: Repository | undefined,
  now: Instant,
): Promise<Fetched> {
  const files: Fetched['files'][number][] = []
  const root = await fetchRoots(base, known, files)
  if (Date.parse(root.expires) <= Date.parse(now)) throw refused('expired')
  const check = async <R extends 'timestamp' | 'snapshot' | 'targets'>(role: R) => {
    const content = await fetchFile(`${base}/${role}.json`, MAX_BYTES)
    if (content === undefined) throw refused('not-readable')
    const { signed } = believed(checkFile(role, content, root, { now, known: known?.[role] }))
    if (content !== known?.[role]) files.push({ role, version: signed.version, content })
    return { signed, content }
  }
  const timestamp = await check('timestamp')
  const snapshot = await once('snapshot', timestamp.signed.meta['snapshot.json'])
  const targets = await once('targets', snapshot.signed.meta['targets.json'])
  const announced = targets.signed.targets['directory.json']
  const content =
    known?.directory !== undefined && isAnnounced(known.directory, announced)
      ? known.directory
      : await fetchFile(`${base}/targets/directory.json`, MAX_BYTES)
  if (content === undefined || !isAnnounced(content, announced)) throw refused('not-as-announced')
  const { directory } = believed(readDirectory(content, root))
  if (content !== known?.directory) {
    files.push({ role: 'directory', version: targets.signed.version, content })
  }
  const expiresAt = new Date(timestamp.signed.expires).toISOString() as Instant
  return { root, directory, expiresAt, files }

  /** The announced file: the one that is here already, as long as it counts, or the one over there. */
  async function once<R extends 'snapshot' | 'targets'>(
    role: R,
    wanted: Metadata<'timestamp'>['meta']['snapshot.json'],
  ): Promise<{ readonly signed: Metadata<R> }> {
    const here = known?.[role]
    if (here !== undefined && isAnnounced(here, wanted)) {
      const read = checkFile(role, here, root, { now, known: here })
      if ('signed' in read) return read
    }
    const found = await check(role)
    const isWanted = isAnnounced(found.content, wanted) && found.signed.version === wanted.version
    if (!isWanted) throw refused('not-as-announced')
    return found
  }
}

async function fetchRoots(
  base: string,
  known: Repository | undefined,
  files: Fetched['files'][number][],
): Promise<Root> {
  let root = known && rootOf(known)
  for (let turn = 0; turn < MAX_ROOTS; turn++) {
    const version = (root?.version ?? 0) + 1
    const content = await fetchFile(`${base}/${version}.root.json`, MAX_BYTES)
    if (content === undefined) break
    const read = believed(root ? followRoot(root, content) : readRoot(content))
    if (read.root.version !== version) throw refused('rolled-back')
    root = read.root
    files.push({ role: 'root', version, content })
  }
  if (!root) throw refused('not-readable')
  return root
}

const refused = (fault: TufFault) => new Problem('directory.refused', { fault })

function believed<T extends object>(read: T | { readonly fault: TufFault }): T {
  if ('fault' in read) throw refused(read.fault)
  return read
}
