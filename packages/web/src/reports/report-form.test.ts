import { Estimate, ReportForm } from '@tocsin/domain/report.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { harmIn, reportIn } from './report-form.ts'

const fieldsOf = (values: Readonly<Record<string, string>>) => {
  const fields = new FormData()
  for (const [name, value] of Object.entries(values)) fields.set(name, value)
  return fields
}

const estimate = (low: string, best: string, high: string) =>
  harmIn(fieldsOf({ 'killed-low': low, 'killed-best': best, 'killed-high': high }))

describe('estimates of harm', () => {
  test('are left out where nothing is known, and zero is a figure', () => {
    expect(estimate('', '', '')).toEqual({})
    expect(estimate('0', '', '0')).toEqual({ killed: { low: 0, best: null, high: 0 } })
    expect(estimate('2', '3', '9')).toEqual({ killed: { low: 2, best: 3, high: 9 } })
  })

  test('that cannot be are refused with the field, before anything is sent', () => {
    const bad = [
      ['9', '', '3'],
      ['1', '9', '3'],
      ['4', '2', '9'],
      ['', '5', ''],
      ['5', '', ''],
      ['-1', '', '3'],
      ['1.5', '', '3'],
      ['1', '', '100000000'],
      ['many', '', '3'],
    ] as const
    for (const [low, best, high] of bad) {
      const refused = { code: 'request.invalid', details: { issues: [{ path: 'killed' }] } }
      expect(() => estimate(low, best, high), `${low} ${best} ${high}`).toThrow(
        expect.objectContaining({ code: refused.code }),
      )
    }
  })

  test('that pass are always such as the node takes', () => {
    const text = fc.oneof(
      fc.constant(''),
      fc.integer({ min: -5, max: 50 }).map(String),
      fc.string(),
    )
    fc.assert(
      fc.property(text, text, text, (low, best, high) => {
        try {
          const { killed } = estimate(low, best, high)
          if (killed) expect(Estimate.safeParse(killed).success).toBe(true)
        } catch (error) {
          expect(error).toMatchObject({ code: 'request.invalid' })
        }
      }),
    )
  })
})

const whole = {
  kind: 'incident',
  what: 'Marks on doors.',
  fromDay: '2026-01-01',
  untilDay: '2026-01-02',
  sourceGrade: 'B',
  informationGrade: '2',
  marking: 'TLP:AMBER+STRICT',
}

describe('a report', () => {
  const ID = '019b7b7e-0000-7000-8000-000000000000'
  test('says what its fields say, and is what the node takes', () => {
    const report = reportIn(fieldsOf({ ...whole, someoneAtRisk: 'no' }), ID, false)
    expect(ReportForm.parse(report)).toMatchObject({ matter: null, someoneAtRisk: false })
  })

  test('puts somebody at risk unless it is said that it does not', () => {
    for (const said of ['yes', 'unsure', '']) {
      const report = reportIn(fieldsOf({ ...whole, someoneAtRisk: said }), ID, true)
      expect([report.someoneAtRisk, report.isExercise]).toEqual([true, true])
    }
  })
})
