import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ContactInput, ContactInputs } from './contact.ts'

const isAccepted = (channel: string, address: string): boolean =>
  ContactInput.safeParse({ channel, address }).success

describe('where somebody is reached', () => {
  test.each([
    ['e-mail', 'head@authority.example'],
    ['sms', '+41 22 555 01 02'],
    ['call-sheet', '+1 (202) 555-0147'],
    ['webhook', 'https://hooks.authority.example/notices?desk=2'],
    ['webhook', 'https://hooks.authority.example:8443/'],
  ])('by %s may be %s', (channel, address) => {
    expect(isAccepted(channel, address)).toBe(true)
  })

  test.each([
    ['e-mail', 'head@authority.example\r\nBcc: spy@evil.example'],
    ['e-mail', 'a@b.example, c@d.example'],
    ['e-mail', 'Head <head@authority.example>'],
    ['e-mail', `${'x'.repeat(250)}@b.example`],
    ['sms', '022 555 01 02'],
    ['sms', '+0225550102'],
    ['sms', '+12345'],
    ['sms', '+1234567890123456'],
    ['sms', '+41225550102&text=other'],
    ['call-sheet', 'the porter'],
    ['webhook', 'http://hooks.authority.example/'],
    ['webhook', 'https://user:secret@hooks.authority.example/'],
    ['webhook', 'https://hooks.authority.example/#part'],
    ['webhook', 'file:///etc/passwd'],
    ['webhook', `https://hooks.authority.example/${'x'.repeat(300)}`],
    ['web-push', 'anything'],
    ['pigeon', 'home'],
  ])('by %s is never %s', (channel, address) => {
    expect(isAccepted(channel, address)).toBe(false)
  })

  test('is one address for each way, in the order they were given', () => {
    const mail = { channel: 'e-mail', address: 'head@authority.example' }
    const number = { channel: 'sms', address: '+41 225550102' }
    expect(ContactInputs.parse([number, mail])).toEqual([
      { channel: 'sms', address: '+41225550102' },
      mail,
    ])
    expect(ContactInputs.safeParse([mail, mail]).success).toBe(false)
  })

  test('whatever is accepted as a number is nothing but a plus sign and digits', () => {
    const parts = fc.constantFrom('+', '1', '4', '0', '9', ' ', '-', '(', ')', '&', '\r', '\n', 'x')
    fc.assert(
      fc.property(fc.string({ unit: parts, maxLength: 22 }), (address) => {
        const { data } = ContactInput.safeParse({ channel: 'sms', address })
        if (data) expect(data.address).toMatch(/^\+[1-9][0-9]{6,14}$/)
        expect(data !== undefined).toBe(/^\+[1-9]\d{6,14}$/.test(address.replace(/[\s().-]/g, '')))
      }),
      { numRuns: 2000 },
    )
  })
})
