import {
  AttachmentId,
  attachmentParts,
  mediaTypeOf,
  SEALED_BYTES,
} from '@tocsin/domain/attachment.ts'
import { Sha256 } from '@tocsin/domain/brand.ts'
import { MatterId } from '@tocsin/domain/matter.ts'
import { z } from 'zod'
import { AgeKey } from '../age.ts'
import type { RecordedObject } from '../record.ts'
import { makeObject, nameObject, readContent, sharedParts } from './shared-object.ts'

/** How the bytes at the address are closed. */
const ENCRYPTION = 'age-encryption.org/v1'

/**
 * A file on a matter as others are told of it: what it is, where its sealed bytes lie, and the key that
 * opens them. The record itself is sealed to its audience, and so is the key.
 */
export const SharedAttachment = z
  .object({
    ...sharedParts,
    ...attachmentParts,
    attachment: AttachmentId,
    matter: MatterId,
    /** Of the sealed bytes: by this they are asked for. */
    blob: Sha256,
    blobSize: z.int().min(1).max(SEALED_BYTES),
    decryptionKey: AgeKey.shape.identity,
  })
  // What calls itself a picture must not be saved as a program.
  .refine(({ name, mediaType }) => mediaTypeOf(name) === mediaType)
export type SharedAttachment = Readonly<z.infer<typeof SharedAttachment>>

/** Where a node answers with sealed bytes. */
export const blobPath = (blob: Sha256) => `/blob/sha256/${blob}` as const

/** In the words that STIX 2.1 has for an artifact, as far as it has them. */
export const attachmentObject = (facts: SharedAttachment): RecordedObject =>
  makeObject({
    type: 'attachment',
    id: nameObject('attachment', facts.attachment, facts.audience),
    standing: facts,
    stix: {
      name: facts.name,
      mime_type: facts.mediaType,
      url: blobPath(facts.blob),
      hashes: { 'SHA-256': facts.blob },
      encryption_algorithm: ENCRYPTION,
    },
    schema: SharedAttachment,
    content: facts,
  })

export const readAttachmentObject = (object: RecordedObject): SharedAttachment =>
  readContent(SharedAttachment, object)
