import { expect, test } from 'vitest'
import { filtersIn } from './filters.ts'

test('days are asked for whole: from the first moment of one to the last of the other', () => {
  expect(filtersIn({ from: '2026-01-30', until: '2026-01-31', act: 'people' })).toEqual({
    person: undefined,
    act: 'people',
    from: '2026-01-30T00:00:00.000Z',
    until: '2026-02-01T00:00:00.000Z',
  })
})

test('what is no day and no person narrows nothing', () => {
  expect(filtersIn({ from: 'yesterday', until: '2026-02-30', person: 'ada', act: '' })).toEqual({})
})
