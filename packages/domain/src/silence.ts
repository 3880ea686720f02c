import { z } from 'zod'
import { isWithdrawn, type Poll } from './ballot.ts'
import type { Instant, OrganisationId, Sha256 } from './brand.ts'
import { addMilliseconds } from './clock.ts'
import {
  type GivenPosition,
  type PositionRefusal,
  type PositionWay,
  refusalOfPosition,
} from './position.ts'
import { closeFor, settledAt } from './proposal.ts'

/*
 * The silence procedure: adopted when the time is over, unless a member breaks silence. Silence runs
 * only against a member whose receipt of the text is on record: a lost connection is never consent.
 * All times are those at which enough witnesses had seen a record, never what an author's clock said.
 */

export const SilenceState = z.enum([
  'recused',
  /** Put out before the time was over: it could not have broken silence, so it did not consent. */
  'expelled',
  /** Silence does not run against it. */
  'not-received',
  'silent',
  'agrees',
  'asked-for-time',
  'broke-silence',
])
export type SilenceState = z.infer<typeof SilenceState>

export type SilentMember = {
  readonly organisation: OrganisationId
  readonly state: SilenceState
  readonly receivedAt: Instant | null
  readonly receivedBy: PositionWay['kind'] | null
  /** When it said what its state says; null where it said nothing. */
  readonly saidAt: Instant | null
}

export const SilenceOutcome = z.enum([
  'running',
  /** The time is over and nothing has lapsed: a receipt or a proof is missing. */
  'not-lapsed',
  'adopted',
  'broken',
  'withdrawn',
])
export type SilenceOutcome = z.infer<typeof SilenceOutcome>

export type Silence = {
  readonly outcome: SilenceOutcome
  /** When silence ends, for all who are not declared off line. */
  readonly deadline: Instant
  readonly members: readonly SilentMember[]
  /** Against whom silence does not run. */
  readonly notRunning: readonly OrganisationId[]
  readonly brokenBy: readonly OrganisationId[]
  /** Breaks whose time is not proven: while there is one, silence is no consent. */
  readonly unproven: readonly Sha256[]
  readonly refused: readonly { readonly digest: Sha256; readonly reason: PositionRefusal }[]
}

type Proven = GivenPosition & { readonly provenAt: Instant }

/** How a silence procedure stands at an instant of the witnesses' time. Throws on another method. */
export function judgeSilence(poll: Poll, given: readonly GivenPosition[], at: Instant): Silence {
  const { proposal, room } = poll
  const all = onceEach(given).filter(({ provenAt }) => provenAt === null || provenAt <= at)
  const reasons = new Map(all.map((one) => [one.digest, refusalOfPosition(poll, one)]))
  const sound = all.filter(({ digest }) => reasons.get(digest) === undefined)
  const proven = sound.filter((one): one is Proven => one.provenAt !== null)
  const receipts = receiptsOf(proven)
  const deadline = deadlineOf(poll, proven, receipts)
  const timely = proven.filter((one) => isTimely(poll, receipts, one, deadline))
  for (const one of proven) {
    if (!timely.includes(one)) reasons.set(one.digest, 'after-deadline')
  }
  const known = { poll, deadline, timely, receipts }
  const members = proposal.roster.map(({ organisation }) => memberOf(known, organisation))
  const notRunning = members
    .filter(({ state, receivedAt }) => state === 'expelled' || isUnreceived(state, receivedAt))
    .map(({ organisation }) => organisation)
  const brokenBy = members
    .filter(({ state }) => state === 'broke-silence')
    .map(({ organisation }) => organisation)
  const unproven = sound.filter((one) => one.provenAt === null && isBreak(one))
  const outcome = (): SilenceOutcome => {
    if (isWithdrawn({ closesAt: deadline }, room)) return 'withdrawn'
    if (brokenBy.length > 0) return 'broken'
    if (at <= settledAt(proposal, deadline)) return 'running'
    return notRunning.length === 0 && unproven.length === 0 ? 'adopted' : 'not-lapsed'
  }
  return {
    outcome: outcome(),
    deadline,
    members,
    notRunning,
    brokenBy,
    unproven: unproven.map(({ digest }) => digest),
    refused: all.flatMap(({ digest }) => {
      const reason = reasons.get(digest)
      return reason ? [{ digest, reason }] : []
    }),
  }
}

const isUnreceived = (state: SilenceState, receivedAt: Instant | null): boolean =>
  state !== 'recused' && receivedAt === null

const isBreak = ({ position }: GivenPosition): boolean => position.stance.kind === 'break-silence'

/** By their digests; of two proofs of one record the earlier counts. */
function onceEach(given: readonly GivenPosition[]): readonly GivenPosition[] {
  const known = new Map<Sha256, GivenPosition>()
  for (const one of given) {
    const other = known.get(one.digest)
    const isEarlier = one.provenAt !== null && (!other?.provenAt || one.provenAt < other.provenAt)
    if (!other || isEarlier) known.set(one.digest, one)
  }
  return [...known.values()].sort((one, other) => (one.digest < other.digest ? -1 : 1))
}

type Receipt = {
  /** The record by which it is known. */
  readonly digest: Sha256
  readonly receivedAt: Instant
  readonly receivedBy: PositionWay['kind']
  /** From when the member's own minimum runs; null for one that has only spoken by itself. */
  readonly runsFrom: Instant | null
}
type Receipts = ReadonlyMap<OrganisationId, Receipt>

/**
 * When each member had received the text, as far as it is on record: by its own receipt before what
 * others heard, so that nobody makes silence run earlier than it says itself; else by whatever it has
 * said in a record of its own. That others heard it speak of the text is no receipt.
 */
function receiptsOf(proven: readonly Proven[]): Receipts {
  const receipts = new Map<OrganisationId, Receipt>()
  const inOrder = inTime(proven)
  const take = (isMeant: (own: boolean, receipt: boolean) => boolean) => {
    for (const { position, provenAt, digest } of inOrder) {
      const { member, way, stance } = position
      const isReceipt = stance.kind === 'receipt'
      if (receipts.has(member) || !isMeant(way.kind === 'record', isReceipt)) continue
      const runsFrom = isReceipt ? provenAt : null
      receipts.set(member, { digest, receivedAt: provenAt, receivedBy: way.kind, runsFrom })
    }
  }
  take((isOwn, isReceipt) => isOwn && isReceipt)
  take((_, isReceipt) => isReceipt)
  take((isOwn) => isOwn)
  return receipts
}

/**
 * The first deadline; later where somebody received the text so late that the own time is not over,
 * and where a member asked for time before it was: for all alike.
 */
function deadlineOf(poll: Poll, proven: readonly Proven[], receipts: Receipts): Instant {
  const { proposal } = poll
  if (proposal.method.kind !== 'silence') throw new TypeError('not under silence')
  let deadline = proposal.closesAt
  for (const { runsFrom } of receipts.values()) {
    // Whoever has only spoken by itself needs no time but that for which it asks.
    if (runsFrom) deadline = later(deadline, addMilliseconds(runsFrom, proposal.method.minimumMs))
  }
  // Whoever asks may make room for another who asked: until nobody who is in time moves it any more.
  const asked = proven.flatMap((one) => {
    const { stance } = one.position
    return stance.kind === 'ask-for-time' ? [{ one, until: stance.until }] : []
  })
  for (;;) {
    const moved = asked
      .filter(({ one }) => isTimely(poll, receipts, one, deadline))
      .reduce((latest, { until }) => later(latest, until), deadline)
    if (moved === deadline) return deadline
    deadline = moved
  }
}

/**
 * Whether what a member says comes before the time is over for it. A receipt is never too late, nor is
 * the first word of a member whose receipt was not on record: silence did not run against it.
 */
function isTimely({ proposal }: Poll, receipts: Receipts, one: Proven, deadline: Instant): boolean {
  const { member, stance } = one.position
  return (
    stance.kind === 'receipt' ||
    receipts.get(member)?.digest === one.digest ||
    one.provenAt <= closeFor(proposal, member, deadline)
  )
}

const later = (one: Instant, other: Instant): Instant => (one >= other ? one : other)

/** Two of one time stand by their digests, which nobody chooses. */
const inTime = (proven: readonly Proven[]): readonly Proven[] =>
  proven.toSorted((one, other) =>
    `${one.provenAt}${one.digest}` < `${other.provenAt}${other.digest}` ? -1 : 1,
  )

type Known = {
  readonly poll: Poll
  readonly deadline: Instant
  readonly timely: readonly Proven[]
  readonly receipts: Receipts
}

/** What a member's word comes to: a break is never taken back, of all else the latest holds. */
function memberOf(known: Known, organisation: OrganisationId): SilentMember {
  const isOf = (one: { readonly organisation: OrganisationId }) => one.organisation === organisation
  const { proposal, room } = known.poll
  const nothing = { organisation, receivedAt: null, receivedBy: null, saidAt: null }
  if (proposal.recused.some(isOf)) return { ...nothing, state: 'recused' }
  const receipt = known.receipts.get(organisation)
  const said = inTime(known.timely).filter(
    ({ position }) => position.member === organisation && position.stance.kind !== 'receipt',
  )
  const last = said.find(isBreak) ?? said.at(-1)
  const state = stateBy(last, receipt !== undefined)
  const isOut = room.expelled.some((one) => isOf(one) && one.at <= known.deadline)
  const hasSpoken = state === 'broke-silence' || state === 'agrees'
  return {
    organisation,
    state: isOut && !hasSpoken ? 'expelled' : state,
    receivedAt: receipt?.receivedAt ?? null,
    receivedBy: receipt?.receivedBy ?? null,
    saidAt: last?.provenAt ?? null,
  }
}

function stateBy(last: Proven | undefined, isReceived: boolean): SilenceState {
  switch (last?.position.stance.kind) {
    case 'break-silence':
      return 'broke-silence'
    case 'agree':
      return 'agrees'
    case 'ask-for-time':
      return 'asked-for-time'
    default:
      return isReceived ? 'silent' : 'not-received'
  }
}
