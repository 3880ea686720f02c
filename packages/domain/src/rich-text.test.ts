import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plainOf, RICH_TEXT_BYTES, RichText, readMarkup } from './rich-text.ts'

const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value))

describe('what people type', () => {
  test('becomes paragraphs, lists and stress, and nothing else', () => {
    expect(
      readMarkup('We **support** it, *fully*.\r\n\r\nThree points:\n- one\n- *two*\n3. three'),
    ).toEqual([
      { kind: 'paragraph', runs: ['We ', { bold: 'support' }, ' it, ', { italic: 'fully' }, '.'] },
      { kind: 'paragraph', runs: ['Three points:'] },
      { kind: 'list', isNumbered: false, items: [['one'], [{ italic: 'two' }]] },
      { kind: 'list', isNumbered: true, items: [['three']] },
    ])
    const hostile = '<script>alert(1)</script> [a](javascript:alert(1)) 2 * 3 * 4'
    expect(readMarkup(hostile)).toEqual([{ kind: 'paragraph', runs: [hostile] }])
  })

  test('is always read, and what passes the schema fits into an update', () => {
    const signs = fc.constantFrom(
      '*',
      '**',
      '- ',
      '1. ',
      '\n',
      '\n\n',
      ' ',
      'a',
      'Ж',
      '数',
      '"',
      '\\',
      '\u202e',
      '\u0007',
    )
    fc.assert(
      fc.property(fc.array(signs, { maxLength: 60 }), (drawn) => {
        const read = RichText.safeParse(readMarkup(drawn.join('')))
        if (read.success) {
          expect(bytes(read.data)).toBeLessThanOrEqual(RICH_TEXT_BYTES)
          expect(plainOf(read.data)).not.toMatch(/\p{Cc}(?<!\n)|\p{Bidi_Control}/u)
          expect(plainOf(read.data).trim()).not.toBe('')
        } else {
          expect(drawn.join('')).toMatch(/\p{Cc}(?<!\n)|\p{Bidi_Control}|^[\s*\-1.]*$/u)
        }
      }),
    )
  })

  test('keeps every word where nothing is stressed', () => {
    const word = fc.constantFrom('posts', 'Пост', '哨所', 'مخفر', '2 %', 'a_b', '(c)')
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), (words) => {
        expect(plainOf(readMarkup(words.join(' ')))).toBe(words.join(' ').normalize('NFC'))
      }),
    )
  })
})

describe('a text of another node', () => {
  const paragraph = (...runs: unknown[]) => [{ kind: 'paragraph', runs }]
  const refused: readonly unknown[] = [
    [],
    'text',
    paragraph(),
    paragraph(' '),
    paragraph('a\u202eb'),
    paragraph('a\u0007b'),
    paragraph({ html: '<b>x</b>' }),
    paragraph({ bold: 'x', onclick: 'y' }),
    paragraph({ link: 'javascript:alert(1)' }),
    [{ kind: 'html', runs: ['x'] }],
    [{ kind: 'paragraph', runs: ['x'], style: 'color:red' }],
    paragraph('x'.repeat(RICH_TEXT_BYTES)),
    paragraph(...Array.from({ length: 201 }, () => 'x')),
    // Many quotation marks: short as text, long as JSON.
    paragraph('"'.repeat(7_000)),
    Array.from({ length: 101 }, () => paragraph('x')[0]),
  ]

  test.each(refused.map((value, index) => [index, value]))(
    'that is not of the set is refused: %i',
    (_, value) => {
      expect(RichText.safeParse(value).success).toBe(false)
    },
  )

  test('of the longest kind is taken', () => {
    expect(RichText.safeParse(paragraph('数'.repeat(3_980))).success).toBe(true)
  })
})
