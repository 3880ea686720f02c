import { isDeepStrictEqual } from 'node:util'
import { type Actor, type PersonActor, system } from '@tocsin/domain/actor.ts'
import type { OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { type ConsultationId, whyNotReply, whyNotSay } from '@tocsin/domain/consultation.ts'
import { Contribution, type ContributionId, Saying } from '@tocsin/domain/contribution.ts'
import { mayWork } from '@tocsin/domain/docket-access.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { contributionObject, type ToldContribution } from '@tocsin/records/stix/contribution.ts'
import { modifiedAfter } from '@tocsin/records/stix/shared-object.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { holdId } from '../docket/numbering.ts'
import { authorOf } from '../docket/record.ts'
import { requirePerson } from '../identity/step-up.ts'
import { listOwn } from '../network/own-organisations.ts'
import { publishRecord } from '../network/publish.ts'
import { findContribution, findRoom, getHearing, getRoom, lastSaidAt } from './store.ts'

type Where = {
  readonly consultation: ConsultationId
  readonly contribution: ContributionId
  /** The organisation that is heard apart, where it is said there. */
  readonly thread: OrganisationId | undefined
  /** Where it came by mail: settles that mail, in the same transaction; false where that was done before. */
  readonly settle?: (tx: Tx) => Promise<boolean>
}

/**
 * Says something in the organisation's name: kept, signed and in line for every reader in one transaction. The same
 * id again answers with what was said, also when nothing more can be said by then.
 */
export async function contribute(
  app: App,
  actor: Actor,
  where: Where,
  saying: Saying,
): Promise<Contribution> {
  if (!mayWork(actor)) throw new Problem('permission.denied')
  const person = requirePerson(actor)
  return app.db.asOne(async (as) => {
    const said = await as(actor, async (tx) => {
      await holdId(tx, where.contribution)
      const place = await placeFor(tx, person, where, saying)
      const before = await findContribution(tx, place.audience, where.contribution)
      if (before) return { ...before, isNew: false, told: sameAs(before.told, person, saying) }
      if (place.fault) throw new Problem(`consultation.${place.fault}`)
      const told = await tell(app, tx, person, { ...place, where, saying })
      return { ...told, isNew: true }
    })
    if (where.thread && said.isNew) {
      await as(system, (tx) => passOnReply(app, tx, said.told, said.digest))
    }
    return Contribution.parse(said.told)
  })
}

/** Nobody says two things under one name. */
function sameAs(told: ToldContribution, { organisation }: PersonActor, saying: Saying) {
  const isSame = isDeepStrictEqual(Saying.parse(told), saying) && told.organisation === organisation
  if (!isSame) throw new Problem('consultation.said-already')
  return told
}

type Place = Pick<ToldContribution, 'audience' | 'marking' | 'isExercise'>

async function placeFor(
  tx: Tx,
  { organisation }: PersonActor,
  { consultation: id, thread }: Where,
  { item, kind }: Saying,
) {
  if (thread) {
    const { hearing, audience } = await getHearing(tx, id, thread)
    const { marking, isExercise } = hearing
    if (item !== null) throw new Problem('consultation.no-such-item')
    return { audience, marking, isExercise, fault: whyNotReply(hearing, organisation, kind) }
  }
  const { room, audience } = await getRoom(tx, id)
  const { marking, isExercise } = room
  if (item !== null && item > room.agenda.length) throw new Problem('consultation.no-such-item')
  return { audience, marking, isExercise, fault: whyNotSay(room, organisation, kind) }
}

type Speech = Place & { readonly where: Where; readonly saying: Saying }

async function tell(
  app: App,
  tx: Tx,
  actor: PersonActor,
  { audience, marking, isExercise, where, saying }: Speech,
): Promise<{ readonly told: ToldContribution; readonly digest: Sha256 }> {
  await requireTargets(tx, audience, saying)
  // Discarded meanwhile, it is not said.
  if (where.settle && !(await where.settle(tx))) throw new Problem('consultation.no-such-mail')
  const { organisation } = actor
  const at = app.clock()
  const { name, office, organisationName } = await authorOf(tx, actor, organisation, at)
  const told: ToldContribution = {
    ...saying,
    ...{ audience, marking, isExercise, organisation, organisationName },
    id: where.contribution,
    consultation: where.consultation,
    by: { name: name ?? organisationName, office },
    saidAt: modifiedAfter(at, await lastSaidAt(tx, audience, organisation)),
    heard: null,
    ...(where.settle && { byMail: true as const }),
  }
  const object = contributionObject(told)
  const digest = await publishRecord(app, tx, { organisation, audience, object })
  const details = { contribution: told.id, kind: told.kind, digest }
  const deed = { at, actor, organisation, subject: where.consultation, details }
  await recordAudit(tx, { ...deed, act: 'consultation.contributed' })
  return { told, digest }
}

/** What it answers and what it translates must be there for whoever says it. */
async function requireTargets(
  tx: Tx,
  audience: AudienceId,
  { replyTo, translates, locale }: Saying,
): Promise<void> {
  for (const id of [replyTo, translates?.contribution]) {
    if (!id) continue
    const found = await findContribution(tx, audience, id)
    if (!found || found.told.translates) throw new Problem('consultation.no-such-contribution')
    if (id === translates?.contribution && found.told.locale === locale) {
      throw new Problem('consultation.same-language')
    }
  }
}

/**
 * Puts before the room what an organisation said that is heard apart, with its name: it does not learn to whom. Runs
 * as the system, on the node of whoever convened, once.
 */
export async function passOnReply(
  app: App,
  tx: Tx,
  told: ToldContribution,
  digest: Sha256,
): Promise<void> {
  if (told.kind !== 'reply-of-concerned') return
  const found = await findRoom(tx, told.consultation)
  if (!found || found.room.closing !== null) return
  const { room, audience } = found
  const { organisation, organisationName, marking, isExercise } = room
  const isHeard = room.concerned.some(
    (one) => one.organisation === told.organisation && one.heardSince !== null,
  )
  if (!isHeard || !(await listOwn(tx)).includes(organisation)) return
  if (await findContribution(tx, audience, told.id)) return
  const passed: ToldContribution = {
    ...told,
    ...{ organisation, organisationName, audience, marking, isExercise },
    item: null,
    replyTo: null,
    saidAt: modifiedAfter(app.clock(), await lastSaidAt(tx, audience, organisation)),
    heard: { organisation: told.organisation, name: told.organisationName },
  }
  const object = contributionObject(passed)
  await publishRecord(app, tx, { organisation, audience, object, refs: [digest] })
}
