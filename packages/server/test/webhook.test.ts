import { createHash, createPublicKey, type JsonWebKey, verify } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getNodeKeys } from '@tocsin/api/channels.ts'
import { setContacts } from '@tocsin/api/people.ts'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { isPublic, type Resolve } from '../src/channels/addresses.ts'
import { nodeKey } from '../src/channels/node-keys.ts'
import { openWebhook } from '../src/channels/webhook.ts'
import { addAuthority, draft, draftFor, openMatter, sign, until } from './test-docket.ts'
import { keepingLog, message } from './test-messages.ts'
import { startTestNode } from './test-node.ts'
import { stepUp } from './test-people.ts'
import { startTlsServer, type Taken } from './tls-server.ts'

const NAME = 'hooks.authority.example'
const here: Resolve = async () => ['127.0.0.1']

async function makeHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'tocsin-webhook-'))
  onTestFinished(() => rm(home, { recursive: true, force: true }))
  return home
}

/**
 * What a receiver does, written from RFC 9421 and RFC 9530 alone: rebuilds what was signed from the
 * request as it came, and checks it with the published key.
 */
function isGenuine({ method, path, headers, body }: Taken, origin: string, jwk: JsonWebKey) {
  const digest = `sha-256=:${createHash('sha256').update(body).digest('base64')}:`
  if (headers['content-digest'] !== digest) return false
  const input = String(headers['signature-input'])
  const [, label = '', parameters = '', names = ''] =
    /^(\w+)=((?:\(([^)]*)\)).*)$/.exec(input) ?? []
  const lines = [...names.matchAll(/"([^"]+)"/g)].map(([, name = '']) => {
    const derived: Record<string, string> = { '@method': method, '@target-uri': `${origin}${path}` }
    return `"${name}": ${derived[name] ?? String(headers[name])}`
  })
  const base = [...lines, `"@signature-params": ${parameters}`].join('\n')
  const [, encoded = ''] =
    new RegExp(`^${label}=:([^:]+):$`).exec(String(headers['signature'])) ?? []
  const key = createPublicKey({ key: jwk, format: 'jwk' })
  return verify(null, Buffer.from(base), key, Buffer.from(encoded, 'base64'))
}

describe('a notice to a machine', () => {
  test('carries a signature that its receiver can check, and no other request', async () => {
    const { ca, taken, host, url } = await startTlsServer(NAME)
    const home = await makeHome()
    const hosts = [host, '127.0.0.1']
    const channel = openWebhook({ hosts, ca }, { home, resolve: here })
    const first = await channel.send(message(`${url}/notices?desk=2`))
    expect(first.state).toBe('delivered')
    expect(await channel.send(message(`${url}/notices?desk=2`, { again: true }))).toEqual(first)
    const [one, two] = taken
    if (!one || !two) throw new Error('two requests were sent')
    const { publicKey, kid } = await nodeKey(home)
    expect(isGenuine(one, url, publicKey)).toBe(true)
    expect(isGenuine(two, url, publicKey)).toBe(true)
    const input = String(one.headers['signature-input'])
    for (const part of [
      '"@method"',
      '"@target-uri"',
      '"content-digest"',
      '"idempotency-key"',
      `keyid="${kid}"`,
      'alg="ed25519"',
      'expires=',
      'nonce=',
    ]) {
      expect(input).toContain(part)
    }
    // The same notice under the same name; each request under a signature of its own.
    expect(one.headers['idempotency-key']).toBe(two.headers['idempotency-key'])
    expect(one.headers['signature']).not.toBe(two.headers['signature'])
    const forged: Taken[] = [
      { ...one, path: '/notices?desk=3' },
      { ...one, method: 'PUT' },
      { ...one, body: Buffer.from(String(one.body).replace('2026/1', '2026/2')) },
      { ...one, headers: { ...one.headers, 'idempotency-key': '"other"' } },
    ]
    for (const altered of forged) expect(isGenuine(altered, url, publicKey)).toBe(false)
    const other = await nodeKey(await makeHome())
    expect(isGenuine(one, url, other.publicKey)).toBe(false)
  })

  test('goes to exact hosts on the list and nowhere else', async () => {
    const { ca, taken, host, port } = await startTlsServer(NAME)
    const hosts = [host, '127.0.0.1']
    const channel = openWebhook({ hosts, ca }, { home: await makeHome(), resolve: here })
    for (const to of [
      `https://${NAME}/`,
      `https://${NAME}:${port + 1}/`,
      `https://evil.${NAME}:${port}/`,
      `https://${NAME}.evil.example:${port}/`,
      `https://user@${NAME}:${port}/`,
      `https://user:${NAME}@evil.example:${port}/`,
      `http://${NAME}:${port}/`,
      `https://127.0.0.1:${port}/`,
      `https://[::ffff:127.0.0.1]:${port}/`,
      `https://2130706433:${port}/`,
      'file:///etc/passwd',
      'no address',
      '',
    ]) {
      expect(await channel.send(message(to)), to).toMatchObject({
        state: 'refused',
        reason: 'refused-address',
      })
    }
    expect(taken).toEqual([])
  })

  test.each([
    ['loopback', ['127.0.0.1']],
    ['a private network', ['10.0.0.7']],
    ['the address of a cloud’s secrets', ['169.254.169.254']],
    ['IPv4 written as IPv6', ['::ffff:127.0.0.1']],
    ['IPv4 behind a translator', ['64:ff9b::7f00:1']],
    ['an own network of IPv6', ['fd00::1']],
    ['a public and a private address at once', ['93.184.216.34', '127.0.0.1']],
  ])('is not sent where a listed name leads to %s', async (_what, addresses) => {
    const { ca, taken, host, url } = await startTlsServer(NAME)
    const resolve = async () => addresses
    const channel = openWebhook({ hosts: [host], ca }, { home: await makeHome(), resolve })
    expect(await channel.send(message(url))).toMatchObject({ reason: 'refused-address' })
    expect(taken).toEqual([])
  })

  test('is sent to the address that was looked at, whatever the name says a moment later', async () => {
    const { ca, taken, host, url } = await startTlsServer(NAME)
    const answers = [['127.0.0.1'], ['10.0.0.7'], ['10.0.0.7']]
    let asked = 0
    const resolve: Resolve = async () => answers[asked++] ?? []
    const hosts = [host, '127.0.0.1']
    const channel = openWebhook({ hosts, ca }, { home: await makeHome(), resolve })
    expect(await channel.send(message(url))).toMatchObject({ state: 'delivered' })
    expect(asked).toBe(1)
    expect(taken).toHaveLength(1)
  })

  test.each([
    [302, { location: 'https://127.0.0.1/' }, { state: 'refused', reason: 'refused-address' }],
    [400, {}, { state: 'refused', reason: 'refused-content' }],
    [401, {}, { state: 'deferred', reason: 'credentials' }],
    [410, {}, { state: 'refused', reason: 'refused-address' }],
    [413, {}, { state: 'refused', reason: 'too-large' }],
    [429, { 'retry-after': '90' }, { state: 'deferred', reason: 'busy', retryAfterMs: 90_000 }],
    [503, { 'retry-after': '9999999' }, { reason: 'busy', retryAfterMs: 21_600_000 }],
    [503, { 'retry-after': 'soon' }, { state: 'deferred', reason: 'busy', detail: 'HTTP 503' }],
  ])('tells %i apart, and passes on no words of the receiver', async (status, headers, outcome) => {
    const { ca, host, url, taken } = await startTlsServer(NAME, (response) =>
      response.writeHead(status, headers as never).end('secret-token told by the receiver'),
    )
    const hosts = [host, '127.0.0.1']
    const channel = openWebhook({ hosts, ca }, { home: await makeHome(), resolve: here })
    const said = await channel.send(message(url))
    expect(said).toMatchObject(outcome)
    expect(JSON.stringify(said)).not.toContain('secret-token')
    expect(taken).toHaveLength(1)
  })

  test('does not wait for a receiver that never ends, nor reads one that says too much', async () => {
    const slow = await startTlsServer(NAME, (response) => {
      response.writeHead(200)
      const drip = setInterval(() => response.write('.'), 50)
      response.on('close', () => clearInterval(drip))
    })
    const home = await makeHome()
    const open = ({ host, ca }: { host: string; ca: string }, waitMs?: number) =>
      openWebhook(
        { hosts: [host, '127.0.0.1'], ca },
        { home, resolve: here, ...(waitMs && { waitMs }) },
      )
    expect(await open(slow, 700).send(message(slow.url))).toMatchObject({
      state: 'deferred',
      reason: 'timeout',
    })
    let isCutOff = false
    const much = await startTlsServer(NAME, (response) => {
      response.writeHead(200)
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(16_384)));
      }
      response.on('drain', more)
      response.on('close', () => {
        isCutOff = true
      })
      more()
    })
    expect(await open(much).send(message(much.url))).toMatchObject({ state: 'delivered' })
    await until(() => isCutOff)
  })

  test('is not sent where the other end cannot prove who it is, or nobody is there', async () => {
    const { host, url } = await startTlsServer(NAME)
    const home = await makeHome()
    const unknown = openWebhook({ hosts: [host, '127.0.0.1'] }, { home, resolve: here })
    expect(await unknown.send(message(url))).toMatchObject({ state: 'deferred', reason: 'tls' })
    const nobody = openWebhook({ hosts: [`${NAME}:1`, '127.0.0.1'] }, { home, resolve: here })
    expect(await nobody.send(message(`https://${NAME}:1/`))).toMatchObject({
      state: 'deferred',
      reason: 'unreachable',
    })
    const lost = openWebhook({ hosts: [NAME] }, { home })
    expect(await lost.send(message(`https://${NAME}/`))).toMatchObject({ reason: 'unreachable' })
  })

  test('says nothing of a matter marked TLP:AMBER or above, and never reaches the log', async () => {
    const { ca, taken, host, url } = await startTlsServer(NAME)
    const home = await makeHome()
    const webhook = openWebhook({ hosts: [host, '127.0.0.1'], ca }, { home, resolve: here })
    const { log, lines } = keepingLog()
    const node = await startTestNode({ channels: { webhook }, log })
    const [focal, administrator] = [await node.as('focal-point'), await node.as('administrator')]
    const police = await addAuthority(node, 'Police')
    await stepUp(administrator)
    await administrator.call(setContacts, {
      params: { person: police.person },
      body: { contacts: [{ channel: 'webhook', address: `${url}/secret-path` }] },
    })
    const matter = await openMatter(focal)
    await sign(focal, await draft(focal, matter, draftFor([police])))
    await until(() => taken.length === 1)
    const body = String(taken[0]?.body)
    for (const word of ['Corve', 'Sarrin', 'Houses', 'marked']) expect(body).not.toContain(word)
    expect(JSON.parse(body)).toMatchObject({ locale: 'en', again: false })
    expect(lines.join('\n')).not.toMatch(/secret-path|hooks\.authority/)
    const { keys } = await node.visitor(getNodeKeys, {})
    expect(keys).toHaveLength(1)
    expect(keys[0]?.kid).toBe((await nodeKey(node.home)).kid)
    expect(JSON.stringify(keys)).not.toContain('"d"')
  })
})

describe('an address on the public network', () => {
  test.each(['93.184.216.34', '1.1.1.1', '2606:4700::1111'])('is %s', (address) => {
    expect(isPublic(address)).toBe(true)
  })

  test('is never one of a private, local or mapped range', () => {
    const octet = fc.integer({ min: 0, max: 255 })
    const inside = fc.oneof(
      fc.tuple(fc.constantFrom(0, 10, 127, 224, 240, 255), octet, octet, octet),
      fc.tuple(fc.constant(192), fc.constant(168), octet, octet),
      fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), octet, octet),
      fc.tuple(fc.constant(169), fc.constant(254), octet, octet),
      fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), octet, octet),
    )
    fc.assert(
      fc.property(inside, (parts) => {
        const address = parts.join('.')
        expect(isPublic(address)).toBe(false)
        expect(isPublic(`::ffff:${address}`)).toBe(false)
      }),
    )
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(isPublic(`::${address}`)).toBe(false)
      }),
    )
  })

  test.each(['::1', '::', 'fe80::1', 'fc00::1', 'ff02::1', '2002:7f00:1::', 'name', ''])(
    'is not %s',
    (address) => {
      expect(isPublic(address)).toBe(false)
    },
  )
})
