import type { Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { CountryCode } from '@tocsin/domain/brand.ts'
import { Locale } from '@tocsin/domain/locale.ts'
import { Reaction } from '@tocsin/domain/notification.ts'
import { Line } from '@tocsin/domain/people.ts'
import { Paragraphs } from '@tocsin/domain/text.ts'
import fc from 'fast-check'
import type { CapMessage } from '../src/cap/message.ts'

/** Words of six scripts, of mark-up, and of what breaks parsers. */
const words = [
  'Houses marked',
  'منازل معلَّمة بالطباشير',
  '房屋被标记',
  'Дома помечены',
  '<alert>&lt;![CDATA[',
  ']]>',
  '&xxe;&#0;',
  '<!-- -->',
  '<?xml?>',
  '<!DOCTYPE x>',
  'a,b c "d" \'e\'',
  '\u0301\u{1f6a8}\u200d\u2028x\ufeffx',
  'urn:uuid:',
  '\u00a0.\u3000.',
]
const pieces = fc.oneof(fc.constantFrom(...words), fc.string({ unit: 'grapheme', maxLength: 12 }))
const joined = (between: string) =>
  fc.array(pieces, { minLength: 1, maxLength: 4 }).map((list) => list.join(between))

/** Any text that the product's own schemas take, as they take it. */
const line: fc.Arbitrary<string> = joined(' ')
  .map((text) => Line.safeParse(text).data ?? 'Line')
  .filter((text) => Line.safeParse(text).data === text)
const paragraph: fc.Arbitrary<string> = fc
  .oneof(joined(' '), joined('\n'), joined('\n\n'), joined('\t'))
  .map((text) => Paragraphs.safeParse(text).data ?? 'Paragraph')
  .filter((text) => Paragraphs.safeParse(text).data === text)

const instant = fc
  .integer({ min: Date.parse('2020-01-01'), max: Date.parse('2090-01-01') })
  .map((at) => new Date(at).toISOString() as Instant)
const id = <Id extends string>() => fc.uuid({ version: 7 }).map((text) => text as Id)
const digest = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('hex') as Sha256)
const sender = fc.constantFrom('ardenia.example', 'focal-point.belmara.example', 'localhost')
const percent = fc.integer({ min: 0, max: 100 })
const days = fc.integer({ min: 0, max: 730 })
const list = <T>(one: fc.Arbitrary<T>, maxLength = 3, minLength = 0) =>
  fc.array(one, { minLength, maxLength })

const marking = fc.constantFrom(
  'TLP:CLEAR' as const,
  'TLP:GREEN' as const,
  'TLP:AMBER' as const,
  'TLP:AMBER+STRICT' as const,
  'TLP:RED' as const,
)
const envelope = {
  digest,
  sender,
  sentAt: instant,
  status: fc.constantFrom('Actual' as const, 'Exercise' as const, 'Test' as const),
  scope: fc.constantFrom('Private' as const, 'Restricted' as const),
  marking,
  matter: id<never>(),
}
const references = list(
  fc.record({
    sender,
    digest,
    sentAt: instant.map((at) => `${at.slice(0, 19)}.000Z` as Instant),
  }),
  3,
  1,
)

const warned = {
  level: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const, 5 as const),
  confidence: fc.constantFrom('low' as const, 'moderate' as const, 'high' as const),
  locale: fc.constantFrom(...Locale.options),
  subject: line,
  paragraphs: list(paragraph, 5, 1),
  populations: list(line),
  windowFrom: days,
  windowUntil: days,
  scenarios: list(
    fc.record({
      kind: fc.constantFrom('best' as const, 'likely' as const, 'worst' as const),
      text: paragraph,
      trigger: line,
      percent,
    }),
  ),
  options: fc.uniqueArray(
    fc.record({
      code: fc.constantFrom('S02', 'D01', 'P14'),
      expectedEffect: line,
      howWeWillKnow: line,
      authorisation: fc.option(line),
    }),
    { maxLength: 3, selector: ({ code }) => code },
  ),
  catalogue: fc.option(fc.constant('2026.1')),
  dissents: list(fc.record({ by: line, text: paragraph })),
  evidence: list(id<never>()),
  expiresAt: instant,
  addressees: fc.uniqueArray(
    fc.record({
      post: id<never>(),
      office: line,
      authority: line,
      legalBasis: line,
      isIndependent: fc.boolean(),
    }),
    { minLength: 1, maxLength: 4, selector: ({ post }) => post },
  ),
  acknowledgeBy: instant,
  senderName: line,
  event: line,
  area: fc.record({
    name: line,
    country: fc.option(fc.constantFrom('XAR', 'XBL').map((code) => CountryCode.parse(code))),
  }),
  signatures: list(fc.record({ name: line, office: fc.option(line), at: instant }), 2),
}

/** A warning, an update, a cancellation or an acknowledgement, of whatever text. */
export const capMessages: fc.Arbitrary<CapMessage> = fc.oneof(
  fc.record({ ...envelope, kind: fc.constant('warning.sent' as const), ...warned }),
  fc.record({
    ...envelope,
    kind: fc.constant('warning.updated' as const),
    references,
    ...warned,
  }),
  fc.record({
    ...envelope,
    kind: fc.constant('warning.cancelled' as const),
    references,
    addresses: list(id(), 3, 1),
    reasons: paragraph,
  }),
  fc.record({
    ...envelope,
    kind: fc.constant('notification.acknowledged' as const),
    references: references.map((all) => all.slice(0, 1)),
    addresses: fc.tuple(id<OrganisationId>()),
    post: id<never>(),
    reaction: fc.constantFrom(...Reaction.options),
    note: fc.option(paragraph),
    name: line,
    office: line,
  }),
)
