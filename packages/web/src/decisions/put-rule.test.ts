import { Putting } from '@tocsin/domain/deciding.ts'
import { describe, expect, test } from 'vitest'
import { kinds, ruleIn } from './put-rule.ts'

const organisation = '01900000-0000-7000-8000-000000000001'
const other = '01900000-0000-7000-8000-000000000002'

/** What stands in the form for any kind of rule: a browser sends only the fields that are on screen. */
function fieldsOf(parts: Readonly<Record<string, string>>): FormData {
  const fields = new FormData()
  const all = {
    closesAt: '2026-01-04T12:30',
    quorum: '2',
    isSealed: 'on',
    of: 'entitled',
    ...parts,
  }
  for (const [name, value] of Object.entries(all)) fields.set(name, value)
  return fields
}

const Rule = Putting.omit({
  title: true,
  clauses: true,
  originals: true,
  item: true,
  hasConvenerSay: true,
})

describe('the rule that is chosen', () => {
  test.each(kinds)('is one that can be put: %s', (method) => {
    const hours = { minimumHours: '24', extensionHours: '0' }
    const shares = { atLeast: '3', parts: '4', [`weight-${organisation}`]: '5' }
    const recusals = { [`recuse-${organisation}`]: '', [`recuse-${other}`]: 'own-request' }
    const rule = ruleIn(fieldsOf({ method, ...hours, ...shares, ...recusals }))
    expect(Rule.parse(rule)).toEqual(rule)
    expect(rule).toMatchObject({ method: { kind: method }, closesAt: '2026-01-04T12:30:00.000Z' })
  })

  test('keeps what was said of each organisation, and no box that is not ticked', () => {
    const weights = { [`weight-${organisation}`]: '5', [`weight-${other}`]: '2' }
    const recusals = { [`recuse-${organisation}`]: '', [`recuse-${other}`]: 'conflict-of-interest' }
    const shares = { atLeast: '3', parts: '4' }
    const rule = ruleIn(fieldsOf({ method: 'weighted', ...shares, ...weights, ...recusals }))
    expect(rule).toMatchObject({
      method: { kind: 'weighted', of: 'entitled', share: { atLeast: 3, of: 4 } },
      ...{ quorum: 2, opensAt: null, isSealed: true, mayChange: false },
      weights: [
        { organisation, weight: 5 },
        { organisation: other, weight: 2 },
      ],
      recused: [{ organisation: other, reason: 'conflict-of-interest' }],
    })
  })

  test('asks under silence for nothing that only ballots know', () => {
    const hours = { minimumHours: '24', extensionHours: '72' }
    const rule = ruleIn(fieldsOf({ method: 'silence', ...hours, [`weight-${other}`]: '9' }))
    expect(rule).toMatchObject({ isSealed: false, weights: [], recused: [], quorum: 1 })
  })
})
