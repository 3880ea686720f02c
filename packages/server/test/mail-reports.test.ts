import * as notices from '@tocsin/api/notices.ts'
import * as warnings from '@tocsin/api/warnings.ts'
import { system } from '@tocsin/domain/actor.ts'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Channel } from '../src/channels/channel.ts'
import { openEMail } from '../src/channels/e-mail.ts'
import { readMailReport } from '../src/warnings/mail-report.ts'
import { startMailServer } from './mail-server.ts'
import {
  addAuthority,
  draft,
  draftFor,
  entriesOf,
  hold,
  openMatter,
  sign,
  until,
} from './test-docket.ts'
import { startTestNode } from './test-node.ts'
import { openDocket } from './test-outbox.ts'

const ID = '<0123456789abcdef0123456789abcdef01234567@node.example>'
const headers = (id: string) => `From: tocsin@node.example\r\nMessage-ID: ${id}\r\nSubject: Warning`

type Status = { readonly action: string; readonly status: string; readonly id?: string }

/** A report as RFC 3464 has it, which is what Postfix, Exchange and most others send. */
const standard = ({ action, status, id = ID }: Status): string =>
  [
    'From: MAILER-DAEMON@mx.authority.example',
    'To: tocsin@node.example',
    'Subject: Undelivered Mail Returned to Sender',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'This is the mail system. 550 5.9.9 is not what the part below says.',
    '',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.authority.example',
    '',
    'Final-Recipient: rfc822; police.head@authority.example',
    `Action: ${action}`,
    `Status: ${status}`,
    'Diagnostic-Code: smtp; 550',
    '    said something',
    '',
    '--b',
    'Content-Type: message/rfc822',
    '',
    headers(id),
    '',
    'You are asked to acknowledge.',
    '--b--',
    '',
  ].join('\r\n')

const qmail = (id: string): string =>
  [
    'From: MAILER-DAEMON@old.authority.example',
    'To: tocsin@node.example',
    'Subject: failure notice',
    '',
    'Hi. This is the qmail-send program at old.authority.example.',
    "I'm afraid I wasn't able to deliver your message to the following addresses.",
    '',
    '<police.head@authority.example>:',
    'Sorry, no mailbox here by that name. (#5.1.1)',
    '',
    '--- Below this line is a copy of the message.',
    '',
    headers(id),
    '',
    'Text',
  ].join('\r\n')

const exim = (id: string): string =>
  [
    'From: Mail Delivery System <Mailer-Daemon@mx.authority.example>',
    'X-Failed-Recipients: police.head@authority.example',
    'To: tocsin@node.example',
    'Subject: Mail delivery failed: returning message to sender',
    '',
    'A message that you sent could not be delivered: mailbox is full (5.2.2)',
    '',
    '------ This is a copy of the message, including all the headers. ------',
    '',
    headers(id),
    '',
    'Text',
  ].join('\r\n')

const absent = (id: string): string =>
  [
    'From: police.head@authority.example',
    'To: tocsin@node.example',
    'Auto-Submitted: auto-replied',
    `In-Reply-To: ${id}`,
    'Subject: Out of office: 550 5.1.1',
    '',
    `I am away. Message-ID: ${id}`,
  ].join('\r\n')

const read = (text: string) => readMailReport(Buffer.from(text))

describe('a mail that comes back', () => {
  test.each([
    ['5.1.1', 'refused-address'],
    ['5.2.2', 'mailbox-full'],
    ['5.3.4', 'too-large'],
    ['4.4.7', 'unreachable'],
    ['5.7.1', 'refused-content'],
    ['5.0.0', 'bounced'],
  ])('says why with %s', async (status, reason) => {
    expect(await read(standard({ action: 'failed', status }))).toEqual({
      messageId: ID,
      action: 'failed',
      reason,
    })
  })

  test('is understood in the words of older servers, and from no one else', async () => {
    expect(await read(qmail(ID))).toMatchObject({ action: 'failed', reason: 'refused-address' })
    expect(await read(exim(ID))).toMatchObject({ action: 'failed', reason: 'mailbox-full' })
    expect(await read(standard({ action: 'delayed', status: '4.4.1' }))).toMatchObject({
      action: 'delayed',
    })
    expect(await read(standard({ action: 'relayed', status: '2.0.0' }))).toMatchObject({
      action: 'delayed',
    })
    expect(await read(absent(ID))).toBeUndefined()
    expect(await read(qmail('none'))).toBeUndefined()
  })

  test('never stops the node, whatever stands in it', async () => {
    const known = fc.constantFrom(standard({ action: 'failed', status: '5.1.1' }), qmail(ID))
    const torn = fc
      .tuple(known, fc.nat(2000), fc.string({ unit: 'binary', maxLength: 30 }))
      .map(([text, at, noise]) => text.slice(0, at) + noise + text.slice(at))
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          torn.map((text) => Buffer.from(text)),
          fc.uint8Array().map((some) => Buffer.from(some)),
        ),
        async (raw) => {
          const report = await readMailReport(raw)
          if (report) expect(report.messageId).toMatch(/^<[^<>\s]+>$/)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('marks its notice as failed once, tells the deputy, and never acknowledges', async () => {
    const mail = await startMailServer()
    const channel = openEMail({ url: mail.url, from: 'tocsin@node.example' })
    onTestFinished(channel.close)
    const node = await startTestNode({ channels: { 'e-mail': channel } })
    const focal = await node.as('focal-point')
    const police = await addAuthority(node, 'Police')
    await hold(node, police, 'Police deputy', 'alternate')
    const ministry = await addAuthority(node, 'Ministry')
    const matter = await openMatter(focal)
    const written = await draft(focal, matter, draftFor([police, ministry]))
    await sign(focal, written)
    await until(() => mail.received.length === 2)
    const idOf = (to: string): string => {
      const raw = mail.received.find((one) => one.to.some((address) => address.startsWith(to)))?.raw
      return /^Message-ID: (.*)$/im.exec(raw ?? '')?.[1]?.trim() ?? ''
    }
    const take = (text: string) =>
      node.operator(notices.takeMailReport, { stream: new Blob([text]) })
    const deliveries = async () => {
      const params = { warning: written.warning }
      const opened = await focal.call(warnings.getWarning, { params })
      return opened.deliveries.map(({ office, state, reason }) => [office, state, reason])
    }
    await until(async () => (await deliveries()).every(([, state]) => state === 'sent'))
    expect(await take(absent(idOf('police')))).toEqual({ outcome: 'unknown', reason: null })
    expect(await take(standard({ action: 'failed', status: '5.1.1' }))).toMatchObject({
      outcome: 'unknown',
    })
    const failed = standard({ action: 'failed', status: '5.1.1', id: idOf('police') })
    expect(await take(failed)).toEqual({ outcome: 'failed', reason: 'refused-address' })
    expect(await take(failed)).toMatchObject({ outcome: 'failed' })
    const arrived = standard({ action: 'delivered', status: '2.1.5', id: idOf('ministry') })
    expect(await take(arrived)).toEqual({ outcome: 'delivered', reason: null })
    // What has arrived does not fail any more.
    await take(standard({ action: 'failed', status: '5.1.1', id: idOf('ministry') }))
    await until(() => mail.received.length === 3)
    expect(mail.received[2]?.to).toEqual(['police.deputy@authority.example'])
    await until(async () => (await deliveries()).at(-1)?.[1] === 'sent')
    expect(await deliveries()).toEqual([
      ['Head of Police', 'failed', 'refused-address'],
      ['Head of Ministry', 'delivered', null],
      ['Head of Police', 'sent', null],
    ])
    const kinds = (await entriesOf(focal, matter)).map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind.startsWith('notification.'))).toEqual([
      'notification.failed',
    ])
    await expect(take('x'.repeat(1_100_000))).rejects.toMatchObject({ code: 'request.too-large' })
    await expect(
      node.visitor(notices.takeMailReport, { stream: new Blob([failed]) }),
    ).rejects.toMatchObject({ code: 'session.required' })
  })

  test('is taken for sixty notices a minute, so that nobody forges many', async () => {
    const channel: Channel = {
      send: async ({ id }) => ({ state: 'sent', reference: `<${id}@node.example>` }),
      close: async () => undefined,
    }
    const node = await startTestNode({ channels: { 'e-mail': channel } })
    const docket = await openDocket(node.databaseUrl, 61)
    onTestFinished(docket.close)
    await docket.warn(node.app.clock(), 4)
    const references = () =>
      node.app.db.as(system, (tx) =>
        tx.selectFrom('delivery').select('reference').where('state', '=', 'sent').execute(),
      )
    await until(async () => (await references()).length === 61)
    const [last, ...others] = (await references()).map(({ reference }) => exim(String(reference)))
    const take = (text = '') => node.operator(notices.takeMailReport, { stream: new Blob([text]) })
    for (const one of others) expect(await take(one)).toMatchObject({ outcome: 'failed' })
    await expect(take(last)).rejects.toMatchObject({ code: 'request.too-many' })
    node.advance(60_000)
    expect(await take(last)).toMatchObject({ outcome: 'failed' })
  })
})
