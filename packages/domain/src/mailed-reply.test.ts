import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Instant } from './brand.ts'
import { answerIn, isTold, mayAnswerByMail, REPLY_MARK } from './mailed-reply.ts'

const OWN = 'rooms+0abc@node.example'
const notice = [
  `${REPLY_MARK} Write above this line ${REPLY_MARK}`,
  '',
  'Something is new.',
  'https://node.example/consultations/1',
]
const quoted = notice.map((line) => `> ${line}`)
const written = ['We agree, with one change.', '', '- the date', '- **the place**']
const answer = (...lines: readonly (readonly string[])[]) =>
  answerIn(lines.flat().join('\r\n'), [OWN])

describe('what somebody wrote in answer', () => {
  test.each<[string, readonly string[]]>([
    ['nothing', []],
    ['a line of who wrote', ['', `On Tue, 1 Dec 2026 at 10:00, Node <${OWN}> wrote:`, '']],
    ['the same over two lines', ['', 'On Tue, 1 Dec 2026 at 10:00, Node', `<${OWN}> wrote:`]],
    ['the same in Russian', ['', `вт, 1 дек. 2026 г. в 10:00, Node <${OWN}>:`]],
    ['the same in Chinese', ['', `Node <${OWN}> 于2026年12月1日周二 10:00写道：`]],
    ['the same in Arabic', ['', `في الثلاثاء، 1 ديسمبر 2026 كتب <${OWN}>:`]],
  ])('stands without what it answers, quoted after %s', (_, lead) => {
    expect(answer(written, lead, quoted)).toBe(written.join('\n'))
  })

  test.each<[string, readonly string[]]>([
    [
      'Outlook',
      [
        '',
        '________________________________',
        `From: Node <${OWN}>`,
        'Sent: Tuesday',
        'Subject: New',
        '',
      ],
    ],
    ['its older form', ['', '-----Original Message-----', `From: ${OWN}`, 'Sent: Tuesday', '']],
    ['German', ['', '-----Ursprüngliche Nachricht-----', `Von: ${OWN}`, 'Gesendet: Dienstag', '']],
    ['nobody', []],
  ])('stands above what is not quoted line by line, as %s has it', (_, lead) => {
    expect(answer(written, lead, notice)).toBe(written.join('\n'))
  })

  test('may stand below, between, or alone, and ends before a signature', () => {
    const lead = [`On Tue, Node <${OWN}> wrote:`]
    expect(answer(lead, quoted, [''], written)).toBe(written.join('\n'))
    expect(answer(written)).toBe(written.join('\n'))
    expect(answer(written, ['-- ', 'A. Person', '+41 22'])).toBe(written.join('\n'))
    expect(answer(lead, quoted)).toBe('')
    expect(answer(['Agreed.', `On 1 December, Node <${OWN}> wrote:`], quoted)).toBe('Agreed.')
  })

  test('never holds the address that it was sent to, nor a quoted line', () => {
    const line = fc.oneof(
      fc.constantFrom(...notice, ...quoted, ...written, `x <${OWN}>`, '---', '-- ', ''),
      fc.string(),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const kept = answerIn(lines.join('\n'), [OWN])
        expect(kept.toLowerCase()).not.toContain(OWN)
        expect(kept.split('\n').filter((one) => one.startsWith('>'))).toEqual([])
      }),
    )
  })
})

const at = (minutes: number) =>
  new Date(Date.UTC(2026, 0, 1) + minutes * 60_000).toISOString() as Instant
const maybe = fc.option(fc.nat(5000).map(at))

test('a room marked TLP:RED is not answered by mail', () => {
  expect(mayAnswerByMail('TLP:RED')).toBe(false)
  expect(mayAnswerByMail('TLP:AMBER+STRICT')).toBe(true)
})

describe('who is told that something is new', () => {
  test('is told once until they look, then once a day, and not twice within an hour', () => {
    const told = (newsAt: number, lookedAt: number | null, toldAt: number | null, now = newsAt) =>
      isTold({
        now: at(now),
        newsAt: at(newsAt),
        lookedAt: lookedAt === null ? null : at(lookedAt),
        toldAt: toldAt === null ? null : at(toldAt),
      })
    expect(told(5, null, null)).toBe(true)
    expect(told(5, 6, null)).toBe(false)
    expect(told(5, null, 6, 5000)).toBe(false)
    expect(told(100, null, 6)).toBe(false)
    expect(told(100, null, 6, 1446)).toBe(true)
    expect(told(100, 50, 6)).toBe(true)
    expect(told(60, 50, 6)).toBe(false)
  })

  test('is never told of what they have seen, nor twice of the same', () => {
    fc.assert(
      fc.property(
        fc.nat(5000).map(at),
        fc.nat(5000).map(at),
        maybe,
        maybe,
        (now, newsAt, lookedAt, toldAt) => {
          if (!isTold({ now, newsAt, lookedAt, toldAt })) return
          expect(newsAt > (lookedAt ?? '')).toBe(true)
          expect(newsAt > (toldAt ?? '')).toBe(true)
        },
      ),
    )
  })
})
