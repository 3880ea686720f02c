import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  hkdfSync,
  randomBytes,
  verify,
} from 'node:crypto'
import * as contacts from '@tocsin/api/contacts.ts'
import { appoint } from '@tocsin/api/people.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { HoldingId } from '@tocsin/domain/people.ts'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import {
  type Authority,
  addAuthority,
  DAY,
  draft,
  draftFor,
  openMatter,
  sign,
  until,
} from './test-docket.ts'
import { keepingLog } from './test-messages.ts'
import { startTestNode, type TestNode } from './test-node.ts'
import { invite, type TestPerson } from './test-people.ts'
import { startTlsServer, type Taken } from './tls-server.ts'

/** A browser's side of Web Push: its keys, and what it makes of a request (RFC 8291, RFC 8188). */
function makeDevice() {
  const pair = createECDH('prime256v1')
  const p256dh = pair.generateKeys('base64url')
  const secret = randomBytes(16)
  const open = ({ body }: Taken): string => {
    const salt = body.subarray(0, 16)
    const sender = body.subarray(21, 21 + (body[20] ?? 0))
    const sealed = body.subarray(21 + sender.length)
    const receiver = pair.getPublicKey()
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), receiver, sender])
    const key = hkdfSync('sha256', pair.computeSecret(sender), secret, info, 32)
    const derive = (what: string, length: number) =>
      Buffer.from(hkdfSync('sha256', Buffer.from(key), salt, `Content-Encoding: ${what}\0`, length))
    const decipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12))
    decipher.setAuthTag(sealed.subarray(-16))
    const text = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
    return text.subarray(0, text.lastIndexOf(2)).toString('utf8')
  }
  return { p256dh, auth: secret.toString('base64url'), open }
}

/** Whether the request names its sender as RFC 8292 wants: a token for this service, by that key. */
function isFrom({ headers }: Taken, origin: string, pushKey: string): boolean {
  const [, token = '', key] =
    /^vapid t=([^,]+),\s*k=(.+)$/.exec(String(headers['authorization'])) ?? []
  if (key !== pushKey) return false
  const [head = '', claims = '', signature = ''] = token.split('.')
  const raw = Buffer.from(pushKey, 'base64url')
  const [x, y] = [raw.subarray(1, 33), raw.subarray(33)].map((part) => part.toString('base64url'))
  const jwk = { kty: 'EC', crv: 'P-256', x, y }
  const said = JSON.parse(Buffer.from(claims, 'base64url').toString())
  const publicKey = {
    key: createPublicKey({ key: jwk as never, format: 'jwk' }),
    dsaEncoding: 'ieee-p1363',
  } as const
  const signed = Buffer.from(`${head}.${claims}`)
  return (
    said.aud === origin && verify('sha256', signed, publicKey, Buffer.from(signature, 'base64url'))
  )
}

async function startPushNode(answer: (path: string) => number = () => 201) {
  const service = await startTlsServer('localhost', (response, { path }) => {
    response.writeHead(answer(path)).end()
  })
  const { log, lines } = keepingLog()
  const hosts = [service.host, '127.0.0.1', '::1']
  const node = await startTestNode({ push: { hosts, ca: service.ca }, log })
  return { node, service, lines }
}

const add = (who: TestPerson, endpoint: string, device = makeDevice(), id = newId()) =>
  who.call(contacts.addDevice, {
    params: { device: id },
    body: { name: 'Telephone', endpoint, p256dh: device.p256dh, auth: device.auth },
  })

const own = (who: TestPerson) => who.call(contacts.listOwnContacts, {})
const tell = ({ call, person }: TestPerson) =>
  call(contacts.testContact, { params: { person, channel: 'web-push' } })

describe('a device that asked to be told', () => {
  test('is told only that there is a notice, sealed for it alone, by a node that proves itself', async () => {
    const { node, service, lines } = await startPushNode()
    const reader = await node.as('reader')
    const device = makeDevice()
    const endpoint = `${service.url}/push/secret-device`
    await add(reader, endpoint, device)
    expect(await tell(reader)).toEqual({ outcome: 'sent', reason: null })
    const [one] = service.taken
    if (!one) throw new Error('the device was told')
    expect(one).toMatchObject({ method: 'POST', path: '/push/secret-device' })
    expect(one.headers).toMatchObject({ 'content-encoding': 'aes128gcm', urgency: 'high' })
    const { pushKey, contacts: known, devices } = await own(reader)
    expect(isFrom(one, service.url, pushKey ?? '')).toBe(true)
    expect(isFrom(one, 'https://elsewhere.example', pushKey ?? '')).toBe(false)
    const said = JSON.parse(device.open(one))
    expect(Object.keys(said).sort()).toEqual(['locale', 'path', 'tag', 'title'])
    expect(said).toMatchObject({ title: 'There is a notice for you. Open it.', locale: 'en' })
    expect(said.path).toMatch(/^\/c\/[0-9a-f]{64}$/)
    expect(known).toMatchObject([{ channel: 'web-push', address: '' }])
    expect(devices).toMatchObject([{ name: 'Telephone', usedAt: '2026-01-01T00:00:00.000Z' }])
    // Neither the log nor the database can be used to tell the device anything.
    expect(lines.join('\n')).not.toContain('secret-device')
    const owner = new pg.Client(node.databaseUrl)
    await owner.connect()
    const { rows } = await owner.query('select * from push_subscription')
    await owner.end()
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toMatch(/secret-device|localhost/)
  })

  test('is one of several, each told; one that has gone is taken off, with the last the way', async () => {
    const gone = new Set<string>()
    const { node, service } = await startPushNode((path) => (gone.has(path) ? 410 : 201))
    const reader = await node.as('reader')
    for (const name of ['one', 'two']) await add(reader, `${service.url}/${name}`)
    // The same device again is still one.
    await add(reader, `${service.url}/two`)
    expect((await own(reader)).devices).toHaveLength(2)
    await tell(reader)
    expect(service.taken.map(({ path }) => path).sort()).toEqual(['/one', '/two'])
    gone.add('/one')
    node.advance(61_000)
    expect((await tell(reader)).outcome).toBe('sent')
    expect((await own(reader)).devices).toHaveLength(1)
    gone.add('/two')
    node.advance(61_000)
    expect(await tell(reader)).toEqual({ outcome: 'refused', reason: 'refused-address' })
    expect(await own(reader)).toMatchObject({ devices: [], contacts: [] })
  })

  test('is told again later when its service is busy', async () => {
    const { node, service } = await startPushNode(() => 429)
    const reader = await node.as('reader')
    await add(reader, `${service.url}/one`)
    expect(await tell(reader)).toEqual({ outcome: 'deferred', reason: 'busy' })
    expect((await own(reader)).devices).toHaveLength(1)
  })

  test('belongs to a service on the list, and is its owner’s alone to remove', async () => {
    const { node, service } = await startPushNode()
    const [reader, analyst] = [await node.as('reader'), await node.as('analyst')]
    for (const endpoint of [
      'https://169.254.169.254/latest',
      `https://localhost:${service.port + 1}/`,
      `https://user@${service.host}/`,
      'https://evil.example/',
    ]) {
      await expect(add(reader, endpoint)).rejects.toMatchObject({ code: 'channel.device-refused' })
    }
    const id = newId()
    await add(reader, `${service.url}/one`, makeDevice(), id)
    await analyst.call(contacts.removeDevice, { params: { device: id } })
    expect((await own(reader)).devices).toHaveLength(1)
    await reader.call(contacts.removeDevice, { params: { device: id } })
    expect(await own(reader)).toMatchObject({ devices: [], contacts: [] })
    const off = await startTestNode()
    await expect(add(await off.as('reader'), `${service.url}/one`)).rejects.toMatchObject({
      code: 'channel.not-set-up',
    })
  })

  test('opens the letter of a warning, and is told nothing of what it says', async () => {
    const { node, service } = await startPushNode()
    const focal = await node.as('focal-point')
    const police = await addAuthority(node, 'Police')
    const holder = await holdWithAccount(node, police)
    const device = makeDevice()
    await add(holder, `${service.url}/one`, device)
    const matter = await openMatter(focal)
    await sign(focal, await draft(focal, matter, draftFor([police])))
    await until(() => service.taken.length === 1)
    const [one] = service.taken
    const text = one ? device.open(one) : ''
    expect(JSON.parse(text).path).toMatch(/^\/a\/[0-9a-f]{64}$/)
    for (const word of ['Corve', 'Sarrin', 'Police', '2026', 'level']) {
      expect(text).not.toContain(word)
    }
  })
})

/** Somebody of the desk holds the office as well, and speaks for it. */
async function holdWithAccount(node: TestNode, authority: Authority): Promise<TestPerson> {
  const administrator = await node.as('administrator')
  const person = await invite(node.url, administrator, {
    name: 'Chief',
    organisation: authority.organisation,
    roles: ['reader'],
  })
  await administrator.call(appoint, {
    body: {
      id: newId<HoldingId>(),
      post: authority.post,
      person: person.person,
      capacity: 'acting',
      fromDay: DAY,
      untilDay: null,
    },
  })
  return person
}
