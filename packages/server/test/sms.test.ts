import type { AddressInfo } from 'node:net'
import { createServer as createCentre } from 'smpp'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Channel, Receipt } from '../src/channels/channel.ts'
import { openSmpp } from '../src/channels/smpp.ts'
import { openSmsGateway } from '../src/channels/sms-gateway.ts'
import { deliver, startCentre, startGateway } from './sms-ends.ts'
import { until } from './test-docket.ts'
import { message } from './test-messages.ts'

describe('a short message over HTTP', () => {
  test('is sent as Kannel wants it: number, text, writing, and where the receipt goes', async () => {
    const { asked, host } = await startGateway()
    const channel = openSmsGateway({
      url: `http://kannel:hush@${host}/cgi-bin/sendsms?from=TOCSIN`,
    })
    const receipt = 'https://node.example/api/receipts/0123'
    const link = 'https://n.example/a/0'
    expect((await channel.send(message('+41225550102', { receipt }))).state).toBe('sent')
    await channel.send(message('+41225550102', { brief: 'Предупреждение 2026/1', link }))
    const [one, two] = asked
    expect(one?.method).toBe('POST')
    expect(Object.fromEntries(one?.fields ?? [])).toEqual({
      to: '+41225550102',
      text: 'Warning 2026/1, level 4. Open: https://node.example/a/0123',
      charset: 'UTF-8',
      coding: '0',
      'dlr-mask': '3',
      'dlr-url': `${receipt}?status=%d`,
    })
    // The password travels in a header, never in the address.
    expect(one?.url.href).toBe('http://gateway/cgi-bin/sendsms?from=TOCSIN')
    expect(one?.login).toBe(`Basic ${Buffer.from('kannel:hush').toString('base64')}`)
    expect(two?.fields.get('coding')).toBe('2')
    expect(two?.fields.get('text')).toBe(`Предупреждение 2026/1 ${link}`)
  })

  test('fills a template, and no text or number adds a field', async () => {
    const { asked, host } = await startGateway()
    const channel = openSmsGateway({ url: `http://${host}/send?n={to}&m={text}&c={coding}` })
    const brief = 'a&to=+999&x=\r\nHost: evil {to}'
    await channel.send(message('+41225550102', { brief }))
    expect(asked[0]?.method).toBe('GET')
    expect([...(asked[0]?.fields.keys() ?? [])]).toEqual(['n', 'm', 'c'])
    expect(asked[0]?.fields.get('m')).toBe(`${brief} https://node.example/a/0123`)
    for (const to of ['', '0225550102', '+41225550102&to=+999', '+4122\r\nX: y', 'head']) {
      expect(await channel.send(message(to))).toMatchObject({ reason: 'refused-address' })
    }
    expect(asked).toHaveLength(1)
  })

  test.each([
    [202, {}, { state: 'sent' }],
    [403, {}, { state: 'deferred', reason: 'credentials' }],
    [404, {}, { state: 'refused', reason: 'refused-address' }],
    [429, { 'retry-after': '30' }, { state: 'deferred', reason: 'busy', retryAfterMs: 30_000 }],
    [503, {}, { state: 'deferred', reason: 'busy' }],
  ])('tells %i apart', async (status, headers, outcome) => {
    const { host } = await startGateway(status, headers)
    const said = await openSmsGateway({ url: `http://${host}/` }).send(message('+41225550102'))
    expect(said).toMatchObject(outcome)
    expect(JSON.stringify(said)).not.toContain('41225550102')
  })

  test('is sent without TLS on a private network only', async () => {
    const far = openSmsGateway({ url: 'http://93.184.216.34/' })
    expect(await far.send(message('+41225550102'))).toMatchObject({ reason: 'refused-address' })
    const nobody = openSmsGateway({ url: 'http://127.0.0.1:1/' })
    expect(await nobody.send(message('+41225550102'))).toMatchObject({ reason: 'unreachable' })
  })
})

function open(url: string, waitMs?: number): Channel {
  const channel = openSmpp({ url }, waitMs)
  onTestFinished(() => channel.close())
  return channel
}

describe('a short message over SMPP', () => {
  test('goes in one part, in the writing that fits, on one connection', async () => {
    const centre = await startCentre()
    const channel = open(centre.url)
    const link = 'https://n.example/a/0'
    const outcomes = await Promise.all([
      channel.send(message('+41225550102')),
      channel.send(message('+41225550103', { brief: 'إنذار 2026/1', link })),
    ])
    expect(outcomes).toEqual([
      { state: 'sent', reference: 'm1' },
      { state: 'sent', reference: 'm2' },
    ])
    expect(centre.binds()).toBe(1)
    const seen = centre.submitted.map(({ destination_addr, data_coding, short_message }) => ({
      destination_addr,
      data_coding,
      text: short_message?.message,
    }))
    expect(seen).toEqual([
      {
        destination_addr: '41225550102',
        data_coding: 0,
        text: 'Warning 2026/1, level 4. Open: https://node.example/a/0123',
      },
      { destination_addr: '41225550103', data_coding: 8, text: `إنذار 2026/1 ${link}` },
    ])
    expect(centre.submitted.every(({ registered_delivery }) => registered_delivery === 1)).toBe(
      true,
    )
  })

  test.each([
    [0x58, { state: 'deferred', reason: 'busy' }],
    [0x14, { state: 'deferred', reason: 'busy' }],
    [0x0b, { state: 'refused', reason: 'refused-address' }],
    [0x45, { state: 'refused', reason: 'refused-content' }],
  ])('tells status %i apart', async (command_status, outcome) => {
    const { url } = await startCentre(() => ({ command_status }))
    expect(await open(url).send(message('+41225550102'))).toMatchObject(outcome)
  })

  test('says that the password was refused, and leaves the other end alone for a while', async () => {
    const { url, binds } = await startCentre(() => ({}), 'another')
    const channel = open(url)
    expect(await channel.send(message('+41225550102'))).toMatchObject({
      state: 'deferred',
      reason: 'credentials',
    })
    expect(await channel.send(message('+41225550102'))).toMatchObject({ reason: 'unreachable' })
    expect(binds()).toBe(1)
  })

  test('connects again after the connection broke', async () => {
    const { url, sessions, binds } = await startCentre()
    const channel = open(url)
    await channel.send(message('+41225550102'))
    sessions[0]?.destroy()
    await until(async () => (await channel.send(message('+41225550103'))).state === 'sent')
    expect(binds()).toBe(2)
  })

  test('is not handed over in the open outside a private network', async () => {
    const far = open('smpp://tocsin:hush@93.184.216.34')
    expect(await far.send(message('+41225550102'))).toMatchObject({
      state: 'deferred',
      reason: 'tls',
    })
  })

  test('waits only so long for an answer, and never fails where nobody is', async () => {
    const silent = createCentre({}, (session) => {
      session.on('error', () => undefined)
    })
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', () => resolve()))
    onTestFinished(() => void silent.close())
    const { port } = silent.address() as AddressInfo
    const slow = open(`smpp://a:b@127.0.0.1:${port}`, 300)
    expect(await slow.send(message('+41225550102'))).toMatchObject({ reason: 'timeout' })
    const nobody = open('smpp://a:b@127.0.0.1:1')
    expect(await nobody.send(message('+41225550102'))).toMatchObject({
      state: 'deferred',
      reason: 'unreachable',
    })
  })

  test('takes receipts, and has the other end repeat those that nobody can take yet', async () => {
    const { url, sessions } = await startCentre()
    const channel = open(url)
    const receipts: Receipt[] = []
    let isReady = false
    channel.listen?.(async (receipt) => {
      if (isReady) receipts.push(receipt)
      return isReady
    })
    await channel.send(message('+41225550102'))
    expect((await deliver(sessions[0], 'm1', 'DELIVRD')).command_status).toBe(0x64)
    isReady = true
    expect((await deliver(sessions[0], 'm1', 'DELIVRD')).command_status).toBe(0)
    expect((await deliver(sessions[0], 'm2', 'UNDELIV')).command_status).toBe(0)
    // On its way is no news.
    expect((await deliver(sessions[0], 'm3', 'ACCEPTD')).command_status).toBe(0)
    expect(receipts).toEqual([
      { reference: 'm1', state: 'delivered' },
      { reference: 'm2', state: 'undelivered' },
    ])
  })
})
