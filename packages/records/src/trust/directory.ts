import { CountryCode, type Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { Line, OrganisationKind } from '@tocsin/domain/people.ts'
import { z } from 'zod'
import { canonicalJson, type Json } from '../canonical.ts'
import {
  describe,
  isVouchedFor,
  type Metadata,
  type Root,
  readFile,
  type TufFault,
  type TufRole,
} from './tuf.ts'

/** What an organisation says of itself: where its node answers and which keys it uses now. */
export const Directory = z
  .strictObject({
    organisation: OrganisationId,
    name: Line,
    kind: OrganisationKind,
    country: CountryCode.nullable(),
    address: z.url().max(300),
    /** Keys that sign records and requests; what is not here verifies nothing new. */
    keys: z
      .array(z.strictObject({ id: z.string().max(100), publicKey: z.base64url().length(43) }))
      .min(1)
      .max(10),
    /** Age recipients, hybrid; the newest first. */
    recipients: z
      .array(z.string().regex(/^age1pq1[02-9ac-hj-np-z]{1952}$/))
      .min(1)
      .max(4),
    /** Verifier keys of its log and of its witness, and whose cosignatures it asks for (C2SP). */
    logs: z.array(z.string().max(400)).max(10),
    witnesses: z.array(z.string().max(400)).max(10),
    /** The last checkpoints of logs that ended by a restore, as they were signed; the newest first. */
    ended: z.array(z.string().max(1000)).max(10).default([]),
    policy: z.string().max(10_000).nullable(),
  })
  // A key in another's name would be believed for that other.
  .refine(({ organisation, keys }) => keys.every(({ id }) => id.startsWith(`${organisation}/`)))
export type Directory = Readonly<z.infer<typeof Directory>>

/** The newest files of an organisation's repository that were believed, as they came. */
export type Repository = {
  readonly root: string
  readonly timestamp?: string
  readonly snapshot?: string
  readonly targets?: string
  readonly directory?: string
}

type Checked<T> = T | { readonly fault: TufFault }

/** The root after this one, if both the old keys and the new ones say so. */
export function followRoot(current: Root, text: string): Checked<{ readonly root: Root }> {
  const file = readFile('root', text)
  if ('fault' in file) return file
  const { signed } = file
  if (signed.version !== current.version + 1) return { fault: 'rolled-back' }
  if (signed.organisation !== current.organisation) return { fault: 'other-organisation' }
  const isChained = isVouchedFor(file, current, 'root') && isVouchedFor(file, signed, 'root')
  return isChained ? { root: signed } : { fault: 'wrong-signature' }
}

/** A root that is not believed yet: in order by itself, its fingerprint to be compared by people. */
export function readRoot(text: string): Checked<{ readonly root: Root }> {
  const file = readFile('root', text)
  if ('fault' in file) return file
  return isVouchedFor(file, file.signed, 'root')
    ? { root: file.signed }
    : { fault: 'wrong-signature' }
}

/** A file of a role: signed as the root asks, not expired, and never older than what was believed. */
export function checkFile<R extends Exclude<TufRole, 'root'>>(
  role: R,
  text: string,
  root: Root,
  { now, known }: { readonly now: Instant; readonly known: string | undefined },
): Checked<{ readonly signed: Metadata<R> }> {
  const file = readFile(role, text)
  if ('fault' in file) return file
  if (!isVouchedFor(file, root, role)) return { fault: 'wrong-signature' }
  const before = known === undefined ? undefined : readFile(role, known)
  const knownVersion = before && 'signed' in before ? before.signed.version : 0
  if (file.signed.version < knownVersion) return { fault: 'rolled-back' }
  if (Date.parse(file.signed.expires) <= Date.parse(now)) return { fault: 'expired' }
  return { signed: file.signed }
}

type Announced = ReturnType<typeof describe>

/** Whether a text is the one that the file above it announced. */
export function isAnnounced(text: string, announced: Announced): boolean {
  const { length, hashes } = describe(text)
  return length === announced.length && hashes.sha256 === announced.hashes.sha256
}

export function readDirectory(
  text: string,
  root: Root,
): Checked<{ readonly directory: Directory }> {
  try {
    const value: Json = JSON.parse(text)
    const { data: directory } = Directory.safeParse(value)
    if (!directory || canonicalJson(value) !== text) return { fault: 'not-readable' }
    if (directory.organisation !== root.organisation) return { fault: 'other-organisation' }
    return { directory }
  } catch {
    return { fault: 'not-readable' }
  }
}
