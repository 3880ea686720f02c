import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { capMessages } from '../../test/cap-messages.ts'
import { capSamples, openCapSchema, withoutCapSchema } from '../../test/cap-schema.ts'
import { readAlert } from './alert.ts'
import { encodeCap } from './profile.ts'
import { readCap } from './read.ts'

const bytesOf = (xml: string) => new TextEncoder().encode(xml)

/** What our subset of XML leaves out although the schema lets it pass. */
const outside = new Set(['doctype', 'entity', 'instruction', 'not-utf8', 'attribute', 'too-large'])

describe.skipIf(withoutCapSchema)('by the schema of OASIS', () => {
  test('every message that we write is valid', () => {
    const isValid = openCapSchema()
    fc.assert(
      fc.property(capMessages, (message) => {
        const written = encodeCap(message)
        expect('xml' in written && isValid(written.xml)).toBe(true)
      }),
      { numRuns: 600 },
    )
  })

  test('the messages of others are to us what they are to it, within our subset', () => {
    const isValid = openCapSchema()
    const seen = [...capSamples()].map(([name, bytes]) => {
      const read = readAlert(bytes)
      if ('alert' in read) return [name, isValid(bytes), 'read'] as const
      return [name, isValid(bytes), read.fault] as const
    })
    for (const [name, valid, said] of seen) {
      if (!outside.has(said)) expect(said === 'read', `${name}: ${said}`).toBe(valid)
    }
    expect(Object.fromEntries(seen.map(([name, , said]) => [name, said]))).toEqual({
      'australia.cap': 'read',
      'canada.cap': 'read',
      'earthquake-iso8859-1.cap': 'not-utf8',
      'invalid.cap': 'missing-element',
      'no_optional_fields.cap': 'instruction',
      'noaa_errors.cap': 'instruction',
      'wcatwc-warning.cap': 'read',
      'weather.cap': 'namespace',
      'xee.cap': 'instruction',
    })
  })

  test('a message with one thing changed is sound to us exactly where it is to the schema', () => {
    const isValid = openCapSchema()
    const counted = { sound: 0, unsound: 0 }
    fc.assert(
      fc.property(capMessages, changes, (message, change) => {
        const written = encodeCap(message)
        if ('fault' in written) throw new Error(written.fault)
        const changed = change(written.xml)
        const read = readAlert(bytesOf(changed))
        expect('alert' in read, `${JSON.stringify(read)} ${changed}`).toBe(isValid(changed))
        counted['alert' in read ? 'sound' : 'unsound'] += 1
      }),
      { numRuns: 800 },
    )
    // Both must come about, or the two agreed on nothing.
    expect(Math.min(counted.sound, counted.unsound)).toBeGreaterThan(50)
  })

  test('nothing of an attack by entities is fetched, resolved or read', () => {
    const bytes = capSamples().get('xee.cap') ?? new Uint8Array()
    expect(readCap(bytes)).toEqual({ fault: 'instruction', at: '' })
    const withoutInstruction = Buffer.from(bytes)
      .toString()
      .replace(/<\?xml-stylesheet.*\?>\n/, '')
    expect(readCap(bytesOf(withoutInstruction))).toEqual({ fault: 'doctype', at: '' })
  })
})

/** The elements of a message that hold text, as they stand in it. */
const leaves = (xml: string): string[] => xml.match(/<(\w+)>[^<]*<\/\1>/g) ?? []

type Change = (xml: string) => string
const onLeaf =
  (place: number, change: (leaf: string, all: readonly string[]) => string): Change =>
  (xml) => {
    const all = leaves(xml)
    const leaf = all[place % all.length] ?? ''
    // A function, so that what the text holds is no pattern.
    return xml.replace(leaf, () => change(leaf, all))
  }

const values = fc.constantFrom(
  '',
  'Actual',
  'Immediate',
  'Security',
  'None',
  'en-AU',
  'not a language',
  '2026-03-01T08:00:00-00:00',
  '2026-03-01T08:00:00+14:00',
  '2026-03-01T08:00:00+14:01',
  '2026-03-01T25:00:00-00:00',
  '2026-02-29T08:00:00-00:00',
  '2028-02-29T08:00:00-00:00',
  '2026-03-01T08:00:00Z',
)
const changes: fc.Arbitrary<Change> = fc.oneof(
  fc.nat().map((place) => onLeaf(place, () => '')),
  fc.nat().map((place) => onLeaf(place, (leaf) => leaf + leaf)),
  fc.nat().map((place) => onLeaf(place, (leaf) => `<!-- said -->${leaf}\n  `)),
  fc.nat().map((place) => onLeaf(place, (leaf) => leaf.replaceAll(/\w+>/g, 'unknown>'))),
  fc.nat().map((place) => onLeaf(place, (leaf) => leaf.replace('<', 'text <'))),
  fc
    .tuple(fc.nat(), values)
    .map(([place, value]) => onLeaf(place, (leaf) => leaf.replace(/>[^<]*</, () => `>${value}<`))),
  fc
    .tuple(fc.nat(), fc.nat())
    .map(([place, from]) => onLeaf(place, (leaf, all) => (all[from % all.length] ?? '') + leaf)),
)
