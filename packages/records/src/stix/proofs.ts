import { Sha256 } from '@tocsin/domain/brand.ts'
import { z } from 'zod'
import type { RecordedObject } from '../record.ts'
import { roomObject, roomParts } from './room-object.ts'
import { readContent } from './shared-object.ts'

/**
 * That records of the author stand in its log, and who had seen them by when (C2SP tlog-proof): so that
 * everybody in the room holds the same proofs and comes to the same times.
 */
export const SharedProofs = z
  .object({
    ...roomParts,
    /** Of which records, in the order of the proofs. */
    digests: z.array(Sha256).min(1).max(8),
    proofs: z.array(z.string().max(20_000)).min(1).max(8),
  })
  .refine(({ digests, proofs }) => digests.length === proofs.length)
export type SharedProofs = Readonly<z.infer<typeof SharedProofs>>

export const proofsObject = (shared: SharedProofs): RecordedObject =>
  roomObject('proof', [...shared.digests], SharedProofs, shared)

export const readProofsObject = (object: RecordedObject): SharedProofs =>
  readContent(SharedProofs, object)
