import { describe, expect, test } from 'vitest'
import { addMilliseconds } from './clock.ts'
import { ordered, start, step, term } from './made-order.ts'
import { hashOf, organisationOf } from './made-poll.ts'
import { type HeldSequence, isOverdue, lastProven, orderOf, PATIENCE_MS } from './sequence.ts'

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
  })
})

test('a participant complains of what was proven long enough ago and stands nowhere', () => {
  const record = { digest: hashOf(1), provenAt: start }
  const later = addMilliseconds(start, PATIENCE_MS + 1)
  expect(isOverdue(record, [], later)).toBe(true)
  expect(isOverdue(record, [], addMilliseconds(start, PATIENCE_MS))).toBe(false)
  expect(isOverdue(record, [], start, -1)).toBe(true)
  expect(isOverdue(record, [hashOf(1)], later)).toBe(false)
  expect(isOverdue({ ...record, provenAt: null }, [], later)).toBe(false)
})
