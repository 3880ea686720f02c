import { CATALOGUE_VERSION } from '@tocsin/domain/action-catalogue/catalogue.ts'
import type { Instant, Sha256 } from '@tocsin/domain/brand.ts'
import { Locale } from '@tocsin/domain/locale.ts'
import { WarningDraft } from '@tocsin/domain/warning.ts'
import fc from 'fast-check'
import { unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { infoOf, textOf, withoutPoppler } from '../test/programs.ts'
import type { DocumentContent } from './content.ts'
import { drawDocx } from './docx.ts'
import { drawDocument } from './draw.ts'
import { type LetterFacts, letterContent } from './letter.ts'
import { drawPdf } from './pdf.ts'
import { wordingIn } from './wording.ts'

/** What a focal point writes, in each language, and in which order it must be heard. */
const written: Readonly<Record<Locale, readonly [string, string, string]>> = {
  ar: ['منازل في وادي كورفي الأسفل', 'رصدت علامات على أبواب المنازل', 'يرجح ترحيل السكان'],
  en: ['Houses in the Lower Corve valley', 'Chalk marks were seen', 'Removals are likely'],
  es: ['Casas en el valle del Bajo Corve', 'Se vieron marcas de tiza', 'Es probable el traslado'],
  fr: ['Maisons de la Basse-Corve', 'Des marques ont été relevées', 'Des départs sont probables'],
  ru: ['Дома в долине Нижней Корвы', 'Замечены пометки мелом', 'Вероятно выселение'],
  zh: ['下科夫河谷的房屋', '房门上出现粉笔标记', '居民很可能被迫迁离'],
}

const at = '2026-01-01T06:30:00.000Z' as Instant

function factsIn(locale: Locale, change: Partial<LetterFacts> = {}): LetterFacts {
  const [subject, ...paragraphs] = written[locale]
  const draft = WarningDraft.parse({
    level: 4,
    confidence: 'moderate',
    locale,
    subject,
    paragraphs,
    populations: ['Sarrin'],
    windowFrom: 2,
    windowUntil: 10,
    scenarios: [{ kind: 'worst', text: subject, trigger: subject, percent: 100 }],
    options: [
      { code: 'S02', expectedEffect: subject, howWeWillKnow: subject, authorisation: null },
    ],
    catalogue: CATALOGUE_VERSION,
    dissents: [{ by: 'R. Dune', text: subject }],
    addressees: [],
    evidence: [],
    expiresAt: at,
  })
  const police = { office: 'Head of Police', authority: 'Police', legalBasis: 'Police Act, 14' }
  return {
    sender: 'Five Rivers',
    symbol: 'W-2026/3',
    marking: 'TLP:AMBER+STRICT',
    isExercise: false,
    state: 'standing',
    draft,
    sha256: 'ab'.repeat(32) as Sha256,
    at,
    addressees: [{ ...police, acknowledgeBy: at, answerBy: null }],
    signatures: [{ name: 'F. Ocal', office: 'Focal point', at, credential: 'x9Qa' }],
    access: { link: 'https://tocsin.example/a/0123456789', code: '004217' },
    ...change,
  }
}

const letterIn = (locale: Locale, change: Partial<LetterFacts> = {}, reader: Locale = locale) =>
  letterContent(factsIn(locale, change), wordingIn(reader))

/** As it is heard: without what turns the direction of writing, and without line breaks. */
const heard = (text: string): string => text.replace(/\p{Bidi_Control}/gu, '').replace(/\s+/g, ' ')

describe.skipIf(withoutPoppler).each(Locale.options)('a letter in %s', (locale) => {
  const { t } = wordingIn(locale)

  test('is a tagged PDF/A that names its title and language, and is heard in order', async () => {
    const pdf = drawPdf(letterIn(locale))
    const info = await infoOf(pdf)
    expect(info).toMatch(/^Tagged: +yes$/m)
    expect(heard(info)).toContain(heard(t('document.letter', { symbol: 'W-2026/3' })))
    const raw = Buffer.from(pdf).toString('latin1')
    expect(raw).toContain('<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>')
    expect(raw).toContain(`/Lang (${locale})`)
    const text = heard(await textOf(pdf))
    const places = written[locale].map((words) => text.indexOf(words))
    expect(places.every((place) => place >= 0)).toBe(true)
    expect([...places].sort((a, b) => a - b)).toEqual(places)
    for (const words of ['004217', 'S02', 'F. Ocal', 'TLP:AMBER+STRICT', 'R. Dune']) {
      expect(text).toContain(words)
    }
  }, 60_000)

  test('is a DOCX that opens, in the direction of its language', async () => {
    const files = unzipSync(await drawDocx(letterIn(locale)))
    const xml = new TextDecoder().decode(files['word/document.xml'])
    expect(xml).toContain(written[locale][1])
    expect(xml.includes('<w:bidi/>')).toBe(locale === 'ar')
    expect(xml.includes('<w:rtl/>')).toBe(locale === 'ar')
    expect(xml.includes('<w:bidiVisual/>')).toBe(locale === 'ar')
  }, 60_000)
})

describe.skipIf(withoutPoppler)('a letter', () => {
  test('says on every page that it is an exercise, and that it is a draft', async () => {
    const long = Array.from({ length: 40 }, () => written.en[1].repeat(20))
    const { draft } = factsIn('en')
    const change = { isExercise: true, draft: { ...draft, paragraphs: long } }
    const text = await textOf(drawPdf(letterIn('en', change)))
    const pages = text.split('\f').slice(0, -1)
    expect(pages.length).toBeGreaterThan(2)
    for (const [index, page] of pages.entries()) {
      expect(page).toContain('EXERCISE')
      expect(heard(page)).toContain(`Page ${index + 1} of ${pages.length}`)
      expect(page).toContain('TLP:AMBER+STRICT')
    }
    const drafted = await textOf(drawPdf(letterIn('en', { state: 'draft', access: null })))
    expect(drafted).toContain('DRAFT')
    expect(drafted).toContain('It is not signed')
  }, 60_000)

  test('stands in the language it was signed in, inside a frame in its reader’s', async () => {
    const text = heard(await textOf(drawPdf(letterIn('en', {}, 'ar'))))
    expect(text).toContain('Chalk marks were seen')
    // Where letters lie apart in a word, poppler hears a space.
    expect(text.replaceAll(' ', '')).toContain('الإنجليزية')
  }, 60_000)

  test('is drawn in a process of its own, which ends with a sentence when it fails', async () => {
    const pdf = await drawDocument(letterIn('fr'), 'pdf')
    expect(new TextDecoder().decode(pdf.subarray(0, 5))).toBe('%PDF-')
    const broken = { ...letterIn('fr'), blocks: [{ kind: 'numbered' }] } as never
    await expect(drawDocument(broken, 'pdf')).rejects.toThrow(/drawing a pdf failed/)
  }, 60_000)
})

/** Everything that could mean something to Typst, XML or a terminal, and letters of any script. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    '#panic("x")',
    '#import "/etc/passwd": *',
    '#read("/etc/passwd")',
    '$ sum_(k=0)^n $ *b* _i_ `c` <label> @ref // c /* d */ = H\n- l\n+ e',
    '\\u{1F600} \\ "quoted" \'single\' {sys.inputs}',
    '</w:t></w:r><w:r><w:t>&amp;]]>',
    '\ud800 lone \udc00',
    'ไทย हिन्दी 😀 👩‍👩‍👧 \u202e evil \u2066x\u0000\u0007\uffff',
  ),
)

const contentOf = (text: string): DocumentContent => ({
  ...letterIn('en'),
  title: `T ${text}`,
  issuer: `I ${text}`,
  symbol: `S ${text}`,
  blocks: [
    { kind: 'heading', text },
    { kind: 'text', words: { text, locale: 'ar' } },
    { kind: 'text', words: { text, isCode: true } },
    { kind: 'numbered', from: 1, items: [{ text }] },
    { kind: 'fields', rows: [{ label: text, value: { text, isStrong: true } }] },
    { kind: 'table', columns: [{ head: text, share: 1 }], rows: [[{ text }]] },
  ],
})

describe('what people write', () => {
  test('is never markup: any text is set as it stands, and nothing of it fails or is run', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(Buffer.from(drawPdf(contentOf(text)).subarray(0, 5)).toString()).toBe('%PDF-')
      }),
      { numRuns: 40 },
    )
  }, 120_000)

  test.skipIf(withoutPoppler)(
    'is shown sign by sign, and a sign that no letterform has by its number',
    async () => {
      const said = '#panic("x") *b* _i_ `c` $x^2$ <a> @r // c \\ ไ'
      const text = heard(await textOf(drawPdf(contentOf(said))))
      expect(text).toContain('#panic("x") *b* _i_ `c` $x^2$ <a> @r // c \\ [U+0E44]')
    },
    60_000,
  )

  test('is well-formed in a DOCX, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const files = unzipSync(await drawDocx(contentOf(text)))
        const xml = new TextDecoder('utf-8', { fatal: true }).decode(files['word/document.xml'])
        expect(xml.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\uFFFE\uFFFF]/u)
        expect(xml).toMatch(/<\/w:document>$/)
      }),
      { numRuns: 40 },
    )
  }, 120_000)
})
