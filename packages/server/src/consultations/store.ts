import type { Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import type { Consultation, ConsultationId, Hearing } from '@tocsin/domain/consultation.ts'
import type { ContributionId } from '@tocsin/domain/contribution.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { RecordedObject } from '@tocsin/records/record.ts'
import {
  consultationObject,
  hearingRef,
  readConsultationObject,
  roomRef,
  type ToldConsultation,
} from '@tocsin/records/stix/consultation.ts'
import {
  contributionRef,
  readContributionObject,
  type ToldContribution,
} from '@tocsin/records/stix/contribution.ts'
import { modifiedAfter } from '@tocsin/records/stix/shared-object.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { publishRecord } from '../network/publish.ts'

/*
 * Rooms, hearings and what is said in them stand in the records that tell of them. Whoever asks reads what
 * row-level security lets them read there, and nothing else.
 */

/** A room's audience has the id of the consultation. */
export const audienceOf = (id: ConsultationId): AudienceId => id as string as AudienceId

type Standing = { readonly version: Instant; readonly audience: AudienceId }
export type StandingRoom = Standing & { readonly room: Consultation }
export type StandingHearing = Standing & { readonly hearing: Hearing }

async function findTold(
  tx: Tx,
  ref: string,
): Promise<(Standing & { told: ToldConsultation }) | undefined> {
  const row = await tx
    .selectFrom('shared_object')
    .select(['object', 'modified', 'audience_id'])
    .where('id', '=', ref)
    .executeTakeFirst()
  if (!row) return undefined
  const told = readConsultationObject(RecordedObject.parse(row.object))
  return { told, version: row.modified, audience: row.audience_id }
}

export async function findRoom(tx: Tx, id: ConsultationId): Promise<StandingRoom | undefined> {
  const found = await findTold(tx, roomRef(id))
  return found?.told.view === 'room' ? { ...found, room: found.told } : undefined
}

export async function findHearing(
  tx: Tx,
  id: ConsultationId,
  hears: OrganisationId,
): Promise<StandingHearing | undefined> {
  const found = await findTold(tx, hearingRef(id, hears))
  return found?.told.view === 'hearing' ? { ...found, hearing: found.told } : undefined
}

export async function getRoom(tx: Tx, id: ConsultationId): Promise<StandingRoom> {
  const found = await findRoom(tx, id)
  if (!found) throw new Problem('consultation.not-found')
  return found
}

export async function getHearing(
  tx: Tx,
  id: ConsultationId,
  hears: OrganisationId,
): Promise<StandingHearing> {
  const found = await findHearing(tx, id, hears)
  if (!found) throw new Problem('consultation.not-found')
  return found
}

/** Where somebody reads: the room, or the thread in which one organisation is heard. */
export const findPlace = async (tx: Tx, id: ConsultationId, thread: OrganisationId | undefined) =>
  thread ? getHearing(tx, id, thread) : getRoom(tx, id)

/** Tells those in the room how it stands now. */
export async function publishRoom(
  app: App,
  tx: Tx,
  room: Consultation,
  before?: Pick<Standing, 'version'>,
): Promise<void> {
  const audience = audienceOf(room.id)
  await publish(app, tx, { ...room, view: 'room', audience }, before)
}

/** Tells the organisation that is heard how that stands now. */
export async function publishHearing(
  app: App,
  tx: Tx,
  { hearing, audience }: Omit<StandingHearing, 'version'>,
  before?: Pick<Standing, 'version'>,
): Promise<void> {
  await publish(app, tx, { ...hearing, view: 'hearing', audience }, before)
}

async function publish(
  app: App,
  tx: Tx,
  told: ToldConsultation,
  before: Pick<Standing, 'version'> | undefined,
): Promise<void> {
  const { organisation, audience } = told
  const object = consultationObject(told, modifiedAfter(app.clock(), before?.version))
  await publishRecord(app, tx, { organisation, audience, object })
}

/** What was said under this id in an audience, in either form, and the record of it. */
export async function findContribution(
  tx: Tx,
  audience: AudienceId,
  id: ContributionId,
): Promise<{ readonly told: ToldContribution; readonly digest: Sha256 } | undefined> {
  const refs = (['contribution', 'translation'] as const).map((type) =>
    contributionRef(type, id, audience),
  )
  const row = await tx
    .selectFrom('shared_object')
    .select(['object', 'digest'])
    .where('id', 'in', refs)
    .where('audience_id', '=', audience)
    .executeTakeFirst()
  if (!row) return undefined
  return { told: readContributionObject(RecordedObject.parse(row.object)), digest: row.digest }
}

/** When the organisation last said something to an audience: what it says next is said after it. */
export async function lastSaidAt(
  tx: Tx,
  audience: AudienceId,
  organisation: OrganisationId,
): Promise<Instant | undefined> {
  const row = await tx
    .selectFrom('shared_object')
    .select('created')
    .where('audience_id', '=', audience)
    .where('type', '=', 'contribution')
    .where('organisation', '=', organisation)
    .orderBy('created', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.created
}
