import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CastBallot, quietRoom } from './ballot.ts'
import type { Instant, Sha256 } from './brand.ts'
import { addMilliseconds } from './clock.ts'
import { drawPoll } from './made-poll.ts'
import { provableUntil, settledAt } from './proposal.ts'
import { countByHand } from './reference-tally.ts'
import { countBallots, countRecorded, isFinal, type Tally } from './tally.ts'

/** What became of each record, as the count says. */
function fatesOf(tally: Tally): ReadonlyMap<string, string> {
  return new Map([
    ...tally.counted.map(({ digest }) => [digest, 'counted'] as const),
    ...tally.replaced.map(({ digest }) => [digest, 'replaced'] as const),
    ...tally.unproven.map(({ digest }) => [digest, 'unproven'] as const),
    ...tally.refused.map(({ digest, reason }) => [digest, reason] as const),
  ])
}

const sorted = (map: ReadonlyMap<string, string>) => [...map].sort()

const drawn = fc.record({
  seed: fc.integer(),
  // Mostly few members: there ties, quorums and lone votes are.
  size: fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 1, max: 9 }) },
    fc.integer({ min: 1, max: 60 }),
  ),
})

describe('counting', () => {
  test('comes to what a count by hand comes to, in 100,000 polls', () => {
    const seen = new Map<string, number>()
    fc.assert(
      fc.property(drawn, ({ seed, size }) => {
        const { poll, ballots, at } = drawPoll(seed, size)
        const tally = countBallots(poll, ballots, at)
        const hand = countByHand(poll, ballots, at)
        const note = (name: string) => seen.set(name, (seen.get(name) ?? 0) + 1)
        note(tally.outcome)
        note(poll.proposal.method.kind)
        for (const [, fate] of hand.fates) note(fate)
        const isSame =
          tally.outcome === hand.outcome &&
          tally.counted.length === hand.votes.size &&
          tally.counted.every((one) => hand.votes.get(one.organisation) === one.choice) &&
          JSON.stringify(sorted(fatesOf(tally))) === JSON.stringify(sorted(hand.fates))
        if (isSame) return
        expect(sorted(fatesOf(tally))).toEqual(sorted(hand.fates))
        expect([tally.outcome, tally.counted]).toEqual([hand.outcome, [...hand.votes]])
      }),
      { numRuns: 100_000 },
    )
    // The draw meets everything that can become of a ballot and of a poll.
    const fates =
      'counted replaced unproven not-proven-in-time already-voted after-close before-opening expelled forked recused ' +
      'bad-assertion two-officers-needed not-the-author not-eligible wrong-text other-reading ' +
      'unknown-proposal proposal-withdrawn not-by-ballot adopted rejected blocked no-quorum ' +
      'withdrawn consensus consensus-without-concerned simple-majority two-thirds weighted'
    for (const fate of fates.split(' ')) expect(seen.get(fate) ?? 0, fate).toBeGreaterThan(50)
  })

  test('does not depend on the order, on repeats, or on what any clock of an author says', () => {
    fc.assert(
      fc.property(drawn, fc.infiniteStream(fc.integer({ min: -120, max: 120 })), (of, minutes) => {
        const { poll, ballots, at } = drawPoll(of.seed, of.size)
        const skewed = ballots.map((cast): CastBallot => {
          const skew = (minutes.next().value as number) * 60_000
          const said = new Date(Date.parse(cast.ballot.at) + skew).toISOString() as Instant
          return { ...cast, ballot: { ...cast.ballot, at: said } }
        })
        const shuffled = [...skewed, ...skewed.slice(0, 3)].sort((a, b) =>
          a.digest.slice(7) < b.digest.slice(7) ? -1 : 1,
        )
        expect(countBallots(poll, shuffled, at)).toEqual(countBallots(poll, ballots, at))
        expect(isFinal(poll, shuffled, at)).toBe(isFinal(poll, ballots, at))
      }),
      { numRuns: 2000 },
    )
  })

  test('names each record once, and everybody who did not vote', () => {
    fc.assert(
      fc.property(drawn, ({ seed, size }) => {
        const { poll, ballots, at } = drawPoll(seed, size)
        const { counted, replaced, refused, unproven, notVoted, entitled } = countBallots(
          poll,
          ballots,
          at,
        )
        const all = [...counted, ...replaced, ...refused, ...unproven].map(({ digest }) => digest)
        expect(all.sort()).toEqual([...new Set(ballots.map(({ digest }) => digest))].sort())
        expect(counted.length + notVoted.length).toBe(entitled.organisations)
        const voters = counted.map(({ organisation }) => organisation)
        expect(new Set([...voters, ...notVoted]).size).toBe(entitled.organisations)
      }),
      { numRuns: 2000 },
    )
  })

  test('takes the earlier of two proofs, and waits for one that is missing', () => {
    const { poll, ballots } = drawPoll(1, 3, { isPlain: true })
    const [cast] = ballots as [CastBallot]
    const { closesAt } = poll.proposal
    const soon = addMilliseconds(closesAt, 1)
    const late = { ...cast, provenAt: soon }
    const count = (...list: CastBallot[]) => countBallots(poll, list, soon)
    expect(count(late).refused).toMatchObject([{ reason: 'after-close' }])
    expect(count(late, cast)).toEqual(count(cast, late))
    expect(count(late, cast).counted).toHaveLength(1)
    const mute = { ...cast, provenAt: null }
    const { digest } = cast
    expect(count(mute).unproven).toEqual([{ digest, organisation: cast.ballot.organisation }])
    expect(isFinal(poll, [cast], closesAt)).toBe(false)
    expect(isFinal(poll, [cast], soon)).toBe(true)
  })

  test('is held up by a ballot without a proof for as long again as voting was open, and no longer', () => {
    const { poll, ballots } = drawPoll(1, 3, { isPlain: true })
    const [cast] = ballots as [CastBallot]
    const mute = { ...cast, provenAt: null }
    const last = provableUntil(poll.proposal)
    const over = addMilliseconds(last, 1)
    expect(isFinal(poll, [mute], last)).toBe(false)
    expect(countBallots(poll, [mute], last).unproven).toHaveLength(1)
    expect(isFinal(poll, [mute], over)).toBe(true)
    expect(countBallots(poll, [mute], over).refused).toMatchObject([
      { digest: cast.digest, reason: 'not-proven-in-time' },
    ])
    // A member that is out may have voted before: that is waited for, and stands once it is proven.
    const organisation = cast.ballot.organisation
    const expelled = [{ organisation, at: addMilliseconds(cast.provenAt as Instant, 1) }]
    const out = { ...poll, room: { ...quietRoom, expelled } }
    expect(countBallots(out, [mute], last).refused).toMatchObject([{ reason: 'expelled' }])
    expect(isFinal(out, [mute], last)).toBe(false)
    expect(isFinal(out, [mute], over)).toBe(true)
    expect(countBallots(out, [cast], over).counted).toHaveLength(1)
  })

  test('is final after a time that is known when it is put, and then changes by no proof that comes later', () => {
    fc.assert(
      fc.property(drawn, fc.boolean(), ({ seed, size }, isLate) => {
        const { poll, ballots } = drawPoll(seed, size)
        const { proposal } = poll
        const end = isLate ? provableUntil(proposal) : settledAt(proposal, proposal.closesAt)
        const at = addMilliseconds(end, 1)
        // Some of them nobody else has seen yet, and the proofs of about half are still under way.
        const held = ballots
          .filter(({ digest }) => !/[0-2]$/.test(digest))
          .map((cast) => (/[02468ace]$/.test(cast.digest) ? cast : { ...cast, provenAt: null }))
        if (isLate) expect(isFinal(poll, held, at)).toBe(true)
        if (!isFinal(poll, held, at)) return
        const told = countBallots(poll, held, at)
        expect(told.unproven).toEqual([])
        const after = addMilliseconds(at, 1e9)
        const voted = (tally: Tally) => [tally.outcome, tally.counted.map(({ digest }) => digest)]
        expect(voted(countBallots(poll, held, after))).toEqual(voted(told))
        const since = countRecorded(poll, ballots, { told, isAfter: () => true, at: after })
        expect(voted(since)).toEqual(voted(told))
        const all = [...since.counted, ...since.replaced, ...since.refused, ...since.unproven]
        expect(new Set(all.map(({ digest }) => digest))).toEqual(
          new Set(ballots.map(({ digest }) => digest)),
        )
      }),
      { numRuns: 2000 },
    )
  })

  test('a tie adopts nothing, nor does an abstention of all, nor two thirds less one', () => {
    const outcome = (method: object, choices: readonly ('yes' | 'no' | 'abstain')[]) => {
      const { poll, ballots } = drawPoll(7, choices.length, { isPlain: true })
      const proposal = { ...poll.proposal, method: method as never, quorum: 1 }
      const cast = ballots.map((one, at) => ({
        ...one,
        ballot: { ...one.ballot, choice: choices[at] ?? 'abstain' },
      }))
      return countBallots({ ...poll, proposal, room: quietRoom }, cast, proposal.closesAt).outcome
    }
    const simple = { kind: 'simple-majority', of: 'voting' }
    expect(outcome(simple, ['yes', 'no'])).toBe('rejected')
    expect(outcome(simple, ['yes', 'abstain', 'abstain'])).toBe('adopted')
    expect(outcome({ ...simple, of: 'entitled' }, ['yes', 'abstain'])).toBe('rejected')
    expect(outcome({ kind: 'consensus' }, ['abstain', 'abstain'])).toBe('rejected')
    expect(outcome({ kind: 'consensus' }, ['yes', 'abstain'])).toBe('adopted')
    expect(outcome({ kind: 'consensus' }, ['yes', 'yes', 'no'])).toBe('blocked')
    const two = { kind: 'two-thirds', of: 'voting' }
    expect(outcome(two, ['yes', 'yes', 'no'])).toBe('adopted')
    expect(outcome(two, ['yes', 'no', 'abstain'])).toBe('rejected')
    expect(outcome(two, ['abstain', 'abstain'])).toBe('rejected')
    const half = { kind: 'weighted', of: 'voting', share: { of: 2, atLeast: 1 } }
    expect(outcome(half, ['abstain', 'abstain'])).toBe('rejected')
  })

  test('one person changes nobody else: a ballot that is refused leaves the rest as it was', () => {
    fc.assert(
      fc.property(drawn, ({ seed, size }) => {
        const { poll, ballots, at } = drawPoll(seed, size)
        const whole = countBallots(poll, ballots, at)
        // A fork and a second vote are refused for what stands beside them.
        const alone = whole.refused.filter(
          ({ reason }) => reason !== 'forked' && reason !== 'already-voted',
        )
        const out = new Set<Sha256>(alone.map(({ digest }) => digest))
        const forks = whole.refused.some(({ reason }) => reason === 'forked')
        if (forks) return
        const rest = countBallots(
          poll,
          ballots.filter(({ digest }) => !out.has(digest)),
          at,
        )
        expect(rest.counted).toEqual(whole.counted)
        expect(rest.outcome).toBe(whole.outcome)
      }),
      { numRuns: 2000 },
    )
  })
})
