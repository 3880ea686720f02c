import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AttachmentName, cleanName, fetchStateOf, mediaTypeOf } from './attachment.ts'

describe('the name of a file', () => {
  test('loses folders, what cannot be seen and what a file system would misread', () => {
    expect(cleanName('../../etc/passwd.txt')).toBe('passwd.txt')
    expect(cleanName('C:\\Users\\me\\Report 1.PDF')).toBe('Report 1.pdf')
    expect(cleanName('a\u0000b\nc\u202Efdp.exe.pdf')).toBe('abcfdp.exe.pdf')
    expect(cleanName('  ..hidden: <list>?.csv ')).toBe('hidden list.csv')
    expect(cleanName('خريطة القرى.png')).toBe('خريطة القرى.png')
    expect(cleanName(`${'é'.repeat(400)}.odt`)).toBe(`${'é'.repeat(150)}.odt`)
  })

  test('is refused where nothing is left of it, or it ends in what is not taken', () => {
    for (const name of [
      '',
      '.pdf',
      '/',
      'x',
      'x.exe',
      'x.pdf.exe',
      'x.svg',
      'x.html',
      ' .. .txt',
    ]) {
      expect(cleanName(name), name).toBeUndefined()
    }
    expect(mediaTypeOf('x.constructor')).toBeUndefined()
    expect(mediaTypeOf('x.JPG')).toBe('image/jpeg')
  })

  test('once clean stays as it is, whatever it was, and holds nothing that could lead elsewhere', () => {
    const odd = fc.constantFrom(
      '/',
      '\\',
      '..',
      '\u202E',
      '\r\n',
      '"',
      ' ',
      '.',
      'a',
      '文',
      '\u{1F30A}',
    )
    const name = fc
      .tuple(
        fc.array(odd, { maxLength: 300 }),
        fc.string(),
        fc.constantFrom('.pdf', '.docx', '.JPG'),
      )
      .map(([signs, text, ending]) => signs.join('') + text + ending)
    fc.assert(
      fc.property(name, (given) => {
        const clean = cleanName(given)
        if (clean === undefined) return
        expect(cleanName(clean)).toBe(clean)
        expect(AttachmentName.safeParse(clean).success).toBe(true)
        expect(clean).not.toMatch(/[/\\"\p{Cc}\p{Cf}]|^\.|\.$/u)
        expect(mediaTypeOf(clean)).toBeDefined()
      }),
    )
  })
})

test('a file of others stands where its rows say, and nowhere before somebody asked for it', () => {
  const rows = { isWanted: true, isWhole: false, fault: null }
  expect(fetchStateOf(undefined)).toBe('not-fetched')
  expect(fetchStateOf(rows)).toBe('fetching')
  expect(fetchStateOf({ ...rows, fault: 'unreachable' })).toBe('waiting')
  expect(fetchStateOf({ ...rows, isWanted: false, fault: 'altered' })).toBe('failed')
  expect(fetchStateOf({ isWanted: false, isWhole: true, fault: null })).toBe('here')
})
