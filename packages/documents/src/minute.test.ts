import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Locale } from '@tocsin/domain/locale.ts'
import { checkDecision } from '@tocsin/records/decision-check.ts'
import { readEvidence } from '@tocsin/records/decision-evidence.ts'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { textOf, withoutPoppler } from '../test/programs.ts'
import { drawDocument } from './draw.ts'
import { type MinuteFacts, minuteContent } from './minute.ts'
import { wordingIn } from './wording.ts'

const vectors = new URL('../../../docs/protocol/vectors/decisions/', import.meta.url)

async function minuteOf(fileName: string): Promise<MinuteFacts> {
  const checked = await checkDecision(await readFile(fileURLToPath(new URL(fileName, vectors))))
  const { file, decision } = checked
  if (!file || !decision) throw new Error(`${fileName} holds no decision`)
  const evidence = await readEvidence(file)
  const { question } = evidence
  if (!question) throw new Error(`${fileName} holds no question`)
  const names = new Map(file.keys.map((key) => [key.organisation, key.organisationName]))
  return {
    ...{ file, checked, decision, evidence, question, fileName },
    symbol: 'D-2026/7',
    consultation: 'C-2026/3',
    nameOf: (organisation) => names.get(organisation) ?? organisation,
  }
}

/** All that a document says, in its order. */
const saidIn = (facts: MinuteFacts, locale: Locale = 'en'): string =>
  JSON.stringify(minuteContent(facts, wordingIn(locale)))

describe('the minute of a decision', () => {
  test('names each member with its vote, the dissent, and by when each record was seen by whom', async () => {
    const facts = await minuteOf('adopted.json')
    const said = saidIn(facts)
    for (const words of [
      ...[
        'Record of decision D-2026/7',
        'C-2026/3',
        'Regional desk',
        'Joint presence at the posts',
      ],
      ...['recused: the State concerned', 'in favour', 'against', 'Thirty days are too few.'],
      ...['Yes 3, no 1, abstentions 0', 'Article 54 of the Charter', 'The Secretary-General'],
      ...['December 2, 2026', 'it comes to the same', 'Counted again'],
      ...[
        'signed by office',
        'tocsin verify adopted.json',
        'ardenia',
        '2 witnesses are needed, of 3',
      ],
    ]) {
      expect(said).toContain(words)
    }
    for (const { digest } of facts.evidence.lines) {
      expect(said).toContain(digest.replace(/(.{8})(?=.)/g, '$1 '))
    }
    const decided = facts.evidence.lines.find(({ type }) => type === 'decision')
    expect(decided?.seen?.witnesses).toEqual(['ardenia', 'belmara', 'dalesh'])
    expect(decided?.seen?.at).toBe(facts.checked.decidedAt)
  })

  test('says of silence by when each had the text, and who asked for what', async () => {
    const said = saidIn(await minuteOf('silence.json'))
    for (const words of [
      ...['Silence procedure', 'No dissenting view is on record.', 'The cabinet meets.'],
      ...['We offer two.', 'agrees, ', 'asked for time, '],
    ]) {
      expect(said).toContain(words)
    }
    expect(said).not.toContain('abstentions')
  })

  test('says first that it does not hold where the home left a ballot out', async () => {
    const said = saidIn(await minuteOf('dropped.json'))
    expect(said).toContain('This decision does not hold.')
    expect(said).toContain('The home node left out ballot')
    expect(said).not.toContain('it comes to the same.')
  })

  test('names chair and secretary where the record does, and marks an exercise on every page', async () => {
    const facts = await minuteOf('silence.json')
    const signedBy = { chair: 'A. Marre', secretary: 'B. Osei' }
    const named = saidIn({ ...facts, decision: { ...facts.decision, signedBy, isExercise: true } })
    expect(named).toContain('A. Marre')
    expect(named).toContain('B. Osei')
    expect(named).not.toContain('signed by office')
    expect(named).toContain('"watermark":"EXERCISE"')
    expect(named).toContain('This is an exercise.')
  })

  test.skipIf(withoutPoppler)(
    'is drawn in each of the six languages, on paper and to be edited',
    async () => {
      const facts = await minuteOf('silence.json')
      for (const locale of Locale.options) {
        const content = minuteContent(facts, wordingIn(locale))
        const text = (await textOf(await drawDocument(content, 'pdf'))).replace(/\s+/g, ' ')
        // Set apart by signs that no reader sees.
        expect(text.replace(/[\u2066-\u2069]/g, '')).toContain('D-2026/7')
        expect(text).toContain('tocsin verify silence.json')
        const docx = unzipSync(await drawDocument(content, 'docx'))
        const xml = strFromU8(docx['word/document.xml'] as Uint8Array)
        expect(xml).toContain(wordingIn(locale).t('document.minute-evidence'))
        expect(xml).toContain(wordingIn(locale).t('document.minute-no-dissent'))
      }
    },
    60_000,
  )
})
