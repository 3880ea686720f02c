import { Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { ProposalId } from '@tocsin/domain/proposal.ts'
import { Tally } from '@tocsin/domain/tally.ts'
import { z } from 'zod'
import type { RecordedObject } from '../record.ts'
import { roomObject, roomParts } from './room-object.ts'
import { readContent } from './shared-object.ts'

/** A member that was put out while the proposal stood, as whoever counts knows it. */
export const PutOut = z.object({ organisation: OrganisationId, at: Instant })

/** How the home counted; every node counts again and says where it comes to another result. */
export const SharedTally = z.object({
  ...roomParts,
  proposal: ProposalId,
  reading: z.int().positive(),
  /** The record of the question. */
  question: Sha256,
  tally: Tally,
  expelled: z.array(PutOut).max(200),
})
export type SharedTally = Readonly<z.infer<typeof SharedTally>>

export const tallyObject = (shared: SharedTally): RecordedObject =>
  roomObject('tally', [shared.proposal, shared.reading], SharedTally, shared)

export const readTallyObject = (object: RecordedObject): SharedTally =>
  readContent(SharedTally, object)
