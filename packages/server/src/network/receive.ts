import { system } from '@tocsin/domain/actor.ts'
import type { OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { actsAtOnce, type Refusal, urgencyOf } from '@tocsin/domain/network.ts'
import { digestOf, type KeyOf, type Signed } from '@tocsin/records/jws.ts'
import { readRecord } from '@tocsin/records/record.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { keepBarred } from './barred.ts'
import { bringAllIntoEffect, bringIntoEffect, bringNextIntoEffect, isOnlyRead } from './effect.ts'
import { noteExchange } from './exchange-hours.ts'
import { type Kept, keepRecords } from './keep.ts'
import { awaitInLogs } from './log.ts'
import { expelledKeys, isPinned, memberKeys } from './members.ts'
import {
  holdOrders,
  isFollowed,
  keepOrders,
  type Order,
  orderOf,
  type Taken,
  takePlaceIn,
} from './order.ts'
import { endQuarantine, quarantine } from './quarantine.ts'
import {
  type Admitted,
  admit,
  type Hand,
  type Incoming,
  isRead,
  listHere,
  type Read,
} from './rules.ts'
import { listWithdrawn } from './tombstones.ts'
import { verifyFast } from './verify.ts'

export type Received = 'kept' | 'known' | Refusal

/** A record, and whether whoever carried it could read it. */
export type Arrived = Pick<Incoming, 'record' | 'wasSealed'>

type How = Partial<Pick<Incoming, 'wasSealed'>>

/** How many are taken in one transaction. */
const LOT = 256

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
    // Nothing is stored for somebody whom nobody has taken into trust.
    if (!(await isPinned(tx, from))) return records.map(() => 'unknown-sender' as const)
    const incoming = await readAll(tx, records)
    const all: Received[] = []
    while (all.length < incoming.length) {
      const rest = incoming.slice(all.length)
      // What was done with those before may have brought some of the rest.
      const isHere = all.length > 0 ? await listHere(tx, rest.map(digestIn)) : new Set<Sha256>()
      all.push(...(await takeRun(app, tx, rest, { from, at, isHere })))
    }
    await noteExchange(tx, from, at)
    return all
  })
}

const digestIn = ({ digest }: Incoming): Sha256 => digest

/** Checks the form and the signature of what is not here yet. */
async function readAll(tx: Tx, records: readonly Arrived[]): Promise<readonly Incoming[]> {
  const keyOf = await memberKeys(tx)
  const outKeyOf = await expelledKeys(tx)
  const digests = records.map(({ record }) => digestOf(record))
  const isHere = await listHere(tx, digests)
  return records.map((one, index) => {
    const digest = digests[index] as Sha256
    if (isHere.has(digest)) return { ...one, digest, read: 'known' }
    return { ...one, digest, read: readBy(one.record, keyOf, outKeyOf) }
  })
}

function readBy(record: Signed, keyOf: KeyOf, outKeyOf: KeyOf): Read | Refusal {
  const read = readRecord(record, keyOf, verifyFast)
  if (!('fault' in read)) return read
  if (read.fault !== 'unknown-key') return read.fault
  return 'fault' in readRecord(record, outKeyOf, verifyFast) ? 'unknown-key' : 'author-expelled'
}

/**
 * Takes as many in their order as one reading of the tables can decide about: up to the first whose
 * effect the one after it must see. Answers what became of these, of one at least.
 */
async function takeRun(
  app: App,
  tx: Tx,
  rest: readonly Incoming[],
  { isHere, ...hand }: Hand & { readonly isHere: ReadonlySet<Sha256> },
): Promise<readonly Received[]> {
  const last = rest.findIndex(({ read }) => isRead(read) && mustBeSeen(app, read))
  const run = last < 0 ? rest : rest.slice(0, last + 1)
  const fates = await placeAll(app, tx, await admit(tx, run, hand, isHere), hand)
  const placed = fates.filter((one) => typeof one !== 'string')
  const refusals = await keepAll(app, tx, placed)
  const received = fates.map((one) => {
    if (typeof one === 'string') return one
    return refusals.get(one) ?? (one.isAboveCeiling ? 'above-ceiling' : 'kept')
  })
  for (const [index, reason] of received.entries()) {
    const record = run[index]?.record
    if (!record || reason === 'kept' || reason === 'known') continue
    await quarantine(app, tx, { ...hand, record, reason })
    await keepBarred(app, tx, { ...hand, record, reason })
  }
  await endQuarantine(
    tx,
    run.flatMap(({ digest }, index) => (received[index] === 'kept' ? [digest] : [])),
  )
  return received
}

/** Whether what comes after it may depend on what comes of it. */
const mustBeSeen = (app: App, { object }: Read): boolean =>
  !isOnlyRead(app, object) || typeof object['target_ref'] === 'string'

type Placed = {
  readonly kept: Kept
  readonly place: Taken
  readonly hasEffect: boolean
  readonly isAboveCeiling: boolean
}

/** Gives each its place, up to one that something may have waited for, which has its effect next. */
async function placeAll(
  app: App,
  tx: Tx,
  all: readonly (Admitted | Received)[],
  hand: Hand,
): Promise<readonly (Placed | Received)[]> {
  const fit = all.filter((one) => typeof one !== 'string')
  const isGone = await listWithdrawn(tx, fit.map(saidOf))
  const orders = await holdOrders(tx, fit)
  const fates: (Placed | Received)[] = []
  for (const one of all) {
    if (typeof one === 'string') {
      fates.push(one)
      continue
    }
    const order = orderOf(orders, one.header)
    // The same may have come another way while its author's order was waited for.
    if (order.beside.some(({ digest }) => digest === one.digest)) {
      fates.push('known')
      continue
    }
    const placed = placeOne(app, one, order, { ...hand, isGone: isGone(saidOf(one)) })
    fates.push(placed)
    if (placed.place === 'next' && isFollowed(order, one.header)) break
  }
  await keepOrders(tx, orders)
  return fates
}

const saidOf = ({ header, object }: Read) => ({ organisation: header.org, object })

function placeOne(
  app: App,
  one: Admitted,
  order: Order,
  { from, at, isGone }: Hand & { readonly isGone: boolean },
): Placed {
  const { header, object, digest, readers, marking, joinedLate, isTooClosed } = one
  const isBarred = isGone || isTooClosed
  const place = takePlaceIn(order, one, { at, joinedLate })
  const hasEffect = !isBarred && (place === 'next' || mayActEarly(place, object.type))
  const isDone = isGone || (hasEffect && isOnlyRead(app, object))
  const kept: Kept = {
    ...{ digest, header, object, readers, marking, from, at },
    // It was said, so its place is taken; what must not be said here, or was taken back, is not kept.
    statement: isBarred ? null : one.record,
    waiting: place !== 'next' && !isDone,
  }
  return { kept, place, hasEffect, isAboveCeiling: isTooClosed && !isGone }
}

/** A forked author is not heard until people have looked; what takes back or protects is. */
const mayActEarly = (place: Exclude<Taken, 'next'>, type: string): boolean =>
  place === 'waiting' ? actsAtOnce(type) : urgencyOf(type) === 'withdrawal'

/** Keeps what has its place and lets it have its effect; answers which were refused, and why. */
async function keepAll(
  app: App,
  tx: Tx,
  placed: readonly Placed[],
): Promise<ReadonlyMap<Placed, Refusal>> {
  const refusals = new Map<Placed, Refusal>()
  const last = placed.at(-1)
  if (!last) return refusals
  const kept = placed.map((one) => one.kept)
  await keepRecords(tx, kept)
  await awaitInLogs(app, tx, kept)
  for (const one of placed) if (one.place === 'fork') await alarmOfFork(app, tx, one.kept)
  const effective = placed.filter(({ hasEffect }) => hasEffect)
  const read = effective.filter((one) => isOnlyRead(app, one.kept.object))
  const refused = await bringAllIntoEffect(
    app,
    tx,
    read.map((one) => one.kept),
  )
  for (const [index, one] of read.entries()) {
    const refusal = refused[index]
    if (refusal) refusals.set(one, refusal)
  }
  // Only the last may do more than be read.
  if (last.hasEffect && !read.includes(last)) {
    const refusal = await bringIntoEffect(app, tx, last.kept)
    if (refusal) refusals.set(last, refusal)
  }
  if (last.place === 'next') await bringNextIntoEffect(app, tx, last.kept.header)
  return refusals
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
