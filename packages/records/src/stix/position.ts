import { Position } from '@tocsin/domain/position.ts'
import { z } from 'zod'
import type { RecordedObject } from '../record.ts'
import { roomObject, roomParts } from './room-object.ts'
import { readContent } from './shared-object.ts'

/** That a member received a text under silence, and what it says to it. */
export const SharedPosition = z.object({
  ...roomParts,
  /** Tells it from what the same author says of the same text at another time. */
  key: z.uuidv7(),
  position: Position,
})
export type SharedPosition = Readonly<z.infer<typeof SharedPosition>>

export const positionObject = (shared: SharedPosition): RecordedObject =>
  roomObject('position', [shared.key], SharedPosition, shared)

export const readPositionObject = (object: RecordedObject): SharedPosition =>
  readContent(SharedPosition, object)
