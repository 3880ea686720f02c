import type { BodyLine } from '@tocsin/api/bodies.ts'
import { describe, expect, test } from 'vitest'
import { linesIn } from './body-lines.ts'

const line = (code: string, parts: Partial<BodyLine>): BodyLine => ({
  code,
  region: 'africa',
  names: { en: code },
  isFictional: false,
  members: 0,
  suspended: 0,
  unknown: 0,
  organs: 0,
  procedures: 0,
  ...parts,
})
const lines = [
  line('AU', { names: { en: 'African Union' } }),
  line('EU', { names: { en: 'European Union' }, region: 'europe' }),
  line('CFR', { names: { en: 'Union of the Rivers' }, region: 'five-rivers', isFictional: true }),
]
const found = (search: Record<string, string>) =>
  linesIn(lines, search, 'en').map(({ code }) => code)

describe('the list of bodies', () => {
  test('narrows by region and by every word of the name or code', () => {
    expect(found({})).toEqual(['AU', 'EU'])
    expect(found({ region: 'europe' })).toEqual(['EU'])
    expect(found({ text: 'UNION african' })).toEqual(['AU'])
    expect(found({ text: 'au' })).toEqual(['AU'])
    expect(found({ text: 'none' })).toEqual([])
    expect(found({ region: 'nowhere' })).toEqual([])
  })

  test('shows what is fictional only to those who ask for it', () => {
    expect(found({ text: 'union' })).toEqual(['AU', 'EU'])
    expect(found({ region: 'five-rivers' })).toEqual(['CFR'])
  })
})
