import { Ballot } from '@tocsin/domain/ballot.ts'
import { z } from 'zod'
import { Assertion } from '../passkey/assertion.ts'
import { OfficerKey } from '../passkey/officer-key.ts'
import type { RecordedObject } from '../record.ts'
import { roomObject, roomParts } from './room-object.ts'
import { readContent } from './shared-object.ts'

/** A ballot with what its officers' passkeys signed. */
export const SharedBallot = z.object({
  ...roomParts,
  /** Tells it from another ballot of the same organisation. */
  key: z.uuidv7(),
  ballot: Ballot,
  assertions: z.array(Assertion).min(1).max(4),
})
export type SharedBallot = Readonly<z.infer<typeof SharedBallot>>

export const ballotObject = (shared: SharedBallot): RecordedObject =>
  roomObject('ballot', [shared.key], SharedBallot, shared)

export const readBallotObject = (object: RecordedObject): SharedBallot =>
  readContent(SharedBallot, object)

/**
 * The passkeys by which an organisation's officers will sign its ballots. The last that it told before
 * a ballot holds for it: whoever takes its node later cannot put another officer in.
 */
export const SharedOfficers = z.object({
  ...roomParts,
  key: z.uuidv7(),
  officers: z.array(OfficerKey).min(1).max(50),
})
export type SharedOfficers = Readonly<z.infer<typeof SharedOfficers>>

export const officersObject = (shared: SharedOfficers): RecordedObject =>
  roomObject('officers', [shared.key], SharedOfficers, shared)

export const readOfficersObject = (object: RecordedObject): SharedOfficers =>
  readContent(SharedOfficers, object)
