import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ownAddress } from './addresses.ts'

const own = 'https://node.example'

describe('where somebody goes after signing in', () => {
  test('is the page they came from', () => {
    expect(ownAddress('/people/1?day=2026-01-01#posts', own)).toBe(
      `${own}/people/1?day=2026-01-01#posts`,
    )
  })

  test.each([
    undefined,
    '',
    'https://other.example/',
    '//other.example',
    '/\\other.example',
    '/\t/other.example',
    '//',
    'javascript:alert(1)',
  ])('is where everybody begins where the address is %j', (address) => {
    expect(ownAddress(address, own)).toBe(`${own}/`)
  })

  test('is never another site, whatever the address says', () => {
    const hostile = fc.string({
      unit: fc.constantFrom('/', '\\', '.', ':', '@', '\t', '\n', 'a', '..', '..//'),
    })
    fc.assert(
      fc.property(fc.oneof(fc.string(), hostile), (address) => {
        // As the browser reads it: against the page that it stands on.
        expect(new URL(ownAddress(`/${address}`, own), own).origin).toBe(own)
      }),
    )
  })
})
