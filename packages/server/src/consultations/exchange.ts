import { type listContributions, type Said, UPDATE_BYTES } from '@tocsin/api/consultations.ts'
import type { Input, Output } from '@tocsin/api/route.ts'
import type { Actor } from '@tocsin/domain/actor.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import type { ConsultationId } from '@tocsin/domain/consultation.ts'
import {
  Contribution,
  type ContributionId,
  placeOf,
  readPlace,
} from '@tocsin/domain/contribution.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { RecordedObject } from '@tocsin/records/record.ts'
import {
  contributionRef,
  readContributionObject,
  type ToldContribution,
} from '@tocsin/records/stix/contribution.ts'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { requirePerson } from '../identity/step-up.ts'
import { type KnownName, knownNames, ownNameOf } from './names.ts'
import { findContribution, findPlace } from './store.ts'
import { listGone } from './taken-back.ts'

/** Contributions on a page, where they are short. */
export const PAGE = 30
/** What is around the contributions in an answer. */
export const ENVELOPE_BYTES = 500
/** What was kept so shortly before an answer may not have been seen by it: told again with the next. */
const OVERLAP_MS = 15_000

export const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value))

type Row = { readonly object: unknown }

export const toldIn = ({ object }: Row): ToldContribution =>
  readContributionObject(RecordedObject.parse(object))

export const said = (tx: Tx, audience: AudienceId, type: 'contribution' | 'translation') =>
  tx
    .selectFrom('shared_object')
    .select('object')
    .where('audience_id', '=', audience)
    .where('type', '=', type)

/** Said by others, or passed on for others: not what one's own organisation said. */
export const byOthers = (own: OrganisationId) =>
  sql<boolean>`(organisation <> ${own} or object -> 'content' -> 'heard' <> 'null')`

/** The newest that fit into one update, by the time told and each author in their own order. */
export async function readContributions(
  app: App,
  actor: Actor,
  id: ConsultationId,
  { thread, before, after }: Input<typeof listContributions>['query'],
): Promise<Output<typeof listContributions>> {
  const { organisation: own } = requirePerson(actor)
  const asOf = app.clock()
  const place = before === undefined ? undefined : readPlace(before)
  if (before !== undefined && !place) throw new Problem('consultation.no-such-contribution')
  const { told, translations, version, audience } = await app.db.as(actor, async (tx) => {
    const { audience, version } = await findPlace(tx, id, thread)
    let found = said(tx, audience, 'contribution')
    if (place) {
      const ref = contributionRef('contribution', place[1], audience)
      found = found.where(sql<boolean>`(created, id) < (${place[0]}::timestamptz, ${ref})`)
    }
    if (after) found = found.where('kept_at', '>', addMilliseconds(after, -OVERLAP_MS))
    const rows = await found
      .orderBy('created', 'desc')
      .orderBy('id', 'desc')
      .limit(PAGE + 1)
      .execute()
    const told = rows.map(toldIn)
    return { version, told, audience, translations: await listTranslations(tx, audience, told) }
  })
  const takenBack = (await listGone(app.db.as, audience, own)).length
  const nameOf = await knownNames(app, [...told, ...translations].flatMap(namedIn))
  const all = told.map((one) => saidOf(one, translations, nameOf))
  const fitting = fit(all.slice(0, PAGE))
  const last = fitting.at(-1)
  const next = last && fitting.length < all.length ? placeOf(last) : null
  return { asOf, version, contributions: fitting, next, takenBack }
}

const namedIn = (told: ToldContribution) => [ownNameOf(told), ...(told.heard ? [told.heard] : [])]

function saidOf(
  told: ToldContribution,
  translations: readonly ToldContribution[],
  nameOf: KnownName,
): Said {
  const { consultation: _, translates: __, heard, ...parts } = Contribution.parse(told)
  const own = translations.filter(({ translates }) => translates?.contribution === told.id)
  return {
    ...parts,
    organisationName: nameOf(ownNameOf(told)),
    heard: heard && { ...heard, name: nameOf(heard) },
    translations: own.map((one) => ({
      ...{ locale: one.locale, id: one.id, by: nameOf(ownNameOf(one)) },
      isMachine: one.translates?.isMachine ?? false,
    })),
  }
}

/** As many as fit; the first always does, for nothing longer can be said. */
function fit(all: readonly Said[]): Said[] {
  let left = UPDATE_BYTES - ENVELOPE_BYTES
  const count = all.findIndex((one) => {
    left -= bytesOf(one) + 1
    return left < 0
  })
  return count < 0 ? [...all] : all.slice(0, Math.max(count, 1))
}

/** What says them in other languages: it was said after them. */
async function listTranslations(
  tx: Tx,
  audience: AudienceId,
  all: readonly ToldContribution[],
): Promise<readonly ToldContribution[]> {
  const oldest = all.at(-1)
  if (!oldest) return []
  const rows = await said(tx, audience, 'translation')
    .where('created', '>=', oldest.saidAt)
    .orderBy('created')
    .limit(PAGE * 10)
    .execute()
  return rows.map(toldIn)
}

export async function readContribution(
  app: App,
  actor: Actor,
  { consultation, contribution }: { consultation: ConsultationId; contribution: ContributionId },
  thread: OrganisationId | undefined,
): Promise<Contribution> {
  const told = await app.db.as(actor, async (tx) => {
    const { audience } = await findPlace(tx, consultation, thread)
    const found = await findContribution(tx, audience, contribution)
    if (!found) throw new Problem('consultation.no-such-contribution')
    return found.told
  })
  const nameOf = await knownNames(app, namedIn(told))
  return Contribution.parse({ ...told, organisationName: nameOf(ownNameOf(told)) })
}
