import type { Instant } from '@tocsin/domain/brand.ts'
import { Redactable } from '@tocsin/domain/redaction.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  attachment,
  consultation,
  contribution,
  edition,
  matter,
  receipt,
  report,
  warning,
} from '../../test/shared-facts.ts'
import { canonicalJson, type Json } from '../canonical.ts'
import { RecordedObject } from '../record.ts'
import { readWarningObject, warningObject } from './alert.ts'
import { attachmentObject, readAttachmentObject, type SharedAttachment } from './attachment.ts'
import { consultationObject, readConsultationObject } from './consultation.ts'
import { contributionObject, readContributionObject } from './contribution.ts'
import { editionObject, readEditionObject } from './edition.ts'
import { matterObject, readMatterObject, SharedMatter } from './matter.ts'
import { readReceiptObject, receiptObject } from './receipt.ts'
import { readReportObject, reportObject, SharedReport } from './report.ts'
import { modifiedAfter } from './shared-object.ts'

/** Through the bytes of a record and back. */
const carried = (object: RecordedObject): RecordedObject =>
  RecordedObject.parse(JSON.parse(canonicalJson(object as Json)))

const numbersIn = (value: unknown): number[] => {
  if (typeof value === 'number') return [value]
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(numbersIn) : []
}

function holds<T>(
  arbitrary: fc.Arbitrary<T>,
  make: (t: T) => RecordedObject,
  read: (o: RecordedObject) => T,
) {
  fc.assert(
    fc.property(arbitrary, (facts) => {
      const object = make(facts)
      expect(read(carried(object))).toEqual(facts)
      expect(make(facts)).toEqual(object)
      expect(object.id).toMatch(
        /^[a-z-]+--[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      )
      expect(numbersIn(object).every(Number.isSafeInteger)).toBe(true)
    }),
  )
}

describe('what is shared, as STIX objects', () => {
  test('says after its journey exactly what was said before it', () => {
    holds(matter, matterObject, readMatterObject)
    holds(
      report.filter(({ place, precision }) => !place || precision?.startsWith('adm') === true),
      reportObject,
      readReportObject,
    )
    holds(warning, warningObject, readWarningObject)
    holds(receipt, receiptObject, readReceiptObject)
    holds(edition, editionObject, readEditionObject)
    holds(attachment, attachmentObject, readAttachmentObject)
    const laterAt = '2100-01-01T00:00:00.000Z' as Instant
    holds(consultation, (told) => consultationObject(told, laterAt), readConsultationObject)
    holds(contribution, contributionObject, readContributionObject)
  })

  test('has the same id for the same thing in the same audience, and another elsewhere', () => {
    fc.assert(
      fc.property(matter, matter, (one, other) => {
        const isSame = one.matter === other.matter && one.audience === other.audience
        expect(matterObject(one).id === matterObject(other).id).toBe(isSame)
      }),
    )
  })

  test('leaves out what its author left out, says which parts, and nothing of them anywhere', () => {
    const PLANTED = 'Quokka'
    fc.assert(
      fc.property(matter, fc.subarray([...Redactable.options]), (facts, redacted) => {
        const marked = { ...facts, summary: PLANTED, place: PLANTED, redacted }
        const object = matterObject(marked)
        const seen = ['summary', 'place'].some((part) => !redacted.includes(part as Redactable))
        expect(JSON.stringify(object).includes(PLANTED)).toBe(seen)
        expect(readMatterObject(object).redacted).toEqual(redacted)
      }),
    )
  })

  test('never holds who wrote a report, who is at risk by it, or an exact place', () => {
    fc.assert(
      fc.property(report, (facts) => {
        const whole = {
          ...facts,
          place: 'House behind the Quokka mill',
          writtenBy: 'Quokka',
          someoneAtRisk: 'Quokka',
          source: { name: 'Quokka' },
          annex: 'Quokka',
        }
        const object = reportObject(whole)
        const isExact = ['1-km', '11-km'].includes(facts.precision ?? '')
        expect(Object.keys(SharedReport.shape)).not.toContain('someoneAtRisk')
        expect(JSON.stringify(object).includes('Quokka')).toBe(!isExact)
        expect(JSON.stringify({ ...readReportObject(object), place: null })).not.toContain('Quokka')
        expect(readReportObject(object).redacted.includes('place')).toBe(isExact)
      }),
    )
    // A place of which nobody said how exact it is may be a door.
    const unsaid = { ...fc.sample(report, 1)[0], place: 'Quokka', precision: null } as SharedReport
    expect(JSON.stringify(reportObject(unsaid))).not.toContain('Quokka')
  })

  test('is not made of what does not fit its form', () => {
    const [facts] = fc.sample(matter, 1) as [SharedMatter]
    expect(() => matterObject({ ...facts, level: 7 as never })).toThrow()
    expect(() => readMatterObject({ ...matterObject(facts), extensions: {} })).toThrow()
    expect(SharedMatter.safeParse({}).success).toBe(false)
    const [file] = fc.sample(attachment, 1) as [SharedAttachment]
    for (const name of ['Map.exe', '../Map.pdf', 'Map.png', 'Map\u202Efdp.pdf']) {
      expect(() => attachmentObject({ ...file, name }), name).toThrow()
    }
  })

  test('follows its earlier version in time, also within a millisecond', () => {
    const at = '2026-01-01T00:00:00.000Z' as Instant
    expect(modifiedAfter(at, undefined)).toBe(at)
    expect(modifiedAfter(at, at)).toBe('2026-01-01T00:00:00.001Z')
    expect(modifiedAfter(at, '2026-01-01T00:00:00.005Z' as Instant)).toBe(
      '2026-01-01T00:00:00.006Z',
    )
  })
})
