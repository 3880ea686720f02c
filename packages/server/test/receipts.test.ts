import { postReceipt, receiveReceipt } from '@tocsin/api/channels.ts'
import { setContacts } from '@tocsin/api/people.ts'
import { getWarning } from '@tocsin/api/warnings.ts'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Channel } from '../src/channels/channel.ts'
import { openSmpp } from '../src/channels/smpp.ts'
import { openSmsGateway } from '../src/channels/sms-gateway.ts'
import { deliver, startCentre, startGateway } from './sms-ends.ts'
import { addAuthority, draft, draftFor, entriesOf, openMatter, sign, until } from './test-docket.ts'
import { keepingLog } from './test-messages.ts'
import { startTestNode, type TestNode } from './test-node.ts'
import { stepUp } from './test-people.ts'

/** A node that sends by this channel, with one authority that is reached by it, warned. */
async function warnBySms(sms: Channel) {
  const { log, lines } = keepingLog()
  const node = await startTestNode({ channels: { sms }, log })
  const [focal, administrator] = [await node.as('focal-point'), await node.as('administrator')]
  const police = await addAuthority(node, 'Police')
  await stepUp(administrator)
  await administrator.call(setContacts, {
    params: { person: police.person },
    body: { contacts: [{ channel: 'sms', address: '+41 22 555 01 02' }] },
  })
  const matter = await openMatter(focal)
  const written = await draft(focal, matter, draftFor([police]))
  await sign(focal, written)
  const deliveries = async () =>
    (await focal.call(getWarning, { params: { warning: written.warning } })).deliveries
  return { node, focal, matter, deliveries, lines }
}

describe('what became of a short message', () => {
  test('is told by the message centre and stands with the delivery', async () => {
    const { url, sessions, submitted } = await startCentre()
    const channel = openSmpp({ url })
    onTestFinished(() => channel.close())
    const { deliveries, lines } = await warnBySms(channel)
    await until(async () => (await deliveries())[0]?.state === 'sent')
    const text = String(submitted[0]?.short_message?.message)
    expect(text).toMatch(/^Warning 2026\/1, level 3\. Open: http:\S+\/a\/[0-9a-f]{64}$/)
    expect(text.length).toBeLessThanOrEqual(160)
    expect((await deliver(sessions[0], 'm1', 'DELIVRD')).command_status).toBe(0)
    expect((await deliveries())[0]).toMatchObject({ channel: 'sms', state: 'delivered' })
    // What arrived stays arrived, whatever is said later.
    expect((await deliver(sessions[0], 'm1', 'UNDELIV')).command_status).toBe(0)
    expect((await deliveries())[0]?.state).toBe('delivered')
    expect((await deliver(sessions[0], 'unknown', 'DELIVRD')).command_status).toBe(0x64)
    expect(lines.join('\n')).not.toMatch(/41225550102|hush/)
  })

  test('is told by the gateway at the address that it was given for this one delivery', async () => {
    const { asked, host } = await startGateway()
    const gateway = openSmsGateway({ url: `http://kannel:hush@${host}/` })
    const { node, focal, matter, deliveries, lines } = await warnBySms(gateway)
    await until(async () => (await deliveries())[0]?.state === 'sent')
    const address = asked[0]?.fields.get('dlr-url') ?? ''
    const receipt = /\/api\/receipts\/([0-9a-f]{64})\?status=%d$/.exec(address)?.[1] ?? ''
    const say = (token: string, status: string) =>
      node.visitor(receiveReceipt, { params: { receipt: token }, query: { status } })
    await say(receipt, '8')
    expect((await deliveries())[0]?.state).toBe('sent')
    const guessed = `${receipt.slice(0, 63)}${receipt.endsWith('0') ? '1' : '0'}`
    await expect(say(guessed, '1')).rejects.toMatchObject({ code: 'channel.receipt-unknown' })
    await say(receipt, '2')
    expect((await deliveries())[0]).toMatchObject({ state: 'failed', reason: 'undelivered' })
    const entries = await entriesOf(focal, matter)
    // The next rung comes at once, by the node's own round.
    expect(entries.filter(({ kind }) => kind.startsWith('notification.')).at(-1)).toMatchObject({
      kind: 'notification.failed',
      facts: { channel: 'sms', reason: 'undelivered' },
    })
    await node.visitor(postReceipt, { params: { receipt }, body: { status: 'delivered' } })
    expect((await deliveries())[0]?.state).toBe('delivered')
    expect(lines.join('\n')).not.toMatch(/41225550102|hush/)
  })

  test('is kept when it comes before the hand-over is written down', async () => {
    const { promise, resolve } = Promise.withResolvers<TestNode>()
    const early: Channel = {
      send: async ({ receipt = '' }) => {
        const params = { receipt: receipt.split('/').at(-1) ?? '' }
        await (await promise).visitor(postReceipt, { params, body: { status: 'delivered' } })
        return { state: 'sent', reference: 'early' }
      },
      close: async () => undefined,
    }
    const { deliveries, node } = await warnBySms(early)
    expect((await deliveries())[0]?.sentAt).toBeNull()
    resolve(node)
    await until(async () => (await deliveries())[0]?.sentAt !== null)
    expect((await deliveries())[0]?.state).toBe('delivered')
  })
})
