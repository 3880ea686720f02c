import { z } from 'zod'
import { Instant, Sha256 } from './brand.ts'
import { Line } from './people.ts'

/** Names a file on a matter. */
export const AttachmentId = z.uuidv7().brand<'AttachmentId'>()
export type AttachmentId = z.infer<typeof AttachmentId>

/** The most that a file may hold, in bytes. */
export const ATTACHMENT_BYTES = 25 * 1_048_576

/** The most that it holds once it is sealed (age): its head, and 16 bytes for every 64 KiB. */
export const SEALED_BYTES = ATTACHMENT_BYTES + 65_536

/** What is taken, by the end of its name. Nothing of it is ever shown in place: it is saved. */
const mediaTypes = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  txt: 'text/plain',
  csv: 'text/csv',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  odt: 'application/vnd.oasis.opendocument.text',
} as const satisfies Readonly<Record<string, string>>

type Ending = keyof typeof mediaTypes
export type MediaType = (typeof mediaTypes)[Ending]
export const attachmentTypes: readonly MediaType[] = [...new Set(Object.values(mediaTypes))]

/** What a file dialogue offers: `.pdf,.png`. */
export const attachmentEndings: string = Object.keys(mediaTypes)
  .map((ending) => `.${ending}`)
  .join(',')

/** The end of a name, in small letters, where it is one that is taken. */
export function endingOf(name: string): Ending | undefined {
  const ending = /\.([a-z]{3,4})$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  return Object.hasOwn(mediaTypes, ending) ? (ending as Ending) : undefined
}

/** The media type that a name stands for; undefined for what is not taken. */
export function mediaTypeOf(name: string): MediaType | undefined {
  const ending = endingOf(name)
  return ending && mediaTypes[ending]
}

const LONGEST_NAME = 150

/**
 * A name as it may be kept, shown and saved under: no folder before it, nothing invisible that could
 * turn its end around, no sign that a file system takes for something else. Undefined where nothing
 * is left of it, or where its end is none that is taken.
 */
export function cleanName(given: string): string | undefined {
  const name = given
    .normalize('NFC')
    .replace(/^.*[/\\]/s, '')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}<>:"|?*]/gu, '')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '')
  const ending = endingOf(name)
  if (!ending) return undefined
  const stem = [...name.slice(0, -ending.length - 1)].slice(0, LONGEST_NAME).join('').trim()
  return stem === '' ? undefined : `${stem}.${ending}`
}

/** A name that is clean already. */
export const AttachmentName = z
  .string()
  .max(2 * LONGEST_NAME + 10)
  .refine((name) => cleanName(name) === name)

/** What is said of a file wherever it is; its name and its type say the same. */
export const attachmentParts = {
  name: AttachmentName,
  mediaType: z.enum(attachmentTypes as [MediaType, ...MediaType[]]),
  /** Of the file itself, in bytes. */
  size: z.int().min(1).max(ATTACHMENT_BYTES),
  sha256: Sha256,
}

/** A file on a matter: its marking and its readers are the matter's. */
export const Attachment = z.object({
  id: AttachmentId,
  ...attachmentParts,
  addedAt: Instant,
  /** Nobody where the person's name is not known here. */
  addedBy: Line.nullable(),
})
export type Attachment = Readonly<z.infer<typeof Attachment>>

/** Why a file of another organisation is not here although somebody asked for it. */
export const FetchFault = z.enum([
  /** No node that has it answers: tried again by itself. */
  'unreachable',
  /** Nobody who was asked has it: tried again by itself. */
  'not-there',
  /** What came is not what its author signed: thrown away. */
  'altered',
])
export type FetchFault = z.infer<typeof FetchFault>

/** How far a file of another organisation is: only a person's wish sets it going. */
export const FetchState = z.enum(['not-fetched', 'fetching', 'waiting', 'failed', 'here'])
export type FetchState = z.infer<typeof FetchState>

type Standing = {
  readonly isWanted: boolean
  readonly isWhole: boolean
  readonly fault: FetchFault | null
}

/** What the rows of a file say of it; undefined for one that nobody asked for. */
export function fetchStateOf(standing: Standing | undefined): FetchState {
  if (!standing) return 'not-fetched'
  if (standing.isWhole) return 'here'
  if (!standing.isWanted) return 'failed'
  return standing.fault === null ? 'fetching' : 'waiting'
}
