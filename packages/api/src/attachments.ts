import {
  Attachment,
  AttachmentId,
  attachmentParts,
  FetchFault,
  FetchState,
} from '@tocsin/domain/attachment.ts'
import { Sha256 } from '@tocsin/domain/brand.ts'
import { MatterId } from '@tocsin/domain/matter.ts'
import { ObjectId, WithdrawalForm } from '@tocsin/domain/withdrawal.ts'
import { z } from 'zod'
import { Bytes, type Route } from './route.ts'

const one = z.object({ attachment: AttachmentId })

/** Told as bytes and nothing else: what a file is, is said in its name. */
const asBytes = ['application/octet-stream'] as const

export const addAttachment = {
  method: 'PUT',
  path: '/api/matters/:matter/attachments/:attachment',
  summary: 'Put a file on a matter, of at most 25 MiB; sent twice, it is there once',
  /** Made by whoever sends the file. */
  params: one.extend({ matter: MatterId }),
  query: z.object({ name: z.string().min(1).max(1000) }),
  consumes: 'stream',
  response: Attachment,
} as const satisfies Route

export const getAttachment = {
  method: 'GET',
  path: '/api/attachments/:attachment',
  summary: 'Save a file of a matter',
  params: one,
  sends: asBytes,
  response: Bytes,
} as const satisfies Route

export const removeAttachment = {
  method: 'POST',
  path: '/api/attachments/:attachment/removal',
  summary: 'Take a file off a matter: erased here, and at every reader it was shared with',
  params: one,
  body: WithdrawalForm.omit({ object: true }),
  response: z.object({}),
} as const satisfies Route

/** A file that another organisation shared, and how far it is on its way here. */
export const SharedAttachmentLine = z.object({
  /** The object that tells of it. */
  id: ObjectId,
  ...attachmentParts,
  state: FetchState,
  /** Of its sealed bytes: how many there are and how many are here. */
  sealedSize: z.int(),
  kept: z.int(),
  fault: FetchFault.nullable(),
})
export type SharedAttachmentLine = Readonly<z.infer<typeof SharedAttachmentLine>>

const shared = z.object({ id: ObjectId })

export const listSharedAttachments = {
  method: 'GET',
  path: '/api/network/shared/:id/attachments',
  summary: 'List the files of a matter that another organisation shared, and how far each is',
  params: shared,
  response: z.array(SharedAttachmentLine),
} as const satisfies Route

export const fetchAttachment = {
  method: 'PUT',
  path: '/api/network/shared/:id/fetch',
  summary: 'Fetch a shared file in the background: it goes on after a cut where it was',
  params: shared,
  response: z.object({}),
} as const satisfies Route

export const cancelFetch = {
  method: 'DELETE',
  path: '/api/network/shared/:id/fetch',
  summary: 'Fetch a shared file no further; what came of it is thrown away',
  params: shared,
  response: z.object({}),
} as const satisfies Route

export const getSharedAttachment = {
  method: 'GET',
  path: '/api/network/shared/:id/file',
  summary: 'Save a shared file that was fetched',
  params: shared,
  sends: asBytes,
  response: Bytes,
} as const satisfies Route

/** From node to node, by signed requests. */
export const getBlob = {
  method: 'GET',
  path: '/blob/sha256/:sha256',
  summary: 'Read the sealed bytes of a file, or one range of them; for members that may open it',
  params: z.object({ sha256: Sha256 }),
  sends: asBytes,
  response: Bytes,
} as const satisfies Route
