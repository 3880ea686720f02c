import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import * as own from '@tocsin/api/credentials.ts'
import * as session from '@tocsin/api/session.ts'
import * as settings from '@tocsin/api/settings.ts'
import { newId } from '@tocsin/domain/id.ts'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { client, type OutsideProvider, startOutsideProvider } from './outside-provider.ts'
import { startTestNode, type TestNode } from './test-node.ts'
import { type Browser, keepCookies, openBrowser, stepUp } from './test-people.ts'

/** A node with a reader, and a provider that an administrator has added. */
async function startWithProvider() {
  const node = await startTestNode()
  const administrator = await node.as('administrator')
  const reader = await node.as('reader')
  const { provider, ...added } = await addProvider(node, 'Ministry')
  return { node, administrator, reader, provider, ...added }
}

async function addProvider(node: TestNode, name: string) {
  const administrator = await node.as('administrator')
  const { returnAddress } = await administrator.call(settings.listProviders, {})
  const outside = await startOutsideProvider(returnAddress)
  const provider = newId()
  const body = { name, issuer: outside.issuer, ...client }
  const answer = await administrator.call(settings.setProvider, { params: { provider }, body })
  return { provider, outside, answer }
}

const start = ({ call }: Browser, provider: string, purpose: 'sign-in' | 'link') =>
  call(session.startProviderSignIn, { params: { provider }, body: { purpose } })

/** Comes back from the provider as the browser does; answers the page it is sent on to. */
async function comeBack(browser: Browser, address: string): Promise<string> {
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const response = await fetch(address, { headers: { cookie } })
  keepCookies(browser.cookies, response)
  return /url=([^"]+)/.exec(await response.text())?.[1] ?? ''
}

async function through(
  browser: Browser,
  { provider, outside }: { readonly provider: string; readonly outside: OutsideProvider },
  purpose: 'sign-in' | 'link',
  login = 'ana',
): Promise<string> {
  const { url } = await start(browser, provider, purpose)
  return comeBack(browser, await outside.signIn(url, login))
}

describe('signing in with another identity provider', () => {
  test('works once the account was linked by its owner', async () => {
    const { node, reader, ...there } = await startWithProvider()
    expect(await through(reader, there, 'link')).toBe('/account')
    const browser = openBrowser(node.url)
    expect(await through(browser, there, 'sign-in')).toBe('/')
    const { self } = await browser.call(session.getSession, {})
    expect(self).toMatchObject({ person: reader.person, steppedUpUntil: null })
    const { outside } = await reader.call(own.listCredentials, {})
    expect(outside).toMatchObject([{ issuer: there.outside.issuer }])
  })

  test('lets nobody in whom the node does not know', async () => {
    const { node, reader, ...there } = await startWithProvider()
    await through(reader, there, 'link')
    const browser = openBrowser(node.url)
    const page = await through(browser, there, 'sign-in', 'eve')
    expect(page).toBe('/sign-in?problem=identity.outside-unknown')
    expect(await browser.call(session.getSession, {})).toEqual({ self: null })
  })

  test('takes the same subject of another issuer for somebody else', async () => {
    const { node, reader, ...there } = await startWithProvider()
    await through(reader, there, 'link')
    const other = await addProvider(node, 'Another ministry')
    const page = await through(openBrowser(node.url), other, 'sign-in')
    expect(page).toBe('/sign-in?problem=identity.outside-unknown')
  })

  test('does not count as a fresh proof for sensitive acts', async () => {
    const { node, reader, ...there } = await startWithProvider()
    await through(reader, there, 'link')
    const browser = openBrowser(node.url)
    await through(browser, there, 'sign-in')
    const add = browser.call(own.startPasskey, {})
    await expect(add).rejects.toMatchObject({ code: 'session.step-up-required' })
  })

  test('is refused in another browser than the one that set out, and a second time', async () => {
    const { node, reader, provider, outside } = await startWithProvider()
    await through(reader, { provider, outside }, 'link')
    const over = '/sign-in?problem=identity.ceremony-over'
    const victim = openBrowser(node.url)
    const attacker = openBrowser(node.url)
    const { url } = await start(attacker, provider, 'sign-in')
    const planted = await outside.signIn(url, 'ana')
    expect(await comeBack(victim, planted)).toBe(over)
    const browser = openBrowser(node.url)
    const going = await start(browser, provider, 'sign-in')
    const address = await outside.signIn(going.url, 'ana')
    expect(await comeBack(browser, address)).toBe('/')
    expect(await comeBack(browser, address)).toBe(over)
  })

  test.each(['code', 'iss'])('is refused when the answer’s %s was changed', async (name) => {
    const { node, provider, outside } = await startWithProvider()
    const browser = openBrowser(node.url)
    const { url } = await start(browser, provider, 'sign-in')
    const address = new URL(await outside.signIn(url, 'ana'))
    address.searchParams.set(name, 'https://other.example')
    const page = await comeBack(browser, address.href)
    expect(page).toBe('/sign-in?problem=identity.provider-failed')
  })

  test('ends for an account that was unlinked', async () => {
    const { node, reader, ...there } = await startWithProvider()
    await through(reader, there, 'link')
    const { outside } = await reader.call(own.listCredentials, {})
    const params = { identity: outside[0]?.id ?? '' }
    await reader.call(own.unlinkOutside, { params })
    const page = await through(openBrowser(node.url), there, 'sign-in')
    expect(page).toBe('/sign-in?problem=identity.outside-unknown')
  })
})

describe('linking an account', () => {
  test('never takes over an identity that somebody else has linked', async () => {
    const { node, reader, ...there } = await startWithProvider()
    await through(reader, there, 'link')
    const page = await through(await node.as('analyst'), there, 'link')
    expect(page).toBe('/sign-in?problem=identity.outside-linked')
  })

  test('comes to nothing when the session has ended meanwhile', async () => {
    const { reader, provider, outside } = await startWithProvider()
    const { url } = await start(reader, provider, 'link')
    const address = await outside.signIn(url, 'ana')
    const cookies = new Map(reader.cookies)
    await reader.call(session.signOutEverywhere, {})
    const page = await comeBack({ ...reader, cookies }, address)
    expect(page).toBe('/sign-in?problem=session.required')
  })
})

describe('the settings of a provider', () => {
  test('keep the client’s secret in a file of the node’s folder and nowhere else', async () => {
    const { node, administrator, provider, answer } = await startWithProvider()
    expect(answer).toMatchObject({ hasSecret: true, clientId: client.clientId })
    const file = join(node.home, 'providers', `${provider}.secret`)
    expect(await readFile(file, 'utf8')).toBe(client.clientSecret)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const seen = JSON.stringify(await administrator.call(settings.listProviders, {}))
    const owner = new pg.Client(node.databaseUrl)
    await owner.connect()
    const stored = await owner.query(`select query_to_xml(
      'select p::text, a::text from identity_provider p, audit_entry a', true, false, '')::text as t`)
    await owner.end()
    expect(seen + stored.rows[0].t).not.toContain(client.clientSecret)
  })

  test('want TLS, a provider that answers, and a fresh proof of who asks', async () => {
    const { node, administrator } = await startWithProvider()
    const set = (issuer: string) =>
      administrator.call(settings.setProvider, {
        params: { provider: newId() },
        body: { name: 'Other', issuer, ...client },
      })
    await expect(set('http://login.example')).rejects.toMatchObject({
      code: 'request.invalid',
      details: { issues: [{ path: 'issuer', code: 'not-https' }] },
    })
    const silent = { code: 'identity.provider-failed' }
    await expect(set('http://127.0.0.1:9')).rejects.toMatchObject(silent)
    node.advance(5 * 60_000)
    const proof = { code: 'session.step-up-required' }
    await expect(set('http://127.0.0.1:9')).rejects.toMatchObject(proof)
    await stepUp(administrator)
    await expect(set('http://127.0.0.1:9')).rejects.toMatchObject(silent)
  })
})
