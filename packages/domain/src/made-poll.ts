import { type CastBallot, Choice, type Poll } from './ballot.ts'
import type { Instant, OrganisationId, PersonId, Sha256 } from './brand.ts'
import type { ClauseId } from './clauses.ts'
import { addMilliseconds } from './clock.ts'
import type { Method, ProposalId, RecusalReason } from './proposal.ts'

/*
 * Polls drawn from a number, for the tests of what is counted: the same number, the same poll. Drawn by
 * hand because a hundred thousand of them are.
 */

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const OPENS = '2026-11-22T08:00:00.000Z' as Instant
const OPEN_HOURS = 48

/** Mulberry32: 32 bits of chance from a number. */
export function chance(seed: number) {
  let state = seed | 0
  const draw = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const upTo = (most: number) => Math.floor(draw() * (most + 1))
  return {
    upTo,
    /** One in so many. */
    isOneIn: (n: number) => upTo(n - 1) === 0,
    one: <T>(list: readonly T[]): T => list[upTo(list.length - 1)] as T,
  }
}

type Chance = ReturnType<typeof chance>

const idOf = (kind: number, n: number) =>
  `01900000-000${kind}-7000-8000-${n.toString(16).padStart(12, '0')}`

export const organisationOf = (n: number) => idOf(1, n) as OrganisationId
export const officerOf = (organisation: number, n: number) =>
  idOf(2, organisation * 16 + n) as PersonId
export const hashOf = (n: number) => n.toString(16).padStart(64, '0') as Sha256
const proposalId = idOf(3, 1) as ProposalId

const texts = { en: hashOf(0xe), fr: hashOf(0xf) }

function drawMethod({ one, upTo, isOneIn }: Chance): Method {
  const of = one(['voting', 'entitled'] as const)
  if (isOneIn(40)) {
    return { kind: 'silence', minimumMs: HOUR_MS, extensionMs: 0 }
  }
  const all = 2 + upTo(98)
  const share = { of: all, atLeast: Math.ceil(all / 2) + upTo(Math.floor(all / 2)) }
  return one<Method>([
    { kind: 'consensus' },
    { kind: 'consensus-without-concerned' },
    { kind: 'simple-majority', of },
    { kind: 'two-thirds', of },
    { kind: 'weighted', of, share },
  ])
}

function drawProposal(draw: Chance, size: number, isPlain: boolean): Poll['proposal'] {
  const { upTo, isOneIn, one } = draw
  const members = Array.from({ length: size }, (_, n) => n)
  const roster = members.map((n) => ({
    organisation: organisationOf(n),
    weight: 1 + upTo(isOneIn(2) ? 4 : 999),
    root: null,
    officers: !isPlain && isOneIn(5) ? 2 : 1,
  }))
  const out = isPlain ? [] : members.slice(1).filter(() => isOneIn(8))
  const entitled = members.filter((n) => !out.includes(n))
  const reason = one<RecusalReason>(['state-concerned', 'own-request'])
  const away = isPlain ? [] : entitled.filter(() => isOneIn(10))
  return {
    id: proposalId,
    consultation: idOf(4, 1) as Poll['proposal']['consultation'],
    number: 1,
    reading: 2,
    text: {
      title: { en: 'Joint presence', fr: 'Présence commune' },
      clauses: [{ clause: idOf(5, 1) as ClauseId, texts: { en: 'One.', fr: 'Un.' } }],
    },
    originals: ['en'],
    method: isPlain ? { kind: 'simple-majority', of: 'voting' } : drawMethod(draw),
    quorum: isPlain ? 1 : 1 + upTo(Math.min(entitled.length - 1, 3)),
    roster,
    recused: out.map((n) => ({ organisation: organisationOf(n), reason })),
    mayChange: isOneIn(2),
    isSealed: isOneIn(2),
    opensAt: OPENS,
    closesAt: addMilliseconds(OPENS, OPEN_HOURS * HOUR_MS),
    offline: away.map((n) => ({
      organisation: organisationOf(n),
      graceMs: (1 + upTo(10 * 60)) * MINUTE_MS,
    })),
  }
}

const unlessEarly = (provenAt: Instant, is: boolean): Instant =>
  is ? addMilliseconds(OPENS, -MINUTE_MS) : provenAt

function drawBallot(draw: Chance, n: number, digest: Sha256, isPlain: boolean): CastBallot {
  const { upTo, isOneIn, one } = draw
  const isOdd = (often: number) => !isPlain && isOneIn(often)
  const officer = officerOf(n, 0)
  const latest = (isPlain ? OPEN_HOURS : OPEN_HOURS + 12) * 60
  const provenAt = addMilliseconds(OPENS, upTo(latest) * MINUTE_MS)
  const skew = (upTo(240) - 120) * MINUTE_MS
  const second = isOneIn(2) ? [officerOf(n, 1)] : []
  return {
    ballot: {
      proposal: isOdd(60) ? (idOf(3, 2) as ProposalId) : proposalId,
      reading: isOdd(40) ? 1 : 2,
      texts: isOdd(40)
        ? { ...texts, ...(isOneIn(2) ? { ar: hashOf(1) } : { en: hashOf(1) }) }
        : texts,
      choice: one(Choice.options),
      explanation: null,
      organisation: organisationOf(n),
      officer,
      at: addMilliseconds(provenAt, skew),
    },
    digest,
    author: organisationOf(isOdd(30) ? n + 1 : n),
    place: 1 + upTo(40),
    signedBy: isOdd(20) ? second : [officer, ...second],
    provenAt: isOdd(15) ? null : unlessEarly(provenAt, isOdd(25)),
  }
}

/** A poll of so many members; a plain one has a ballot of each, and nothing wrong in it. */
export function drawPoll(
  seed: number,
  size: number,
  { isPlain = false } = {},
): {
  readonly poll: Poll
  readonly ballots: readonly CastBallot[]
  /** When it is counted: before its close, soon after it, or long after. */
  readonly at: Instant
} {
  const draw = chance(seed)
  const proposal = drawProposal(draw, size, isPlain)
  const { upTo, isOneIn } = draw
  const instant = () => addMilliseconds(OPENS, upTo((OPEN_HOURS + 4) * 60) * MINUTE_MS)
  const expelled = proposal.roster
    .filter(() => !isPlain && isOneIn(15))
    .map(({ organisation }) => ({ organisation, at: instant() }))
  const withdrawnAt = !isPlain && isOneIn(25) ? instant() : null
  const count = isPlain ? size : upTo(Math.ceil(size * 1.6) + 2)
  const ballots = Array.from({ length: count }, (_, at) =>
    // One beyond the roster is nobody's.
    drawBallot(draw, isPlain ? at : upTo(size), hashOf(1000 + at * 7919 + upTo(7000)), isPlain),
  )
  const again = ballots
    .filter(() => !isPlain && isOneIn(12))
    .map((one) => ({
      ...one,
      provenAt: isOneIn(2) ? null : instant(),
    }))
  return {
    poll: { proposal, texts, room: { withdrawnAt, expelled } },
    ballots: [...ballots, ...again],
    at: addMilliseconds(OPENS, upTo(4 * OPEN_HOURS * 60) * MINUTE_MS),
  }
}
