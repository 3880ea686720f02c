import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { capMessages } from '../../test/cap-messages.ts'
import { capOf, encodeCap } from './profile.ts'
import { readCap } from './read.ts'

const encoder = new TextEncoder()
const xmlOf = (message: Parameters<typeof encodeCap>[0]): string => {
  const written = encodeCap(message)
  if ('fault' in written) throw new Error(`${written.fault} at ${written.at}`)
  return written.xml
}
const read = (xml: string) => readCap(encoder.encode(xml))

/** One message of each kind, always the same. */
const [sample] = fc.sample(
  capMessages.filter(({ kind }) => kind === 'warning.sent'),
  { numRuns: 1, seed: 4850 },
)
if (sample?.kind !== 'warning.sent') throw new Error('no sample')
const plain = {
  ...sample,
  marking: 'TLP:AMBER+STRICT' as const,
  level: 3 as const,
  confidence: 'moderate' as const,
  sentAt: '2026-03-01T08:00:00.123Z' as never,
  expiresAt: '2026-03-20T00:00:00.000Z' as never,
}
const xml = xmlOf(plain)

describe('a CAP message', () => {
  test('says back all that was put in, whatever it was', () => {
    fc.assert(
      fc.property(capMessages, (message) => {
        expect(read(xmlOf(message))).toEqual({ message })
      }),
      { numRuns: 600 },
    )
  })

  test('ends after 72 hours at the latest, and says until when the warning runs', () => {
    const alert = capOf(plain)
    expect(alert.info[0]?.expires).toBe('2026-03-04T08:00:00-00:00')
    const { parameter = [] } = alert.info[0] ?? {}
    const ends = parameter.find(({ valueName }) => valueName === 'cp:warningExpires')
    expect(ends?.value).toBe('2026-03-20T00:00:00.000Z')
    const short = capOf({ ...plain, expiresAt: '2026-03-02T09:00:00.900Z' as never })
    expect(short.info[0]?.expires).toBe('2026-03-02T09:00:00-00:00')
  })

  test('is private and names no crime; its area is no finer than what was given', () => {
    const alert = capOf({ ...plain, scope: 'Private', area: { name: 'Ardenia', country: null } })
    expect(alert.scope).toBe('Private')
    expect(alert.addresses?.split(' ')).toHaveLength(plain.addressees.length)
    expect(alert.info[0]?.eventCode).toEqual([{ valueName: 'cp:phase', value: 'early-warning' }])
    expect(alert.info[0]?.area).toEqual([
      { areaDesc: 'Ardenia', polygon: [], circle: [], geocode: [] },
    ])
    expect(JSON.stringify(alert)).not.toContain('cp:crime')
  })

  test('binds urgency, severity and certainty to level and confidence', () => {
    const gradesOf = (level: 1 | 2 | 3 | 4 | 5, confidence: 'low' | 'moderate' | 'high') => {
      const { urgency, severity, certainty } = capOf({ ...plain, level, confidence }).info[0] ?? {}
      return [urgency, severity, certainty].join(' ')
    }
    expect(gradesOf(1, 'low')).toBe('Future Minor Unknown')
    expect(gradesOf(3, 'moderate')).toBe('Expected Severe Likely')
    expect(gradesOf(4, 'high')).toBe('Immediate Extreme Likely')
    expect(gradesOf(5, 'high')).toBe('Immediate Extreme Observed')
  })

  test('is public only where anybody may read it', () => {
    const open = { ...plain, scope: 'Public' as const }
    expect(encodeCap(open)).toEqual({ fault: 'bad-value', at: 'scope' })
    expect(encodeCap({ ...open, marking: 'TLP:CLEAR' })).toHaveProperty('xml')
    const restricted = capOf({ ...plain, scope: 'Restricted' })
    expect(restricted.restriction).toBe('TLP:AMBER+STRICT')
  })

  test('too long for thin links is not written', () => {
    const paragraphs = Array.from({ length: 40 }, () => 'م'.repeat(8000))
    expect(encodeCap({ ...plain, paragraphs })).toMatchObject({ fault: 'too-large' })
  })

  test('holds no character that XML cannot', () => {
    const withControl = { ...plain, subject: 'bell \u0007' }
    expect(encodeCap(withControl)).toHaveProperty('fault')
    const withNoncharacter = { ...plain, subject: 'x\uffff' }
    expect(encodeCap(withNoncharacter)).toHaveProperty('fault')
  })
})

describe('reading a CAP message', () => {
  const refusals: readonly (readonly [string, (whole: string) => string])[] = [
    ['doctype', (whole) => whole.replace('?>\n', '?>\n<!DOCTYPE alert>')],
    [
      'doctype',
      (whole) =>
        whole
          .replace('?>\n', '?>\n<!DOCTYPE alert [<!ENTITY x SYSTEM "file:///etc/passwd">]>')
          .replace('</event>', '&x;</event>'),
    ],
    ['entity', (whole) => whole.replace('</event>', '&x;</event>')],
    ['entity', (whole) => whole.replace('</event>', '&constructor;</event>')],
    ['entity', (whole) => whole.replace('</event>', '&#0;</event>')],
    ['instruction', (whole) => whole.replace('<info>', '<?php echo 1?><info>')],
    ['not-xml-1.0', (whole) => whole.replace('version="1.0"', 'version="1.1"')],
    ['not-utf8', (whole) => whole.replace('encoding="UTF-8"', 'encoding="ISO-8859-1"')],
    ['not-well-formed', (whole) => whole.slice(0, -5)],
    ['not-well-formed', (whole) => `${whole}<alert/>`],
    ['not-well-formed', (whole) => whole.replace('</event>', '\u0000</event>')],
    ['too-deep', () => `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">${'<a>'.repeat(9)}`],
    ['namespace', (whole) => whole.replace('cap:1.2"', 'cap:1.1"')],
    ['namespace', (whole) => whole.replace('<event>', '<event xmlns="urn:x">')],
    ['attribute', (whole) => whole.replace('<event>', '<event lang="en">')],
    ['unknown-element', (whole) => whole.replace('<info>', '<where>Lower Corve</where><info>')],
    ['unknown-element', (whole) => whole.replaceAll('alert', 'message')],
    ['duplicate-element', (whole) => whole.replace('<sent>', '<sender>x.example</sender><sent>')],
    ['wrong-order', (whole) => whole.replace(/(<sender>.*<\/sender>)(<sent>.*<\/sent>)/, '$2$1')],
    ['missing-element', (whole) => whole.replace(/<sender>.*<\/sender>/, '')],
    ['missing-element', (whole) => whole.replace(/<category>.*<\/category>/, '')],
    ['mixed-content', (whole) => whole.replace('<info>', '<info>text')],
    ['mixed-content', (whole) => whole.replace('</event>', '<value>x</value></event>')],
    ['bad-value', (whole) => whole.replace('>Immediate<', '>Soon<').replace('>Expected<', '>So<')],
    [
      'bad-value',
      (whole) => whole.replace(/<sent>.*<\/sent>/, '<sent>2026-03-01T08:00:00Z</sent>'),
    ],
    [
      'bad-value',
      (whole) => whole.replace(/<sent>.*<\/sent>/, '<sent>2026-02-30T08:00:00-00:00</sent>'),
    ],
    ['not-in-profile', (whole) => whole.replace('>Expected<', '>Past<')],
    ['not-in-profile', (whole) => whole.replace('<scope>', '<source>x</source><scope>')],
    [
      'not-in-profile',
      (whole) => whole.replace('cp:level</valueName><value>3', 'cp:level</valueName><value>5'),
    ],
    ['too-large', (whole) => whole + ' '.repeat(256 * 1024)],
  ]

  test.each(refusals)('refuses what is not ours: %s (%#)', (fault, change) => {
    const changed = change(xml)
    expect(changed).not.toBe(xml)
    expect(read(changed)).toMatchObject({ fault })
  })

  test('names the element at fault', () => {
    expect(read(xml.replace('<event>', '<event/><event>'))).toEqual({
      fault: 'duplicate-element',
      at: 'alert/info/event',
    })
  })

  test('passes over comments without losing what they part', () => {
    expect(read(xml.replace('Actual', 'Act<!-- x -->ual'))).toEqual(read(xml))
  })

  test('never fails on whatever bytes it is given', () => {
    const bytes = encoder.encode(xml)
    fc.assert(
      fc.property(fc.nat(), fc.uint8Array({ maxLength: 12 }), fc.nat(40), (place, put, cut) => {
        const at = place % bytes.length
        const changed = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + cut)])
        expect(readCap(changed)).toBeTypeOf('object')
      }),
      { numRuns: 400 },
    )
    fc.assert(fc.property(fc.uint8Array(), (any) => 'fault' in readCap(any)))
  })
})
