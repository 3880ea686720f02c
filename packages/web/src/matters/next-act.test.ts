import type { Instant } from '@tocsin/domain/brand.ts'
import type { Stations } from '@tocsin/domain/matter.ts'
import { expect, test } from 'vitest'
import { nextActOf } from './next-act.ts'

const at = (hour: number) => `2026-01-01T${String(hour).padStart(2, '0')}:00:00.000Z` as Instant

type Parts = {
  readonly stations?: Stations
  readonly level?: number
  readonly closedAt?: Instant
  readonly states?: readonly string[]
  readonly clocks?: readonly { kind: string; dueAt: Instant }[]
  readonly answeredAt?: Instant | null
  readonly stamps?: object
}

const next = ({ stations = {}, level = 2, closedAt, states = [], clocks = [], ...rest }: Parts) =>
  nextActOf({
    asOf: at(12),
    matter: { stations, level, closedAt: closedAt ?? null },
    clocks,
    warnings: states.map((state, index) => ({ id: `${index}`, state })),
    notifications: states.map((_, index) => ({
      warning: `${index}`,
      acknowledgedAt: at(9),
      answeredAt: rest.answeredAt ?? null,
      answerBy: at(20),
    })),
    stamps: rest.stamps ?? {},
  } as never)

const observed = { observed: at(1) }
const assessed = { ...observed, assessed: at(2) }
const warned = { ...assessed, warned: at(3) }

test('a matter waits for one act of its organisation at a time', () => {
  expect(next({})).toBe('report')
  expect(next({ stations: observed })).toBe('assess')
  expect(next({ stations: assessed })).toBe('warn')
  expect(next({ stations: assessed, level: 0 })).toBe('review')
  expect(next({ stations: assessed, states: ['draft'] })).toBe('sign')
  const consult = [{ kind: 'consult', dueAt: at(20) }]
  expect(next({ stations: warned, states: ['sent'], clocks: consult })).toBe('consult')
  expect(next({ stations: { warned: at(3) }, states: ['sent'], clocks: consult })).toBe('consult')
  const answered = { stations: warned, states: ['sent'], answeredAt: at(10) }
  expect(next(answered)).toBe('action')
  expect(next({ ...answered, stamps: { T6: at(11) } })).toBe('effect')
  expect(next({ ...answered, stamps: { T6: at(11), T7: at(12) } })).toBe('review')
})

test('a review that is over time comes before everything but a draft that waits to be signed', () => {
  const late = [{ kind: 'review', dueAt: at(12) }]
  expect(next({ clocks: late })).toBe('review')
  expect(next({ clocks: late, states: ['draft'] })).toBe('sign')
  expect(next({ clocks: [{ kind: 'review', dueAt: at(13) }] })).toBe('report')
})

test('nothing is asked while others owe an answer, nor of a closed matter', () => {
  expect(next({ stations: warned, states: ['sent'] })).toBeUndefined()
  expect(next({ stations: warned, states: ['cancelled'] })).toBe('action')
  expect(next({ closedAt: at(11) })).toBeUndefined()
})
