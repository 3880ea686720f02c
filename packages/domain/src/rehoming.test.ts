import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Instant } from './brand.ts'
import { hashOf, organisationOf } from './made-poll.ts'
import { homesOf, type SignedRehome, twoThirdsOf } from './rehoming.ts'

const room = (size: number) => ({
  home: organisationOf(0),
  participants: Array.from({ length: size }, (_, n) => organisationOf(n)),
})
let drawn = 0
const signed = (
  author: number,
  to: number,
  more: Partial<SignedRehome['rehome']> = {},
): SignedRehome => {
  drawn += 1
  return {
    rehome: {
      consultation:
        '01900000-0004-7000-8000-000000000001' as SignedRehome['rehome']['consultation'],
      term: 1,
      from: organisationOf(0),
      to: organisationOf(to),
      after: { place: 3, digest: hashOf(3) },
      grounds: [],
      reasons: `Nothing since noon, says ${author}.`,
      ...more,
    },
    digest: hashOf(drawn),
    author: organisationOf(author),
    provenAt: '2026-11-22T08:00:00.000Z' as Instant,
  }
}
const by = (authors: readonly number[], to = 1, more = {}) =>
  authors.map((one) => signed(one, to, more))
const homes = (size: number, signatures: readonly SignedRehome[]) =>
  homesOf(room(size), signatures).terms.map(({ home }) => home)

describe('another home', () => {
  test('takes over when two thirds of the participants sign for it and one step', () => {
    expect([1, 2, 3, 4, 5, 6, 7].map(twoThirdsOf)).toEqual([1, 2, 2, 3, 4, 4, 5])
    expect(homes(7, by([1, 2, 3, 4]))).toEqual([organisationOf(0)])
    expect(homes(7, by([1, 2, 3, 4, 4]))).toEqual([organisationOf(0)])
    expect(homes(7, by([1, 2, 3, 4, 9]))).toEqual([organisationOf(0)])
    const { terms } = homesOf(room(7), by([1, 2, 3, 4, 5]))
    expect(terms[1]).toEqual({
      term: 1,
      home: organisationOf(1),
      after: { place: 3, digest: hashOf(3) },
    })
    const split = [...by([1, 2, 3]), ...by([4, 5], 1, { after: null })]
    expect(homes(7, split)).toEqual([organisationOf(0)])
  })

  test('is another, is one of them, and follows the home that is', () => {
    expect(homes(3, by([0, 1, 2], 0))).toEqual([organisationOf(0)])
    expect(homes(3, by([0, 1, 2], 5))).toEqual([organisationOf(0)])
    expect(homes(3, by([0, 1, 2], 1, { from: organisationOf(2) }))).toEqual([organisationOf(0)])
    const second = by([0, 1], 2, { term: 2, from: organisationOf(1) })
    expect(homes(3, second)).toEqual([organisationOf(0)])
    expect(homes(3, [...second, ...by([1, 2])])).toEqual([0, 1, 2].map(organisationOf))
  })

  test('is not made by whoever signs for two; both signatures fall and the signer is named', () => {
    const { terms, signedTwice } = homesOf(room(3), [...by([1, 2]), signed(2, 2)])
    expect(terms).toHaveLength(1)
    expect(signedTwice).toEqual([organisationOf(2)])
  })

  test('is the same whatever the order in which the signatures came, and never two of one term', () => {
    const signature = fc.record({
      author: fc.nat(6),
      to: fc.nat(3),
      term: fc.integer({ min: 1, max: 2 }),
      from: fc.nat(3),
    })
    fc.assert(
      fc.property(fc.array(signature, { maxLength: 24 }), (list) => {
        const all = list.map(({ author, to, term, from }) =>
          signed(author, to, { term, from: organisationOf(from) }),
        )
        const answer = homesOf(room(5), all)
        expect(homesOf(room(5), [...all.toReversed(), ...all])).toEqual(answer)
        expect(answer.terms.map(({ term }) => term)).toEqual(answer.terms.map((_, at) => at))
      }),
    )
  })
})
