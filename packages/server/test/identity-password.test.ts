import * as own from '@tocsin/api/credentials.ts'
import * as enrolment from '@tocsin/api/enrolment.ts'
import * as session from '@tocsin/api/session.ts'
import type { PersonId } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import { type InvitationId, SignInName } from '@tocsin/domain/people.ts'
import { Secret, TOTP } from 'otpauth'
import { describe, expect, test } from 'vitest'
import { startTestNode, type TestNode } from './test-node.ts'
import { openBrowser, tokenOf } from './test-people.ts'

const PASSWORD = 'moth lantern gravel seven'
const signInName = SignInName.parse('Ana.Ruiz@example.int')
const wrong = { code: 'session.wrong-credentials' }

const codeAt = (secret: string, node: TestNode): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({
    timestamp: Date.parse(node.app.clock()),
  })

/** A person who has a password and an authenticator and no passkey. */
async function startWithPassword() {
  const node = await startTestNode()
  const administrator = await node.as('administrator')
  const { organisation } = administrator
  const { link } = await administrator.call(enrolment.invite, {
    body: { id: newId<InvitationId>(), organisation, post: null, roles: ['reader'] },
  })
  const browser = openBrowser(node.url)
  const token = tokenOf(link)
  const person = newId<PersonId>()
  const body = { token, person, name: 'Ana Ruiz', signInName }
  const { ceremony, secret } = await browser.call(enrolment.startEnrolment, { body })
  const enrol = (password: string, code = codeAt(secret, node)) =>
    browser.call(enrolment.enrol, {
      body: { token, ceremony, locale: 'es', proof: { way: 'password', password, code } },
    })
  const signIn = (given: { signInName?: string; password?: string; code?: string }) =>
    openBrowser(node.url).call(session.signInWithPassword, {
      body: {
        signInName: SignInName.parse(given.signInName ?? signInName),
        password: given.password ?? PASSWORD,
        code: given.code ?? codeAt(secret, node),
      },
    })
  return { node, browser, person, secret, enrol, signIn }
}

describe('setting a password', () => {
  test('refuses what is short or guessed first, and lets the person try again', async () => {
    const { enrol } = await startWithPassword()
    const short = { code: 'identity.password-short', details: { minimum: 12 } }
    await expect(enrol('gravel moth')).rejects.toMatchObject(short)
    for (const weak of ['password1234', 'qwertyuiop12', 'aaaaaaaaaaaaaa', 'ana.ruiz@example.int']) {
      await expect(enrol(weak)).rejects.toMatchObject({ code: 'identity.password-weak' })
    }
    await expect(enrol(PASSWORD, '000000')).rejects.toMatchObject({ code: 'identity.wrong-code' })
    const { recoveryCodes } = await enrol(PASSWORD)
    expect(new Set(recoveryCodes).size).toBe(10)
  })
})

describe('signing in with a password', () => {
  test('takes password and code together, the name in any case', async () => {
    const { node, person, enrol, signIn } = await startWithPassword()
    await enrol(PASSWORD)
    node.advance(30_000)
    const { self } = await signIn({ signInName: 'ANA.RUIZ@example.int' })
    expect(self.person).toBe(person)
  })

  test('says the same of a wrong name, password or code', async () => {
    const { node, enrol, signIn } = await startWithPassword()
    await enrol(PASSWORD)
    node.advance(30_000)
    const answers = await Promise.allSettled([
      signIn({ signInName: 'nobody@example.int' }),
      signIn({ password: 'moth lantern gravel eight' }),
      signIn({ code: '000000' }),
      signIn({ code: 'AAAA-BBBB-CCCC-DDDD' }),
    ])
    for (const answer of answers) {
      expect(answer).toMatchObject({ reason: { ...wrong, details: {} } })
    }
  })

  test('takes each code once, even when it arrives twice at the same moment', async () => {
    const { node, enrol, signIn } = await startWithPassword()
    await enrol(PASSWORD)
    await expect(signIn({})).rejects.toMatchObject(wrong)
    node.advance(30_000)
    const answers = await Promise.allSettled([signIn({}), signIn({}), signIn({})])
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('takes each recovery code once, however it is written', async () => {
    const { enrol, signIn } = await startWithPassword()
    const { recoveryCodes } = await enrol(PASSWORD)
    const [code = ''] = recoveryCodes
    await signIn({ code: code.toLowerCase().replaceAll('-', ' ') })
    await expect(signIn({ code })).rejects.toMatchObject(wrong)
  })

  test('stops after ten failures, for a name that exists and one that does not alike', async () => {
    const { node, enrol, signIn } = await startWithPassword()
    await enrol(PASSWORD)
    node.advance(30_000)
    for (const name of [signInName, 'nobody@example.int']) {
      const attempts = Array.from({ length: 14 }, () =>
        signIn({ signInName: name, password: 'wrong' }).catch(({ code }) => code),
      )
      const codes = await Promise.all(attempts)
      expect(codes.filter((code) => code === 'session.wrong-credentials')).toHaveLength(10)
      expect(codes.filter((code) => code === 'request.too-many')).toHaveLength(4)
    }
    await expect(signIn({})).rejects.toMatchObject({ code: 'request.too-many' })
    node.advance(15 * 60_000)
    await expect(signIn({})).resolves.toHaveProperty('self')
  })

  test('is no way in once the fallback was removed, which wants another way first', async () => {
    const { browser, enrol } = await startWithPassword()
    await enrol(PASSWORD)
    const remove = browser.call(own.removeFallback, {})
    await expect(remove).rejects.toMatchObject({ code: 'identity.last-credential' })
    expect(await browser.call(own.listCredentials, {})).toMatchObject({
      hasFallback: true,
      recoveryCodesLeft: 10,
    })
  })
})

describe('a sensitive act', () => {
  test('is opened again by password and code for somebody without a passkey', async () => {
    const { node, browser, secret, enrol } = await startWithPassword()
    await enrol(PASSWORD)
    node.advance(6 * 60_000)
    const start = () => browser.call(own.startFallback, {})
    await expect(start()).rejects.toMatchObject({ code: 'session.step-up-required' })
    const body = { password: PASSWORD, code: codeAt(secret, node) }
    await browser.call(session.stepUpWithCode, { body })
    await expect(start()).resolves.toHaveProperty('secret')
  })
})
