import { CountryCode, Day, Instant, type OrganisationId } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { LiaisonNote } from '@tocsin/domain/liaison-note.ts'
import { riskFactors } from '@tocsin/domain/liaison-note.ts'
import { Locale } from '@tocsin/domain/locale.ts'
import { describe, expect, test } from 'vitest'
import { textOf, withoutPoppler } from '../test/programs.ts'
import { drawDocument } from './draw.ts'
import { liaisonNoteContent } from './liaison-note.ts'
import { wordingIn } from './wording.ts'

const note: LiaisonNote = {
  id: newId<LiaisonNote['id']>(),
  organisation: newId<OrganisationId>(),
  matter: newId<LiaisonNote['matter']>(),
  locale: 'en',
  content: {
    country: CountryCode.parse('SSD'),
    level: 3,
    confidence: 'moderate',
    findings: [
      {
        kind: 'report',
        what: 'incident',
        from: '2026-03',
        until: '2026-03',
        country: CountryCode.parse('SSD'),
        place: null,
        groups: 'Sarrin',
        harm: { displaced: { low: 10, best: 20, high: 40 } },
        sourceGrade: 'B',
        informationGrade: '2',
      },
      { kind: 'action', card: 'S02', status: 'done', since: Day.parse('2026-03-05') },
    ],
    factors: riskFactors.map((factor) => ({
      factor,
      presence: factor === 7 ? ('partial' as const) : ('not-assessed' as const),
      words: factor === 7 ? 'Doors were marked.' : null,
      findings: factor === 7 ? [1, 2] : [],
    })),
    leftOut: [{ what: 'writer', count: 1 }],
  },
  marking: 'TLP:AMBER',
  isExercise: false,
  madeAt: Instant.parse('2026-03-06T00:00:00.000Z'),
  madeBy: 'Somebody',
  releasedAt: null,
  handOver: null,
  receipt: null,
}

describe('the document of a note to the UN Office', () => {
  test.each(Locale.options)(
    'in %s says each factor, what was left out, and nothing of who wrote',
    (locale) => {
      const facts = { note, issuer: 'Ministry', country: () => 'SSD' }
      const content = liaisonNoteContent(facts, wordingIn(locale))
      const text = JSON.stringify(content)
      const t = wordingIn(locale).t
      expect(text).toContain(t('plan.factor-7'))
      expect(text).toContain(t('plan.factor-14'))
      expect(text).toContain('Doors were marked.')
      expect(text).toContain(t('liaison.left-out-writer'))
      expect(text).toContain(t('liaison.doc-draft'))
      expect(text).not.toContain('Somebody')
      expect(text).not.toContain(note.matter)
    },
  )

  test.skipIf(withoutPoppler)('is drawn', async () => {
    const facts = { note, issuer: 'Ministry', country: () => 'South Sudan' }
    const pdf = await drawDocument(liaisonNoteContent(facts, wordingIn('en')), 'pdf')
    expect(await textOf(pdf)).toContain('South Sudan')
  })
})
