import * as session from '@tocsin/api/session.ts'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { startTestNode, type TestNode } from './test-node.ts'
import { openBrowser, signInWithPasskey, type TestPerson } from './test-people.ts'

const MINUTE = 60_000
const isOpen = async ({ call }: TestPerson): Promise<boolean> =>
  (await call(session.getSession, {})).self !== null

/** Every text in every table, as whoever stole a copy of the database would read it. */
async function readWholeDatabase({ databaseUrl }: TestNode): Promise<string> {
  const owner = new pg.Client(databaseUrl)
  await owner.connect()
  const { rows } = await owner.query(
    `select query_to_xml(format('select * from %I', tablename), true, false, '')::text as text
      from pg_tables where schemaname = 'public'`,
  )
  await owner.end()
  return rows.map(({ text }) => text).join('\n')
}

describe('a session', () => {
  test('travels in a cookie that scripts and other sites never get', async () => {
    const node = await startTestNode()
    const { passkey } = await node.as('reader')
    const { ceremony, options } = await node.visitor(session.startPasskeySignIn, {})
    const response = await fetch(`${node.url}/api/session/passkey`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ceremony, passkey: passkey.use(options) }),
    })
    const [cookie = ''] = response.headers.getSetCookie()
    expect(cookie).toMatch(/^tocsin=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
  })

  test('ends after an hour without use, not before', async () => {
    const node = await startTestNode()
    const reader = await node.as('reader')
    node.advance(59 * MINUTE)
    expect(await isOpen(reader)).toBe(true)
    node.advance(59 * MINUTE)
    expect(await isOpen(reader)).toBe(true)
    node.advance(60 * MINUTE)
    expect(await isOpen(reader)).toBe(false)
  })

  test('ends after twelve hours however much it is used', async () => {
    const node = await startTestNode()
    const reader = await node.as('reader')
    for (let half = 0; half < 23; half += 1) {
      node.advance(30 * MINUTE)
      expect(await isOpen(reader)).toBe(true)
    }
    node.advance(30 * MINUTE)
    expect(await isOpen(reader)).toBe(false)
  })

  test('is over on this device after signing out, and only on this one', async () => {
    const node = await startTestNode()
    const reader = await node.as('reader')
    const other = { ...reader, ...openBrowser(node.url) }
    await signInWithPasskey(other, reader.passkey)
    const stolen = new Map(other.cookies)
    await other.call(session.signOut, {})
    expect(other.cookies.size).toBe(0)
    for (const [name, value] of stolen) other.cookies.set(name, value)
    expect(await isOpen(other)).toBe(false)
    expect(await isOpen(reader)).toBe(true)
  })

  test('is over on every device after signing out everywhere', async () => {
    const node = await startTestNode()
    const reader = await node.as('reader')
    const other = { ...reader, ...openBrowser(node.url) }
    await signInWithPasskey(other, reader.passkey)
    await reader.call(session.signOutEverywhere, {})
    expect([await isOpen(reader), await isOpen(other)]).toEqual([false, false])
  })

  test('can be ended from another device, but never by another person', async () => {
    const node = await startTestNode()
    const reader = await node.as('reader')
    const analyst = await node.as('analyst')
    const other = { ...reader, ...openBrowser(node.url) }
    const { self } = await signInWithPasskey(other, reader.passkey)
    const params = { session: self.session }
    const foreign = analyst.call(session.endSession, { params })
    await expect(foreign).rejects.toMatchObject({ code: 'session.not-found' })
    await reader.call(session.endSession, { params })
    expect(await isOpen(other)).toBe(false)
  })

  test('and the links leave nothing in the database that opens anything', async () => {
    const node = await startTestNode()
    const reader = await node.as('reader')
    const text = await readWholeDatabase(node)
    expect(text).toContain(reader.person)
    for (const secret of [
      ...reader.cookies.values(),
      new URL(node.setUpLink ?? '').hash.slice(1),
    ]) {
      expect(text).not.toContain(secret)
    }
  })

  test('belongs to nobody when the cookie was made up', async () => {
    const node = await startTestNode()
    const browser = openBrowser(node.url)
    browser.cookies.set('tocsin', 'A'.repeat(43))
    expect(await browser.call(session.getSession, {})).toEqual({ self: null })
  })
})

describe('the operator’s token', () => {
  test('must be the one of this run, whole', async () => {
    const node = await startTestNode()
    const ask = async (authorization: string) =>
      (await fetch(`${node.url}/api/organisations`, { headers: { authorization } })).status
    expect(await ask('Bearer ')).toBe(401)
    expect(await ask(`Bearer ${'a'.repeat(43)}`)).toBe(401)
    await expect(node.operator(session.getSession, {})).resolves.toEqual({ self: null })
  })
})
