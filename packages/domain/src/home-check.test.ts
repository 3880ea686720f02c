import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CastBallot } from './ballot.ts'
import type { Instant, Sha256 } from './brand.ts'
import { addMilliseconds } from './clock.ts'
import { checkHome, type Finding, type HomeEvidence } from './home-check.ts'
import { chance, drawPoll, hashOf, organisationOf } from './made-poll.ts'
import {
  type HeldSequence,
  lastProven,
  orderOf,
  PATIENCE_MS,
  type RoomRecord,
  type Sequence,
  type Term,
} from './sequence.ts'
import { countBallots, type Tally } from './tally.ts'

const start = '2026-11-22T08:00:00.000Z' as Instant
const minute = (n: number) => addMilliseconds(start, n * 60_000)
const home = organisationOf(0)
const term: Term = { term: 0, home, after: null }
const consultation = '01900000-0004-7000-8000-000000000001' as Sequence['consultation']

/** The digest of a step follows from what it says, as that of a record does. */
function step(sequence: Omit<Sequence, 'consultation'>, at: number | null): HeldSequence {
  const said = [sequence.term, sequence.place, sequence.previous, ...sequence.entries].join()
  let sum = 7
  for (const sign of said) sum = (Math.imul(sum, 31) + sign.charCodeAt(0)) >>> 0
  return {
    sequence: { consultation, ...sequence },
    digest: hashOf(0xabc_0000_0000 + sum),
    author: sequence.home,
    provenAt: at === null ? null : minute(at),
  }
}

/** An honest order of these entries, one step each minute. */
function ordered(steps: readonly (readonly Sha256[])[]): readonly HeldSequence[] {
  const made: HeldSequence[] = []
  for (const [at, entries] of steps.entries()) {
    const previous = made.at(-1)?.digest ?? null
    made.push(step({ home, term: 0, place: at + 1, previous, entries: [...entries] }, at))
  }
  return made
}

const record = (n: number, author: number, place: number, at: number | null = 0): RoomRecord => ({
  digest: hashOf(n),
  author: organisationOf(author),
  place,
  provenAt: at === null ? null : minute(at),
})

const nothing: HomeEvidence = {
  terms: [term],
  sequences: [],
  records: [],
  complaints: [],
  at: minute(60),
  polls: [],
}
const found = (evidence: Partial<HomeEvidence>) => checkHome({ ...nothing, ...evidence })
const brief = (findings: readonly Finding[]) =>
  findings.map(({ kind, isProven }) => `${kind}${isProven ? '!' : '?'}`)

const records = [record(1, 1, 1), record(2, 2, 1), record(3, 1, 2)]
const honest = ordered([[hashOf(1)], [hashOf(2), hashOf(3)]])

describe('the order', () => {
  test('is that of the steps, however they came, and ends before what is missing or forked', () => {
    expect(orderOf([term], honest.toReversed())).toEqual([1, 2, 3].map(hashOf))
    expect(orderOf([term], honest.slice(1))).toEqual([])
    const [first] = honest as [HeldSequence]
    const other = step(
      { ...first.sequence, place: 2, previous: first.digest, entries: [hashOf(9)] },
      1,
    )
    expect(orderOf([term], [...honest, other])).toEqual([hashOf(1)])
    const foreign = { ...first, author: organisationOf(3) }
    expect(orderOf([term], [foreign])).toEqual([])
  })

  test('is the same where its home said the same twice, with two records', () => {
    const [first, second] = honest as [HeldSequence, HeldSequence]
    const again = { ...first, digest: hashOf(77) }
    expect(orderOf([term], [again, second, first])).toEqual([1, 2, 3].map(hashOf))
    expect(checkHome({ ...nothing, sequences: [again, ...honest], records })).toEqual([])
  })

  test('goes on with the next home from the step that two thirds named', () => {
    const [first, second] = honest as [HeldSequence, HeldSequence]
    const next = organisationOf(1)
    const terms = [term, { term: 1, home: next, after: { place: 1, digest: first.digest } }]
    const anew = step(
      { home: next, term: 1, place: 2, previous: first.digest, entries: [hashOf(3), hashOf(2)] },
      9,
    )
    expect(orderOf(terms, [...honest, anew])).toEqual([1, 3, 2].map(hashOf))
    expect(orderOf(terms, [second, anew])).toEqual([])
    expect(lastProven([term], [first, { ...second, provenAt: null }])).toEqual({
      place: 1,
      digest: first.digest,
    })
    expect(lastProven([term], [])).toBeNull()
    expect(checkHome({ ...nothing, terms, sequences: [...honest, anew], records })).toEqual([])
  })
})

describe('an honest home', () => {
  test('is not accused, whatever is on its way, of whatever poll', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 12 }), (seed, size) => {
        const { poll, ballots } = drawPoll(seed, size)
        const draw = chance(seed)
        const digests = [...new Set(ballots.map(({ digest }) => digest))]
        const steps: Sha256[][] = []
        for (let at = 0; at < digests.length; ) {
          const many = 1 + draw.upTo(3)
          steps.push(digests.slice(at, at + many))
          at += many
        }
        const sequences = ordered(steps).filter(() => !draw.isOneIn(5))
        const all = digests.flatMap((digest, at): RoomRecord[] => {
          const cast = ballots.find((one) => one.digest === digest)
          return cast ? [{ ...cast, place: at + 1 }] : []
        })
        const tally = countBallots(poll, ballots)
        const tallies = [{ tally, digest: hashOf(5), author: home }]
        const polls = [{ poll, ballots, tallies }]
        expect(
          found({ sequences, records: all, polls, at: poll.proposal.closesAt }).filter(
            ({ isProven }) => isProven,
          ),
        ).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })
})

describe('a home that is not honest', () => {
  test('is named for two orders, a broken one, and for what stands in it twice or is hidden', () => {
    const [first, second] = honest as [HeldSequence, HeldSequence]
    const other = step({ ...second.sequence, entries: [hashOf(3), hashOf(2)] }, 2)
    const forked = found({ sequences: [...honest, other], records })
    expect(forked).toEqual([
      { kind: 'two-orders', home, isProven: true, digests: [second.digest, other.digest].sort() },
    ])
    const broken = step({ ...second.sequence, previous: hashOf(66) }, 2)
    expect(brief(found({ sequences: [first, broken], records }))).toContain('order-broken!')
    const twice = ordered([[hashOf(1)], [hashOf(2), hashOf(3), hashOf(1)]])
    expect(brief(found({ sequences: twice, records }))).toEqual(['entry-repeated!'])
    expect(brief(found({ sequences: honest, records: records.slice(1) }))).toEqual([
      'entry-not-shown?',
    ])
    expect(found({ sequences: honest, records: records.slice(1), at: minute(9) })).toEqual([])
  })

  test('is named for leaving out what was said before something that it has put in order', () => {
    const [, , last] = records as [RoomRecord, RoomRecord, RoomRecord]
    const sequences = ordered([[hashOf(2), last.digest]])
    expect(found({ sequences, records })).toEqual([
      { kind: 'left-out', home, isProven: true, digests: [hashOf(1), last.digest] },
    ])
    // Not before everybody has waited long enough, and not of what is not proven to be there.
    expect(found({ sequences, records, at: addMilliseconds(start, PATIENCE_MS) })).toEqual([])
    const unproven = [record(1, 1, 1, null), ...records.slice(1)]
    expect(found({ sequences, records: unproven })).toEqual([])
  })

  test('has to explain a complaint; where it has gone quiet it is not accused of more', () => {
    const complaint = {
      ...record(8, 3, 2, 20),
      complaint: { consultation, home, term: 0, missing: hashOf(4) },
    }
    const all = [...records, record(4, 3, 1)]
    const quiet = found({ sequences: honest, records: all, complaints: [complaint] })
    expect(quiet).toContainEqual({
      kind: 'home-silent',
      home,
      isProven: false,
      digests: [hashOf(4), hashOf(8)],
    })
    const previous = honest[1]?.digest ?? null
    const more = step({ home, term: 0, place: 3, previous, entries: [hashOf(1)] }, 40)
    const goesOn = found({ sequences: [...honest, more], records: all, complaints: [complaint] })
    expect(brief(goesOn)).toContain('left-out?')
    const heard = step({ home, term: 0, place: 3, previous, entries: [hashOf(8)] }, 40)
    const proven = found({ sequences: [...honest, heard], records: all, complaints: [complaint] })
    expect(proven).toEqual([
      { kind: 'left-out', home, isProven: true, digests: [hashOf(4), hashOf(8)] },
    ])
    expect(
      found({ sequences: honest, records: all, complaints: [complaint], at: minute(25) }),
    ).toEqual([])
  })

  const { poll, ballots } = drawPoll(11, 4, { isPlain: true })
  const counted = countBallots(poll, ballots)
  const digests = ballots.map(({ digest }) => digest)
  const told = (
    tally: Tally,
    cast: readonly CastBallot[] = ballots,
    sequences = ordered([digests]),
  ) =>
    checkHome({
      ...nothing,
      at: start,
      sequences,
      records: ballots,
      polls: [{ poll, ballots: cast, tallies: [{ tally, digest: hashOf(5), author: home }] }],
    })
  const others = (without: Sha256) => ballots.filter(({ digest }) => digest !== without)

  test('is named for a ballot that it drops: proven where it had put it in order', () => {
    for (const { digest } of ballots) {
      const tally = countBallots(poll, others(digest))
      const finding = { kind: 'ballot-dropped', home, digests: [hashOf(5), digest] }
      expect(told(tally)).toEqual([{ ...finding, isProven: true }])
      expect(told(tally, ballots, [])).toEqual([{ ...finding, isProven: false }])
    }
  })

  test('is named for a ballot that it forges, changes, invents or lets in', () => {
    const [one] = counted.counted as [Tally['counted'][number]]
    const rest = counted.counted.slice(1)
    const choice = one.choice === 'yes' ? 'no' : 'yes'
    const changed = { ...counted, counted: [{ ...one, choice } as const, ...rest] }
    expect(told(changed)).toEqual([
      { kind: 'ballot-forged', home, isProven: true, digests: [hashOf(5), one.digest] },
    ])
    const invented = { ...one, digest: hashOf(99), organisation: organisationOf(9) }
    expect(brief(told({ ...counted, counted: [...counted.counted, invented] }))).toEqual([
      'ballot-not-shown?',
    ])
    const late = ballots.map((cast) =>
      cast.digest === one.digest
        ? { ...cast, provenAt: '2027-01-01T00:00:00.000Z' as Instant }
        : cast,
    )
    expect(brief(told(counted, late))).toEqual(['ballot-miscounted!'])
    const waiting = ballots.map((cast) =>
      cast.digest === one.digest ? { ...cast, provenAt: null } : cast,
    )
    expect(brief(told(counted, waiting))).toEqual(['ballot-miscounted?'])
  })

  test('is named for another result of the same ballots', () => {
    const outcome = counted.outcome === 'adopted' ? 'rejected' : 'adopted'
    expect(brief(told({ ...counted, outcome }))).toEqual(['other-result!'])
    const more = { organisations: counted.yes.organisations + 1, weight: counted.yes.weight + 1 }
    expect(brief(told({ ...counted, yes: more }))).toEqual(['other-result!'])
    const twice = { ...counted, counted: [...counted.counted, ...counted.counted.slice(0, 1)] }
    expect(brief(told(twice))).toEqual(['other-result!'])
    expect(told(counted)).toEqual([])
  })

  test('has not dropped the ballot that replaced one it counts, where that had not come', () => {
    const [first] = ballots as [CastBallot]
    const changing = { ...poll, proposal: { ...poll.proposal, mayChange: true } }
    const second = { ...first, digest: hashOf(123), place: 99 }
    const evidence = {
      ...nothing,
      at: start,
      sequences: ordered([digests]),
      polls: [
        {
          poll: changing,
          ballots: [...ballots, second],
          tallies: [{ tally: countBallots(changing, ballots), digest: hashOf(5), author: home }],
        },
      ],
    }
    expect(brief(checkHome(evidence))).toEqual(['ballot-dropped?', 'ballot-miscounted?'])
  })
})
