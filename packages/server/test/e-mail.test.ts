import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { answersAt, mayTakeReplies } from '../src/channels/answers.ts'
import type { Channel, Message } from '../src/channels/channel.ts'
import { openEMail } from '../src/channels/e-mail.ts'
import { startMailServer } from './mail-server.ts'

function open(url: string): Channel {
  const channel = openEMail({ url, from: 'tocsin@node.example' })
  onTestFinished(() => channel.close())
  return channel
}

const message = (parts: Partial<Message> = {}): Message => ({
  id: 'a.b.warned',
  to: 'head@authority.example',
  subject: 'Alerte 2026/1 : veuillez accuser réception',
  text: 'https://node.example/a/0123',
  brief: 'Alerte 2026/1, niveau 4. Ouvrir :',
  symbol: 'W-2026/1 4/5',
  link: 'https://node.example/a/0123',
  locale: 'fr',
  again: false,
  ...parts,
})

const failing = (responseCode: number, at: 'onRcptTo' | 'onMailFrom') => ({
  [at]: (_address: unknown, _session: unknown, done: (error?: Error) => void) =>
    done(Object.assign(new Error('secret-token told by the server'), { responseCode })),
})

describe('handing a notice to a mail server', () => {
  test('keeps its words and says who wrote it, under one name on every attempt', async () => {
    const { url, received } = await startMailServer()
    const channel = open(url)
    const first = await channel.send(message())
    const second = await channel.send(message({ again: true }))
    expect(first).toEqual(second)
    expect(first.state).toBe('sent')
    expect(received.map(({ to }) => to)).toEqual([
      ['head@authority.example'],
      ['head@authority.example'],
    ])
    const [one = '', two = ''] = received.map(({ raw }) => raw)
    expect(one).toContain('Auto-Submitted: auto-generated')
    expect(one).toContain('https://node.example/a/0123')
    expect(one).not.toContain('X-Tocsin-Repeat')
    expect(two).toContain('X-Tocsin-Repeat: yes')
  })

  test.each([
    [550, 'onRcptTo', { state: 'refused', reason: 'refused-address' }],
    [452, 'onRcptTo', { state: 'deferred', reason: 'busy' }],
    [421, 'onMailFrom', { state: 'deferred', reason: 'busy' }],
  ] as const)('tells %i apart, and passes on no words of the server', async (code, at, outcome) => {
    const { url } = await startMailServer(failing(code, at))
    const said = await open(url).send(message())
    expect(said).toMatchObject(outcome)
    expect(JSON.stringify(said)).not.toContain('secret-token')
  })

  test('is answered at an address that carries a token, however the mail server writes it', async () => {
    const token = fc.stringMatching(/^[0-9a-f]{64}$/)
    const { addressFor, tokenIn } = answersAt('rooms@node.example', 'tocsin@node.example')
    fc.assert(
      fc.property(token, (one) => {
        const address = addressFor(one)
        expect(address.indexOf('@')).toBeLessThanOrEqual(64)
        expect(tokenIn(`To: "A" <${address.toUpperCase()}>, b@c.example`)).toBe(one)
        expect(tokenIn(address.replace('node.example', 'nodeXexample'))).toBeUndefined()
      }),
    )
    fc.assert(fc.property(fc.string({ maxLength: 120 }), (text) => tokenIn(text) === undefined))
    // Signs that are no token of 64: read, and nothing is thrown.
    expect(tokenIn(`rooms+${'z'.repeat(50)}@node.example`)).toBeUndefined()
    expect(mayTakeReplies('rooms@node.example')).toBe(true)
    expect(mayTakeReplies('fourteen-signs@node.example')).toBe(false)
    const { url, received } = await startMailServer()
    const replyTo = addressFor('0'.repeat(64))
    await open(url).send(message({ replyTo }))
    expect(received[0]?.raw).toContain(replyTo)
  })

  test('tries again later when nobody answers', async () => {
    const nobody = open('smtp://127.0.0.1:1')
    expect(await nobody.send(message())).toMatchObject({ state: 'deferred', reason: 'unreachable' })
  })

  test('never lets words or addresses add a line of their own', async () => {
    const { url, received } = await startMailServer()
    const channel = open(url)
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ maxLength: 40 }).map((text) => `${text}\r\nBcc: spy@evil.example`),
    )
    await fc.assert(
      fc.asyncProperty(hostile, hostile, async (subject, text) => {
        received.length = 0
        await channel.send(message({ subject, text }))
        const [one] = received
        const head = one?.raw.split('\r\n\r\n')[0] ?? ''
        expect(head).not.toMatch(/^bcc:/im)
        expect(one?.to).toEqual(['head@authority.example'])
      }),
      { numRuns: 60 },
    )
    for (const to of [
      '',
      'a@b.example\r\nBcc: c@d.example',
      'a@b.example, c@d.example',
      'x'.repeat(400),
    ]) {
      expect(await channel.send(message({ to }))).toMatchObject({ reason: 'refused-address' })
    }
  })
})
