import { Instant, type OrganisationId } from '@tocsin/domain/brand.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import {
  consultationObject,
  hearingRef,
  readConsultationObject,
} from '@tocsin/records/stix/consultation.ts'
import { contributionObject, readContributionObject } from '@tocsin/records/stix/contribution.ts'
import { passOnReply } from '../consultations/contribute.ts'
import type { Tx } from '../database/database.ts'
import { unlessCatchingUp } from './catching-up.ts'
import { requireOwnWord } from './receive-shared.ts'
import type { Receiver } from './receivers.ts'

/* What happens when a consultation of others arrives, or something said in one. It is read where it is kept. */

/** What stands for one thing is not told under the name of another. */
function requireName(told: string, wanted: string): void {
  if (told !== wanted) throw new Problem('audience.not-the-author')
}

/** A room is told of by whoever convened it, to an audience of theirs. */
export const receiveConsultation: Receiver = async (_, tx, header, object) => {
  const told = readConsultationObject(object)
  requireOwnWord(header, object, told)
  requireName(object.id, consultationObject(told, Instant.parse(object.modified)).id)
  const isRoom = (told.id as string) === header.aud
  if ((told.view === 'room') !== isRoom) throw new Problem('audience.not-the-author')
  if ((await ownerOf(tx, header.aud)) !== header.org) throw new Problem('audience.not-the-author')
}

async function ownerOf(tx: Tx, id: AudienceId): Promise<OrganisationId | undefined> {
  const row = await tx
    .selectFrom('audience')
    .select('organisation')
    .where('id', '=', id)
    .limit(1)
    .executeTakeFirst()
  return row?.organisation
}

/** What is said apart, in the thread that was opened for it, is passed on to the room. */
export const receiveContribution: Receiver = async (app, tx, header, object) => {
  const told = readContributionObject(object)
  requireOwnWord(header, object, told)
  requireName(object.id, contributionObject(told).id)
  if ((told.consultation as string) === header.aud) return
  const hearing = await tx
    .selectFrom('shared_object')
    .select('audience_id')
    .where('id', '=', hearingRef(told.consultation, told.organisation))
    .executeTakeFirst()
  if (hearing?.audience_id !== header.aud) return
  const { digest } = await tx
    .selectFrom('shared_object')
    .select('digest')
    .where('id', '=', object.id)
    .executeTakeFirstOrThrow()
  // A node that was restored says nothing yet: it stands in the thread, where its people read it.
  await passOnReply(app, tx, told, digest).catch(unlessCatchingUp)
}
