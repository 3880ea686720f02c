import * as own from '@tocsin/api/credentials.ts'
import * as session from '@tocsin/api/session.ts'
import { describe, expect, test } from 'vitest'
import { SoftwarePasskey } from './software-passkey.ts'
import { startTestNode } from './test-node.ts'
import { openBrowser, passkeyOrigin, signInWithPasskey, stepUp } from './test-people.ts'

const wrong = { code: 'session.wrong-credentials' }

describe('signing in with a passkey', () => {
  test('opens a session of its own on another device', async () => {
    const node = await startTestNode()
    const reader = await node.as('reader')
    const browser = openBrowser(node.url)
    const { self } = await signInWithPasskey(browser, reader.passkey)
    expect(self.person).toBe(reader.person)
    expect(await browser.call(session.getSession, {})).toEqual({ self })
    expect(await reader.call(session.listSessions, {})).toHaveLength(2)
  })

  test('names nobody: the challenge lists no keys', async () => {
    const node = await startTestNode()
    await node.as('reader')
    const { options } = await node.visitor(session.startPasskeySignIn, {})
    expect(options['allowCredentials']).toEqual([])
  })

  test.each([
    ['from a page with another address', { origin: 'http://localhost.example:80' }],
    ['on a device that did not verify the person', { isVerified: false }],
  ])('is refused %s', async (_, faults) => {
    const node = await startTestNode()
    const { passkey } = await node.as('reader')
    const { ceremony, options } = await node.visitor(session.startPasskeySignIn, {})
    const body = { ceremony, passkey: passkey.use(options, faults) }
    await expect(node.visitor(session.signInWithPasskey, { body })).rejects.toMatchObject(wrong)
  })

  test('is refused with a key that nobody registered', async () => {
    const node = await startTestNode()
    await node.as('reader')
    const stranger = new SoftwarePasskey(passkeyOrigin(node.url))
    const attempt = signInWithPasskey(openBrowser(node.url), stranger)
    await expect(attempt).rejects.toMatchObject(wrong)
  })

  test('takes each challenge once, and for ten minutes', async () => {
    const node = await startTestNode()
    const { passkey } = await node.as('reader')
    const answer = async () => {
      const { ceremony, options } = await node.visitor(session.startPasskeySignIn, {})
      return { body: { ceremony, passkey: passkey.use(options) } }
    }
    const over = { code: 'identity.ceremony-over' }
    const first = await answer()
    await node.visitor(session.signInWithPasskey, first)
    await expect(node.visitor(session.signInWithPasskey, first)).rejects.toMatchObject(over)
    const late = await answer()
    node.advance(10 * 60_000 + 1)
    await expect(node.visitor(session.signInWithPasskey, late)).rejects.toMatchObject(over)
  })

  test('is refused when the key’s counter goes back, as that of a copied key would', async () => {
    const node = await startTestNode()
    const { passkey } = await node.as('reader')
    const start = () => node.visitor(session.startPasskeySignIn, {})
    const [early, later] = [await start(), await start()]
    const usedEarly = passkey.use(early.options)
    const usedLater = passkey.use(later.options)
    const finish = (ceremony: string, used: typeof usedEarly) =>
      node.visitor(session.signInWithPasskey, { body: { ceremony, passkey: used } })
    await finish(later.ceremony, usedLater)
    await expect(finish(early.ceremony, usedEarly)).rejects.toMatchObject(wrong)
  })
})

describe('one’s own passkeys', () => {
  test('can be several, and each of them signs in', async () => {
    const node = await startTestNode()
    const reader = await node.as('reader')
    const second = new SoftwarePasskey(passkeyOrigin(node.url))
    const { ceremony, options } = await reader.call(own.startPasskey, {})
    const body = { ceremony, name: 'Key in the safe', passkey: second.make(options) }
    await reader.call(own.addPasskey, { body })
    const { passkeys } = await reader.call(own.listCredentials, {})
    expect(passkeys.map(({ name }) => name)).toEqual(['Phone', 'Key in the safe'])
    const { self } = await signInWithPasskey(openBrowser(node.url), second)
    expect(self.person).toBe(reader.person)
  })

  test('keep at least one way of signing in, whatever is removed', async () => {
    const node = await startTestNode()
    const { call, passkey } = await node.as('reader')
    const remove = call(own.removePasskey, { params: { passkey: passkey.id } })
    await expect(remove).rejects.toMatchObject({ code: 'identity.last-credential' })
    expect((await call(own.listCredentials, {})).passkeys).toHaveLength(1)
  })

  test('are out of reach for everybody else', async () => {
    const node = await startTestNode()
    const { passkey } = await node.as('reader')
    const administrator = await node.as('administrator')
    const remove = administrator.call(own.removePasskey, { params: { passkey: passkey.id } })
    await expect(remove).rejects.toMatchObject({ code: 'identity.not-found' })
  })

  test('are added only after a fresh proof of who asks', async () => {
    const node = await startTestNode()
    const reader = await node.as('reader')
    node.advance(5 * 60_000)
    const start = () => reader.call(own.startPasskey, {})
    await expect(start()).rejects.toMatchObject({ code: 'session.step-up-required' })
    await stepUp(reader)
    await expect(start()).resolves.toHaveProperty('ceremony')
  })

  test('are not proven by somebody else’s passkey', async () => {
    const node = await startTestNode()
    const reader = await node.as('reader')
    const analyst = await node.as('analyst')
    const { ceremony, options } = await reader.call(session.startStepUp, {})
    const body = { ceremony, passkey: analyst.passkey.use(options) }
    await expect(reader.call(session.stepUpWithPasskey, { body })).rejects.toMatchObject(wrong)
  })
})
