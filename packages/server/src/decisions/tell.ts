import type { Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import type { Consultation, ConsultationId } from '@tocsin/domain/consultation.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import type { RecordedObject } from '@tocsin/records/record.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { publishRecord } from '../network/publish.ts'
import { getOrganisation } from '../people/queries.ts'

/** A room has its own id as its audience. */
export const audienceOf = (id: ConsultationId): AudienceId => id as string as AudienceId

/** What every object of a room says of itself. */
type Parts = {
  readonly organisation: OrganisationId
  readonly organisationName: string
  readonly audience: AudienceId
  readonly marking: Consultation['marking']
  readonly isExercise: boolean
  readonly consultation: Consultation['id']
  readonly saidAt: Instant
}

/** Tells the room something in an organisation's name, in the caller's transaction. */
export async function tellRoom(
  app: App,
  tx: Tx,
  { room, organisation }: { readonly room: Consultation; readonly organisation: OrganisationId },
  make: (parts: Parts) => RecordedObject,
): Promise<Sha256> {
  const { id: consultation, marking, isExercise } = room
  const audience = audienceOf(consultation)
  const { name: organisationName } = await getOrganisation(tx, organisation)
  const object = make({
    ...{ organisation, organisationName, audience, marking, isExercise, consultation },
    saidAt: app.clock(),
  })
  return publishRecord(app, tx, { organisation, audience, object })
}
