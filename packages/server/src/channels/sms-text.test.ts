import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Message } from './channel.ts'
import { shortTextOf } from './sms-text.ts'

const link = `https://tocsin.five-rivers.example/a/${'0123456789abcdef'.repeat(4)}`
const message = (parts: Partial<Message>): Message => ({
  id: 'a',
  to: '+41225550102',
  subject: '',
  text: '',
  brief: 'Warning 2026/1, level 4. Open:',
  symbol: 'W-2026/1 4/5',
  link,
  locale: 'en',
  again: false,
  ...parts,
})

describe('a notice as a short message', () => {
  test('says which warning and how grave, with the link, in the narrow alphabet', () => {
    expect(shortTextOf(message({}))).toEqual({
      text: `Warning 2026/1, level 4. Open: ${link}`,
      alphabet: 'gsm7',
    })
  })

  test.each([
    'Предупреждение 2026/1, уровень 4.',
    'إنذار 2026/1، المستوى 4.',
    '预警 2026/1，4级。',
  ])('leaves the words out where the wide alphabet has no room for the link: %s', (brief) => {
    expect(shortTextOf(message({ brief }))).toEqual({
      text: `W-2026/1 4/5 ${link}`,
      alphabet: 'gsm7',
    })
  })

  test('leaves the link out where it alone is too long', () => {
    const far = `https://${'x'.repeat(150)}.example/a/`
    expect(shortTextOf(message({ link: far })).text).toBe('Warning 2026/1, level 4. Open:')
  })

  test('is one part, whatever it says', () => {
    const words = fc.string({ unit: 'grapheme', maxLength: 200 })
    fc.assert(
      fc.property(words, words, fc.webUrl(), (brief, symbol, address) => {
        const { text, alphabet } = shortTextOf(message({ brief, symbol, link: address }))
        expect(text.length).toBeLessThanOrEqual(alphabet === 'ucs2' ? 70 : 160)
      }),
      { numRuns: 2000 },
    )
  })
})
