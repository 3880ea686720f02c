import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CastBallot } from './ballot.ts'
import type { Instant, Sha256 } from './brand.ts'
import { addMilliseconds } from './clock.ts'
import { checkHome, checkTallies, type Finding, type HomeEvidence } from './home-check.ts'
import { consultation, home, minute, ordered, start, step, term } from './made-order.ts'
import { chance, drawPoll, hashOf, organisationOf } from './made-poll.ts'
import { type HeldSequence, PATIENCE_MS, type RoomRecord } from './sequence.ts'
import { countBallots, type Tally } from './tally.ts'

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

describe('an honest home', () => {
  test('may say the same twice, and hand over to another', () => {
    const [first] = honest as [HeldSequence]
    const again = { ...first, digest: hashOf(77) }
    expect(found({ sequences: [again, ...honest], records })).toEqual([])
    const next = organisationOf(1)
    const terms = [term, { term: 1, home: next, after: { place: 1, digest: first.digest } }]
    const entries = [hashOf(3), hashOf(2)]
    const anew = step({ home: next, term: 1, place: 2, previous: first.digest, entries }, 9)
    expect(found({ terms, sequences: [...honest, anew], records })).toEqual([])
  })

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
        const tally = countBallots(poll, ballots, poll.proposal.closesAt)
        const tallies = [{ tally, digest: hashOf(5), author: home }]
        const polls = [{ poll, ballots, tallies, earlier: [] }]
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
  const counted = countBallots(poll, ballots, poll.proposal.closesAt)
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
      polls: [
        { poll, ballots: cast, tallies: [{ tally, digest: hashOf(5), author: home }], earlier: [] },
      ],
    })
  const others = (without: Sha256) => ballots.filter(({ digest }) => digest !== without)

  test('is named for a ballot that it drops: proven where it had put it in order', () => {
    for (const { digest } of ballots) {
      const tally = countBallots(poll, others(digest), poll.proposal.closesAt)
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

  test('stays named for a ballot that it forged, whatever it says later', () => {
    const [one] = counted.counted as [Tally['counted'][number]]
    const rest = counted.counted.slice(1)
    const choice = one.choice === 'yes' ? 'no' : 'yes'
    const say = (tally: Tally, n: number) => ({ tally, digest: hashOf(n), author: home })
    const after = (before: Tally) =>
      checkHome({
        ...nothing,
        polls: [{ poll, ballots, tallies: [say(counted, 6)], earlier: [say(before, 5)] }],
      })
    expect(after({ ...counted, counted: [{ ...one, choice }, ...rest] })).toEqual([
      { kind: 'ballot-forged', home, isProven: true, digests: [hashOf(5), one.digest] },
    ])
    // It may not have had it yet.
    expect(after({ ...counted, counted: rest })).toEqual([])
  })

  test('is named in any poll, whatever it does to the list', () => {
    let named = 0
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 12 }), (seed, size) => {
        const drawn = drawPoll(seed, size)
        const honestTally = countBallots(drawn.poll, drawn.ballots, drawn.at)
        const order = new Set(drawn.ballots.map((one) => one.digest))
        const kindsOf = (tally: Tally) =>
          checkTallies(
            { ...drawn, tallies: [{ tally, digest: hashOf(5), author: home }] },
            order,
          ).map((finding) => `${finding.kind} ${finding.home} ${finding.isProven}`)
        expect(kindsOf(honestTally)).toEqual([])
        const list = honestTally.counted
        for (const [at, one] of list.entries()) {
          const without = list.filter((_, place) => place !== at)
          expect(kindsOf({ ...honestTally, counted: without })).toEqual([
            `ballot-dropped ${home} true`,
          ])
          const choice = one.choice === 'abstain' ? 'yes' : 'abstain'
          const turned = [...without, { ...one, choice } as const]
          expect(kindsOf({ ...honestTally, counted: turned })).toEqual([
            `ballot-forged ${home} true`,
          ])
          named += 1
        }
        for (const { digest, organisation } of [...honestTally.refused, ...honestTally.unproven]) {
          const { choice } = drawn.ballots.find((cast) => cast.digest === digest)?.ballot ?? {}
          const more = { digest, organisation, choice: choice ?? 'yes', provenAt: start }
          const found = kindsOf({ ...honestTally, counted: [...list, more] })
          expect(found.map((finding) => finding.split(' ')[0])).toEqual(['ballot-miscounted'])
          named += 1
        }
      }),
      { numRuns: 1000 },
    )
    expect(named).toBeGreaterThan(1000)
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
          tallies: [
            {
              tally: countBallots(changing, ballots, changing.proposal.closesAt),
              digest: hashOf(5),
              author: home,
            },
          ],
          earlier: [],
        },
      ],
    }
    expect(brief(checkHome(evidence))).toEqual(['ballot-dropped?', 'ballot-miscounted?'])
  })
})
