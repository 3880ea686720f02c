import { Marking } from '@tocsin/domain/audience.ts'
import { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { AudienceId } from '@tocsin/domain/network.ts'
import { Line } from '@tocsin/domain/people.ts'
import { z } from 'zod'
import type { RecordedObject } from '../record.ts'
import { makeObject, nameObject } from './shared-object.ts'

/* What is said in a consultation, whatever it is: each is said once and has no later version. */

export const roomParts = {
  /** Who says it. */
  organisation: OrganisationId,
  organisationName: Line,
  audience: AudienceId,
  marking: Marking,
  isExercise: z.boolean(),
  consultation: z.uuidv7().brand<'ConsultationId'>(),
  /** What the author's clock said; nothing depends on it. */
  saidAt: Instant,
}
type RoomParts = Readonly<z.infer<z.ZodObject<typeof roomParts>>>

/** An object of a type of ours, named by what tells it from others of its author in the room. */
export const roomObject = <T extends RoomParts>(
  type: string,
  key: readonly (string | number)[],
  schema: z.ZodType<T>,
  said: T,
): RecordedObject =>
  makeObject({
    type,
    id: nameObject(type, [said.consultation, said.organisation, ...key].join('/'), said.audience),
    standing: { ...said, created: said.saidAt, modified: said.saidAt },
    schema,
    content: said,
  })
