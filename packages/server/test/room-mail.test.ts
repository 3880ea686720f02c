import * as api from '@tocsin/api/consultations.ts'
import * as docket from '@tocsin/api/docket.ts'
import * as mailed from '@tocsin/api/mailed-replies.ts'
import * as people from '@tocsin/api/people.ts'
import { system } from '@tocsin/domain/actor.ts'
import type { ContributionId, Saying } from '@tocsin/domain/contribution.ts'
import { readMarkup } from '@tocsin/domain/rich-text.ts'
import { WIDENING_DELAY_MS } from '@tocsin/domain/sharing.ts'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openEMail } from '../src/channels/e-mail.ts'
import { roomNoticeTick } from '../src/consultations/room-notices.ts'
import { applyAudiences } from '../src/network/apply-audiences.ts'
import { startMailServer } from './mail-server.ts'
import { codeOf, convening, exchangeOf, say, saying } from './test-consultations.ts'
import { comeBack, until } from './test-docket.ts'
import { opening } from './test-matters.ts'
import { startTestNode } from './test-node.ts'
import { invite, stepUp, type TestPerson } from './test-people.ts'
import { approveAll } from './test-sharing.ts'

const UNION = 'focal@union.example'
const DAY_MS = 86_400_000

async function reach({ call, person }: TestPerson, address: string): Promise<void> {
  const contacts = [{ channel: 'e-mail' as const, address }]
  await call(people.setContacts, { params: { person }, body: { contacts } })
}

/** A room of two organisations of one node that speaks to a mail server; a contribution waits for the second. */
async function startRoom() {
  const mail = await startMailServer()
  const channel = openEMail({
    ...{ url: mail.url, from: 'tocsin@node.example', replies: 'rooms@node.example' },
  })
  onTestFinished(channel.close)
  const node = await startTestNode({ channels: { 'e-mail': channel } })
  const ministry = await node.as('focal-point')
  const union = await node.as('focal-point', 'elsewhere')
  await reach(ministry, 'focal@ministry.example')
  await reach(union, UNION)
  const { id: matter } = await ministry.call(docket.openMatter, {
    body: opening({ audience: [union.organisation] }),
  })
  const body = convening([union.organisation])
  await ministry.call(api.convene, { params: { matter }, body })
  const first = await say(ministry, body.id, saying('Fifty houses are marked.', { item: 2 }))
  const tell = () => roomNoticeTick(node.app)(new AbortController().signal)
  // As whoever reads it sees it: long lines were broken on the way.
  const mailsTo = (address: string) =>
    mail.received
      .filter(({ to }) => to.includes(address))
      .map(({ raw }) => raw.replaceAll('=\r\n', ''))
  await tell()
  await until(() => mailsTo(UNION).length === 1)
  const [told = ''] = mailsTo(UNION)
  const replyTo = replyAddressIn(told)
  return { node, ministry, union, room: body.id, first, tell, mailsTo, told, replyTo }
}

function replyAddressIn(raw = ''): string {
  const [address = ''] = /rooms\+[0-9a-z]{50}@node\.example/.exec(raw) ?? []
  return address
}

type Room = Awaited<ReturnType<typeof startRoom>>

let count = 0
/** An answer as a mail program writes one: above the notice, which it quotes. */
const answering = (
  { told, replyTo }: Room,
  words: string,
  { from = UNION, to = replyTo, head = [] as string[], name = `<${++count}@union.example>` } = {},
): string => {
  const quoted = told.slice(told.indexOf('\r\n\r\n') + 4).replace(/^/gm, '> ')
  return [
    `From: A Person <${from}>`,
    `To: ${to}`,
    `Message-ID: ${name}`,
    'Subject: Re: Something new',
    ...head,
    '',
    words,
    '',
    `On Thu, 1 Jan 2026, Tocsin <${replyTo}> wrote:`,
    quoted,
  ].join('\r\n')
}

const take = ({ node }: Room, raw: string) =>
  node.operator(mailed.takeMailedReply, { stream: new Blob([raw]) })

const waitingFor = async (who: TestPerson, { room }: Room) =>
  (await who.call(mailed.listMailedReplies, { params: { consultation: room }, query: {} })).replies

const refusalsOf = ({ node }: Room) =>
  node.app.db.as(system, async (tx) => {
    const rows = await tx
      .selectFrom('audit_entry')
      .select('details')
      .where('act', '=', 'consultation.mail-refused')
      .orderBy('seq')
      .execute()
    return rows.map(({ details }) => (details as { reason?: string }).reason)
  })

describe('a room answered by mail', () => {
  test('tells that something waits and not what; the answer waits for its writer, who says it', async () => {
    const room = await startRoom()
    const { union, ministry, first, mailsTo, told } = room
    const params = { consultation: room.room }
    for (const word of ['Fifty', 'marked', 'Marrow', 'Ministry', 'River', 'presence']) {
      expect(told, word).not.toContain(word)
    }
    expect(told).toContain(`/consultations/${room.room}`)
    expect(mailsTo('focal@ministry.example')).toEqual([])
    await room.tell()
    expect(mailsTo(UNION)).toHaveLength(1)

    const mail = answering(room, 'We *agree*.\r\n\r\n- one\r\n- two')
    expect(await take(room, mail)).toEqual({ outcome: 'kept', reason: null })
    expect(await take(room, mail)).toEqual({ outcome: 'kept-before', reason: null })
    const [waiting, ...others] = await waitingFor(union, room)
    if (!waiting) throw new Error('nothing waits')
    expect(others).toEqual([])
    const { id: contribution } = waiting
    expect(waiting).toMatchObject({ text: 'We *agree*.\n\n- one\n- two', replyTo: first.id })
    expect(await waitingFor(ministry, room)).toEqual([])
    expect((await exchangeOf(ministry, room.room)).contributions).toHaveLength(1)
    await room.tell()
    await until(() => mailsTo(UNION).length === 2)
    expect(mailsTo(UNION)[1]).not.toContain('agree')

    const body = {
      ...({ kind: 'statement', locale: 'en', item: 2 } as const),
      text: [...readMarkup(waiting.text)] as typeof first.text,
    }
    room.node.advance(1000)
    const sayIt = (who: TestPerson) =>
      who.call(mailed.sayMailedReply, { params: { ...params, contribution }, body })
    expect(await codeOf(sayIt(ministry))).toBe('consultation.no-such-mail')
    const said = await sayIt(union)
    expect(said).toMatchObject({ id: contribution, byMail: true, replyTo: first.id })
    expect(await sayIt(union)).toEqual(said)
    expect(await waitingFor(union, room)).toEqual([])
    const [shown] = (await exchangeOf(ministry, room.room)).contributions
    expect(shown).toMatchObject({ organisation: union.organisation, byMail: true })
    const { text } = await room.node.app.db.as(system, (tx) =>
      tx.selectFrom('mailed_reply').select('text').executeTakeFirstOrThrow(),
    )
    expect(text).toBeNull()
    // What somebody says without mail is not marked.
    expect(first.byMail).toBeUndefined()

    await take(room, answering(room, 'Not this.'))
    const [other] = await waitingFor(union, room)
    const discard = () =>
      union.call(mailed.discardMailedReply, {
        params: { ...params, contribution: other?.id as typeof contribution },
      })
    await discard()
    await discard()
    expect(await waitingFor(union, room)).toEqual([])
    expect((await exchangeOf(ministry, room.room)).contributions).toHaveLength(2)
  })

  test('lets whoever was recused answer only where they are heard', async () => {
    const room = await startRoom()
    const { union, ministry, node, mailsTo } = room
    const params = { consultation: room.room }
    const organisation = union.organisation
    node.advance(60_000)
    await ministry.call(api.recuse, { params, body: { organisation, reason: 'A party to it.' } })
    expect(await take(room, answering(room, 'We agree.'))).toMatchObject({ reason: 'not-in-room' })
    const second = await invite(node.url, await node.as('administrator'), {
      ...{ name: 'Second', organisation: ministry.organisation, roles: ['focal-point'] },
    })
    await stepUp(ministry)
    await ministry.call(api.hear, { params, body: { organisation } })
    expect(await approveAll(second)).toBe(1)
    node.advance(2 * WIDENING_DELAY_MS)
    await applyAudiences(node.app)
    await comeBack(ministry)
    const thread = organisation
    await say(ministry, room.room, saying('Since when?', { kind: 'question' }), { thread })
    node.advance(DAY_MS)
    await room.tell()
    const news = () => mailsTo(UNION).filter((raw) => raw.includes('Reply-To'))
    await until(() => news().length === 2)
    const apart = { ...room, replyTo: replyAddressIn(news()[1]) }
    expect(apart.replyTo).not.toBe(room.replyTo)
    expect(await take(room, answering(apart, 'Since May.'))).toMatchObject({ outcome: 'kept' })
    await comeBack(union)
    const query = { thread }
    const { replies } = await union.call(mailed.listMailedReplies, { params, query })
    expect(replies.map(({ text }) => text)).toEqual(['Since May.'])
    const contribution = replies[0]?.id as ContributionId
    const text = [...readMarkup('Since May.')] as Saying['text']
    const body = { kind: 'reply-of-concerned', locale: 'en', item: null, text } as const
    await union.call(mailed.sayMailedReply, { params: { ...params, contribution }, body })
    // What is said apart is passed on, and says how it came.
    await comeBack(ministry)
    const passed = (await exchangeOf(ministry, room.room)).contributions[0]
    expect(passed).toMatchObject({ byMail: true, heard: { organisation } })
  })

  test('keeps nothing of what is not an answer of whoever was told, and says why to them alone', async () => {
    const room = await startRoom()
    const { union, ministry, node, mailsTo } = room
    const html = answering(room, '<p>Yes, <b>we</b> do.</p>', {
      head: ['MIME-Version: 1.0', 'Content-Type: text/html; charset=utf-8'],
    })
    const withFile = [
      answering(room, '--b\r\n\r\nSee the file.\r\n--b\r\nContent-Type: application/pdf', {
        head: ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b'],
      }),
      'Content-Disposition: attachment; filename=a.pdf',
      '',
      '%PDF',
      '--b--',
    ].join('\r\n')
    expect(await take(room, html.split('\r\n\r\nOn Thu')[0] ?? '')).toMatchObject({
      outcome: 'kept',
    })
    expect(await take(room, withFile)).toMatchObject({ outcome: 'kept' })
    expect(
      (await waitingFor(union, room)).map(({ text, attachments }) => [text, attachments]),
    ).toEqual([
      ['Yes, we do.', 0],
      ['See the file.', 1],
    ])
    const { replyTo } = room
    const forged = replyTo.replace(/(.)@/, (_, sign: string) => (sign === '0' ? '1@' : '0@'))
    const outcomes = [
      await take(room, answering(room, 'Hello.', { to: 'rooms@node.example' })),
      await take(room, answering(room, 'Hello.', { to: forged })),
      await take(room, 'no mail at all'),
      await take(room, answering(room, 'I am away.', { head: ['Auto-Submitted: auto-replied'] })),
      await take(room, answering(room, 'Let us in.', { from: 'focal@ministry.example' })),
      await take(room, answering(room, '')),
      await take(room, answering(room, 'x '.repeat(7000))),
      await take(room, answering(room, 'y'.repeat(11_000_000))),
    ]
    expect(outcomes.map(({ outcome, reason }) => reason ?? outcome)).toEqual([
      'unknown',
      'unknown',
      'unknown',
      'automatic',
      'other-sender',
      'empty',
      'too-long',
      'too-large',
    ])
    await expect(
      node.visitor(mailed.takeMailedReply, { stream: new Blob([html]) }),
    ).rejects.toMatchObject({ code: 'session.required' })
    await ministry.call(api.closeConsultation, {
      params: { consultation: room.room },
      body: { words: 'Agreed.' },
    })
    expect(await take(room, answering(room, 'Late.'))).toMatchObject({ reason: 'closed' })
    node.advance(14 * DAY_MS)
    expect(await take(room, answering(room, 'Later.'))).toMatchObject({ reason: 'expired' })
    expect(await waitingFor(await comeBack(union), room)).toHaveLength(2)
    expect(await refusalsOf(room)).toEqual([
      ...['other-sender', 'empty', 'too-long', 'too-large', 'closed', 'expired'],
    ])
    await room.tell()
    // The notice, two that are kept, and five of the refusals.
    await until(() => mailsTo(UNION).length === 8)
    expect(mailsTo('focal@ministry.example')).toEqual([])
    const last = mailsTo(UNION)
    expect(
      last.filter((raw) => raw.includes('1 file that came with it was left out')),
    ).toHaveLength(1)
    expect(last.filter((raw) => raw.includes('Nothing of it was kept'))).toHaveLength(5)
  })
})
