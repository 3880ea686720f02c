import type { Instant } from '@tocsin/domain/brand.ts'
import type { Entry } from '@tocsin/domain/matter.ts'
import { DueDiligence } from '@tocsin/records/due-diligence.ts'
import { describe, expect, test } from 'vitest'
import { madeContent, seal } from '../../records/test/made-record.ts'
import { textOf, withoutPoppler } from '../test/programs.ts'
import { dossierContent } from './dossier.ts'
import { drawDocument } from './draw.ts'
import { wordingIn } from './wording.ts'

const file = DueDiligence.parse(JSON.parse(new TextDecoder().decode(seal(madeContent()))))

const entriesOf = (count: number): Entry[] =>
  Array.from({ length: count }, (_, index) => ({
    matter: file.matter.id as Entry['matter'],
    seq: index + 1,
    kind: 'matter.acted',
    at: '2026-01-01T00:00:00.000Z' as Instant,
    by: {
      person: null,
      name: 'F. Ocal',
      office: 'Focal point',
      organisation: file.organisation.id,
      organisationName: file.organisation.name,
    },
    text: `Patrol ${index + 1} found nothing. Residents asked for a second one.`,
    facts: {},
    digest: 'ab'.repeat(32) as Entry['digest'],
  }))

describe.skipIf(withoutPoppler)('the due-diligence record in words', () => {
  test('holds 2,000 entries, the last as whole as the first', async () => {
    const pdf = await drawDocument(dossierContent(file, entriesOf(2000), wordingIn('en')), 'pdf')
    const text = (await textOf(pdf)).replace(/\s+/g, ' ')
    expect(text).toContain('2,000 signed entries')
    expect(text).toContain('Patrol 1 found nothing.')
    expect(text).toContain('Patrol 2000 found nothing.')
    expect(text).toContain('tocsin verify due-diligence.json')
  }, 180_000)
})
