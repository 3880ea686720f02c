import { Sha256 } from '@tocsin/domain/brand.ts'
import { AudienceId } from '@tocsin/domain/network.ts'
import { ObjectId, WithdrawalClass } from '@tocsin/domain/withdrawal.ts'
import { z } from 'zod'
import { RecordedObject } from '../record.ts'
import { extensionId } from './extension.ts'

const idOf = (type: string) =>
  z.string().regex(new RegExp(`^${type}--[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$`))

/** Types of ours say so, for tools that do not know them. */
const extensions = z.strictObject({
  [extensionId]: z.strictObject({ extension_type: z.literal('new-sdo') }),
})

/** The place of a version among what its author told an audience: hashes and counts, no content. */
export const WithdrawnVersion = z.strictObject({
  digest: Sha256,
  audience: AudienceId,
  epoch: z.int().min(0),
  seq: z.int().positive(),
  previous: Sha256.nullable(),
})
export type WithdrawnVersion = Readonly<z.infer<typeof WithdrawnVersion>>

/**
 * A creator takes an object back, in all of its versions. It says nothing of what the object was
 * about, nor why; a gap that a version leaves in its audience's chain is closed by its digest.
 */
export const WithdrawalObject = z.strictObject({
  ...RecordedObject.shape,
  type: z.literal('withdrawal'),
  id: idOf('withdrawal'),
  created_by_ref: idOf('identity'),
  extensions,
  object_marking_refs: z.array(idOf('marking-definition')).max(8),
  target_ref: ObjectId,
  class: WithdrawalClass,
  versions: z.array(WithdrawnVersion).max(1000),
})
export type WithdrawalObject = Readonly<z.infer<typeof WithdrawalObject>>

/** What a node held of an object and holds no more. */
export const ErasedPart = z.enum([
  'record',
  'object',
  'outgoing',
  'quarantine',
  'carrier',
  'attachment',
  'export',
])
export type ErasedPart = z.infer<typeof ErasedPart>

export const ErasedList = z
  .array(z.strictObject({ part: ErasedPart, count: z.int().positive() }))
  .max(100)
export type ErasedList = Readonly<z.infer<typeof ErasedList>>

/** A reader's answer to a withdrawal: what it held, and that all of it is erased. */
export const ErasureReceipt = z.strictObject({
  ...RecordedObject.shape,
  type: z.literal('receipt'),
  id: idOf('receipt'),
  created_by_ref: idOf('identity'),
  extensions,
  object_marking_refs: z.array(idOf('marking-definition')).max(8),
  kind: z.literal('erasure'),
  withdrawal_ref: idOf('withdrawal'),
  target_ref: ObjectId,
  erased: ErasedList,
})
export type ErasureReceipt = Readonly<z.infer<typeof ErasureReceipt>>
