import { Amendment } from '@tocsin/domain/clauses.ts'
import { z } from 'zod'
import type { RecordedObject } from '../record.ts'
import { roomObject, roomParts } from './room-object.ts'
import { readContent } from './shared-object.ts'

/** What an organisation would have changed in one clause; nobody proposes in another's name. */
export const SharedAmendment = z
  .object({ ...roomParts, amendment: Amendment })
  .refine(({ amendment, organisation }) => amendment.organisation === organisation)
export type SharedAmendment = Readonly<z.infer<typeof SharedAmendment>>

export const amendmentObject = (shared: SharedAmendment): RecordedObject =>
  roomObject('amendment', [shared.amendment.id], SharedAmendment, shared)

export const readAmendmentObject = (object: RecordedObject): SharedAmendment =>
  readContent(SharedAmendment, object)
