import { system } from '@tocsin/domain/actor.ts'
import { type Audience, isInAudience, isMoreClosed } from '@tocsin/domain/audience.ts'
import type { Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import {
  type AudienceVersion,
  actsAtOnce,
  type Refusal,
  urgencyOf,
} from '@tocsin/domain/network.ts'
import { AudienceObject, audienceVersion } from '@tocsin/records/audience-object.ts'
import { digestOf, type KeyOf, type Signed } from '@tocsin/records/jws.ts'
import { type RecordedObject, type RecordHeader, readRecord } from '@tocsin/records/record.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { effectiveAt, listAudienceVersions, readersOf } from './audience-reading.ts'
import { isItsOwn } from './audience-record.ts'
import { bringIntoEffect, bringNextIntoEffect } from './effect.ts'
import { noteExchange } from './exchange-hours.ts'
import { type Kept, keepRecord } from './keep.ts'
import { awaitInLog } from './log.ts'
import { markingOf } from './marking.ts'
import { isPinned, memberKeys } from './members.ts'
import { takePlace } from './order.ts'
import { quarantine } from './quarantine.ts'
import { isWithdrawn } from './tombstones.ts'

export type Received = 'kept' | 'known' | Refusal

type Incoming = {
  readonly record: Signed
  /** The member that hands it over: its author or any other that may have it. */
  readonly from: OrganisationId
  /** Whether it came sealed to its audience, so that who carried it could not read it. */
  readonly wasSealed: boolean
  readonly at: Instant
  readonly keyOf: KeyOf
}

/** A record, and whether whoever carried it could read it. */
export type Arrived = { readonly record: Signed; readonly wasSealed: boolean }

type How = { readonly wasSealed?: boolean }

/** How many are taken in one transaction. */
const LOT = 64

/**
 * The one door for records of other members, however they come: pushed, pulled, from a relay or on a
 * disk. Checks a record, keeps it and lets it have its effect in one transaction, once. What is
 * refused is put in quarantine with its reason; the record after it is looked at all the same.
 */
export async function receiveRecord(
  app: App,
  record: Signed,
  from: OrganisationId,
  how: How = {},
): Promise<Received> {
  const { wasSealed = false } = how
  const [received] = await receiveTogether(app, [{ record, wasSealed }], from)
  return received as Received
}

/** Takes many in their order; what is done with each stands or falls with at most a lot of them. */
export async function receiveRecords(
  app: App,
  records: readonly Arrived[],
  from: OrganisationId,
): Promise<readonly Received[]> {
  const all: Received[] = []
  for (let at = 0; at < records.length; at += LOT) {
    const lot = records.slice(at, at + LOT)
    const received = await receiveTogether(app, lot, from).catch((error: unknown) => {
      app.log.info({ error }, 'a lot is taken one by one')
    })
    if (received) all.push(...received)
    else for (const one of lot) all.push(await receiveRecord(app, one.record, from, one))
  }
  return all
}

function receiveTogether(
  app: App,
  records: readonly Arrived[],
  from: OrganisationId,
): Promise<readonly Received[]> {
  const at = app.clock()
  return app.db.as(system, async (tx) => {
    const all: Received[] = []
    const keyOf = await memberKeys(tx)
    for (const { record, wasSealed } of records) {
      const incoming = { record, from, wasSealed, at, keyOf }
      const received = await take(app, tx, incoming)
      // Nothing is stored for somebody whom nobody has taken into trust.
      if (received !== 'kept' && received !== 'known' && received !== 'unknown-sender') {
        await quarantine(app, tx, { ...incoming, reason: received })
      }
      all.push(received)
    }
    await noteExchange(tx, from, at)
    return all
  })
}

async function take(app: App, tx: Tx, incoming: Incoming): Promise<Received> {
  const { record, from, at } = incoming
  if (!(await isPinned(tx, from))) return 'unknown-sender'
  const digest = digestOf(record)
  if (await isHere(tx, digest)) return 'known'
  const read = readRecord(record, incoming.keyOf)
  if ('fault' in read) return read.fault
  const { header, object } = read
  const addressed = await checkAudience(tx, read, { ...incoming, digest })
  if (typeof addressed === 'string') return addressed
  const { audiences, joinedLate } = addressed
  const marking = markingOf(object)
  const bar = await whatBars(tx, read, audiences)
  const place = await takePlace(tx, { header, digest }, { at, joinedLate })
  const readers = readersOf(header.org, audiences)
  const kept: Kept = {
    digest,
    header,
    object,
    readers,
    marking,
    // It was said, so its place is taken; what must not be said here, or was taken back, is not kept.
    statement: bar ? null : record,
    from,
    waiting: place !== 'next' && bar !== 'withdrawn',
    at,
  }
  if (!(await keepRecord(tx, kept))) return 'known'
  await awaitInLog(app, tx, header.org, digest)
  if (place === 'fork') await alarmOfFork(app, tx, kept)
  let refused: Refusal | undefined = bar === 'above-ceiling' ? bar : undefined
  if (!bar && (place === 'next' || mayActEarly(place, object.type))) {
    refused = await bringIntoEffect(app, tx, kept)
  }
  if (place === 'next') await bringNextIntoEffect(app, tx, header)
  return refused ?? 'kept'
}

/** What keeps a record from being kept with what it says. */
async function whatBars(
  tx: Tx,
  { header, object }: Read,
  audiences: readonly Pick<AudienceVersion, 'ceiling'>[],
): Promise<'above-ceiling' | 'withdrawn' | undefined> {
  if (await isWithdrawn(tx, header.org, object)) return 'withdrawn'
  const marking = markingOf(object)
  const isClosed = audiences.some(({ ceiling }) => isMoreClosed(marking, ceiling))
  return isClosed ? 'above-ceiling' : undefined
}

/** A forked author is not heard until people have looked; what takes back or protects is. */
const mayActEarly = (place: 'waiting' | 'frozen' | 'fork', type: string): boolean =>
  place === 'waiting' ? actsAtOnce(type) : urgencyOf(type) === 'withdrawal'

async function isHere(tx: Tx, digest: Sha256): Promise<boolean> {
  const row = await tx
    .selectFrom('network_record')
    .select('digest')
    .where('digest', '=', digest)
    .executeTakeFirst()
  return row !== undefined
}

type Read = { readonly header: RecordHeader; readonly object: RecordedObject }

async function checkAudience(
  tx: Tx,
  { header, object }: Read,
  { from, wasSealed, at, digest }: Incoming & { readonly digest: Sha256 },
) {
  if ((header.aseq === 1) !== (header.aprev === null)) return 'not-in-order'
  const versions = await listAudienceVersions(tx, header.aud)
  const current = effectiveAt(versions, at) ?? versions[0]
  const told = object.type === 'audience' ? AudienceObject.safeParse(object).data : undefined
  const version = told && audienceVersion(told)
  const isOwnVersion = version !== undefined && isItsOwn(header, version)
  const audiences = [current, isOwnVersion ? version : undefined].filter((one) => one !== undefined)
  if (audiences.length === 0) return 'unknown-audience'
  const isIn = (who: OrganisationId) => audiences.some((one) => isInAudience(one, who))
  if (!isIn(header.org) && !(await isNamedAsMissing(tx, header, digest))) {
    return 'author-not-in-audience'
  }
  if (!wasSealed && !isIn(from)) return 'sender-not-in-audience'
  if (!(await isForThisNode(tx, audiences))) return 'not-for-this-node'
  if (current?.expires_at && current.expires_at < object.modified) return 'audience-expired'
  const first = versions.at(-1)?.version ?? version?.version ?? 1
  return { audiences, joinedLate: first > 1 }
}

/** Whoever left an audience may have said it before; what came after it says so. */
async function isNamedAsMissing(tx: Tx, { org, aud }: RecordHeader, digest: Sha256) {
  const row = await tx
    .selectFrom('missing_record')
    .select('digest')
    .where('organisation', '=', org)
    .where('audience_id', '=', aud)
    .where('digest', '=', digest)
    .executeTakeFirst()
  return row !== undefined
}

/** Whether an organisation that lives on this node reads it. */
async function isForThisNode(tx: Tx, audiences: readonly Audience[]): Promise<boolean> {
  const named = audiences.flatMap(({ organisation, audience }) => [organisation, ...audience])
  const own = await tx
    .selectFrom('organisation')
    .leftJoin('member', 'member.organisation', 'organisation.id')
    .select('organisation.id')
    .where('organisation.id', 'in', named)
    .where('member.organisation', 'is', null)
    .execute()
  return own.some(({ id }) => audiences.some((one) => isInAudience(one, id)))
}

async function alarmOfFork(app: App, tx: Tx, { header, digest, at }: Kept): Promise<void> {
  const { org, aud, aseq } = header
  const details = { audience: aud, seq: aseq, digest }
  await recordAudit(tx, {
    at,
    actor: system,
    organisation: null,
    act: 'network.fork',
    subject: org,
    details,
  })
  app.log.error({ organisation: org, ...details }, 'two records claim one place')
}
