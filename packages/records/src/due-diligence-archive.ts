import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { DueDiligence } from './due-diligence.ts'
import { type Checked, checkDueDiligence, type DueDiligenceFault } from './due-diligence-check.ts'
import { Signed } from './jws.ts'
import { type Manifest, readManifest } from './manifest.ts'
import { kidOf } from './statement.ts'

/** What can be wrong with an archive beyond the record in it; the place is the name of a file. */
type ArchiveFault = {
  readonly fault: 'archive-not-signed' | 'file-differs' | 'file-missing' | 'file-unlisted'
  readonly at: string
}

/** The record in an archive, and the signed list of what is in it. */
export const RECORD_NAME = 'due-diligence.json'
export const MANIFEST_NAME = 'manifest.json'

type Files = Readonly<Record<string, Uint8Array>>

/** Checks an archive: the record itself, and that every other file is the one that was signed for. */
export function checkArchive(files: Files): Checked<DueDiligenceFault | ArchiveFault> {
  const checked = checkDueDiligence(files[RECORD_NAME] ?? new Uint8Array())
  const { file, faults } = checked
  if (!file) return checked
  const manifest = readSigned(file, files[MANIFEST_NAME])
  const differences: readonly ArchiveFault[] = manifest
    ? differencesIn(files, manifest)
    : [{ fault: 'archive-not-signed', at: MANIFEST_NAME }]
  return { ...checked, faults: [...faults, ...differences] }
}

/** Signed with the key that sealed the record, so that one fingerprint vouches for both. */
function readSigned(file: DueDiligence, bytes: Uint8Array | undefined): Manifest | undefined {
  try {
    const statement = Signed.parse(JSON.parse(new TextDecoder().decode(bytes)))
    const key = sealingKey(file)
    return readManifest(statement, file.matter.id, (kid, organisation) =>
      kid === key?.kid && organisation === key.organisation ? key.publicKey : undefined,
    )
  } catch {
    return undefined
  }
}

/** The key that the seal of a record names. */
export function sealingKey({ keys, seal }: DueDiligence): DueDiligence['keys'][number] | undefined {
  const kid = kidOf(seal)
  return keys.find((key) => key.kid === kid)
}

function differencesIn(files: Files, manifest: Manifest): readonly ArchiveFault[] {
  const listed = new Map(manifest.files.map(({ name, sha256: hash }) => [name, hash]))
  const differing = [...listed].flatMap(([at, hash]): ArchiveFault[] => {
    const bytes = Object.hasOwn(files, at) ? files[at] : undefined
    if (!bytes) return [{ fault: 'file-missing', at }]
    return bytesToHex(sha256(bytes)) === hash ? [] : [{ fault: 'file-differs', at }]
  })
  const unlisted = Object.keys(files)
    .filter((name) => name !== MANIFEST_NAME && !listed.has(name))
    .map((at) => ({ fault: 'file-unlisted' as const, at }))
  return [...differing, ...unlisted]
}
