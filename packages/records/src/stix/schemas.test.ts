import { Marking } from '@tocsin/domain/audience.ts'
import { Instant } from '@tocsin/domain/brand.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createdBy, madeRecord } from '../../test/made-network.ts'
import { openStixSchemas, withoutStixSchemas } from '../../test/stix-schemas.ts'
import { newAudienceKey, sealRecords } from '../seal.ts'
import { extensionId, extensionObjects } from './extension.ts'
import { markingObjects, markingOf, markingRef } from './tlp.ts'

describe.skipIf(withoutStixSchemas)('by the schemas of OASIS', () => {
  const faultsOf = openStixSchemas()

  test('our extension, its author and the markings are valid', () => {
    for (const object of [...extensionObjects, ...markingObjects]) {
      expect(faultsOf(object), object.type).toEqual([])
    }
  })

  test('a sealed carrier is valid', async () => {
    const { recipient } = await newAudienceKey()
    const at = Instant.parse('2026-01-01T10:59:59.999Z')

    const carrier = await sealRecords([madeRecord(1)], recipient, { createdBy, at })
    expect(faultsOf(carrier)).toEqual([])
  })

  test('what is not valid is found out', () => {
    const [author, definition] = extensionObjects
    const [marking] = markingObjects
    const { name: _, ...nameless } = author as Record<string, unknown>
    expect(faultsOf(nameless as never)).not.toEqual([])
    expect(faultsOf({ ...definition, extension_types: ['other'] } as never)).not.toEqual([])
    expect(faultsOf({ ...marking, id: 'marking-definition--1' } as never)).not.toEqual([])
    expect(faultsOf({ ...author, type: `${'a'.repeat(100_000)}!` } as never)).not.toEqual([])
    const seventh = 'x--01890a5d-ac96-774b-bcce-b302099a8057'
    expect(faultsOf({ ...author, type: 'x', id: seventh } as never)).not.toEqual([])
  })
})

describe('markings', () => {
  test('are named as OASIS names them, and back', () => {
    for (const marking of Marking.options) expect(markingOf([markingRef(marking)])).toBe(marking)
    expect(new Set(markingObjects.map(({ id }) => id)).size).toBe(5)
    expect(markingObjects.map(({ extensions }) => Object.values(extensions)[0]?.tlp_2_0)).toEqual([
      'clear',
      'green',
      'amber',
      'amber+strict',
      'red',
    ])
  })

  test('only narrow: the most closed holds, and what is not known is closed', () => {
    const unknown = fc.uuid().map((id) => `marking-definition--${id}`)
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...Marking.options)), unknown, (markings, other) => {
        const most = Marking.options.findLast((marking) => markings.includes(marking)) ?? 'TLP:RED'
        const refs = markings.map(markingRef)
        expect(markingOf(refs)).toBe(most)
        expect(markingOf(refs.toReversed())).toBe(most)
        expect(markingOf([...refs, other])).toBe('TLP:RED')
      }),
    )
    expect(markingOf(undefined)).toBe('TLP:RED')
  })

  test('the extension has the name it always had', () => {
    expect(extensionId).toBe('extension-definition--7a2f6c1e-3a57-5e41-8d0b-5d4c2b1a9f60')
  })
})
