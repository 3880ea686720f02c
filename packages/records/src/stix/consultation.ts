import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { Consultation, type ConsultationId, Hearing } from '@tocsin/domain/consultation.ts'
import { idOfName } from '@tocsin/domain/id.ts'
import { AudienceId } from '@tocsin/domain/network.ts'
import { z } from 'zod'
import type { RecordedObject } from '../record.ts'
import { makeObject, nameObject, readContent } from './shared-object.ts'

const { openedAt: _, ...roomParts } = Consultation.shape
const { openedAt: __, ...hearingParts } = Hearing.shape
const common = { audience: AudienceId }

/**
 * A consultation as its audience is told of it: the room, with its agenda and who is in it; or to an organisation
 * that the matter concerns, that it exists, without a word of what it is about.
 */
export const SharedConsultation = z.discriminatedUnion('view', [
  z.object({ ...common, ...roomParts, view: z.literal('room') }),
  z.object({ ...common, ...hearingParts, view: z.literal('hearing') }),
])
type SharedConsultation = Readonly<z.infer<typeof SharedConsultation>>

export type ToldConsultation =
  | (Consultation & { readonly view: 'room'; readonly audience: AudienceId })
  | (Hearing & { readonly view: 'hearing'; readonly audience: AudienceId })

/** The room has the consultation's own id as its audience. */
export const roomRef = (id: ConsultationId): string =>
  nameObject('consultation', id, id as string as AudienceId)

export const hearingRef = (id: ConsultationId, hears: OrganisationId): string =>
  `consultation--${idOfName(`hearing/${id}/${hears}`)}`

export const consultationObject = (told: ToldConsultation, modified: Instant): RecordedObject =>
  makeObject<SharedConsultation>({
    type: 'consultation',
    id: told.view === 'room' ? roomRef(told.id) : hearingRef(told.id, told.hears),
    standing: { ...told, created: told.openedAt, modified },
    ...(told.view === 'room' && { stix: { name: told.title } }),
    schema: SharedConsultation,
    content: told,
  })

/** A ZodError on an object that is not of this form. */
export function readConsultationObject(object: RecordedObject): ToldConsultation {
  const said = readContent(SharedConsultation, object)
  return { ...said, openedAt: object.created } as ToldConsultation
}
