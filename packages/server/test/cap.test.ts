import * as cap from '@tocsin/api/cap.ts'
import * as docket from '@tocsin/api/docket.ts'
import * as warnings from '@tocsin/api/warnings.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { WarningDraft, WarningId } from '@tocsin/domain/warning.ts'
import { readCap } from '@tocsin/records/cap/read.ts'
import { describe, expect, test } from 'vitest'
import { openCapSchema, withoutCapSchema } from '../../records/test/cap-schema.ts'
import {
  addAuthority,
  draft,
  draftFor,
  entriesOf,
  keeping,
  openMatter,
  sign,
  tokenIn,
  until,
} from './test-docket.ts'
import { startTestNode } from './test-node.ts'
import { stepUp, type TestPerson } from './test-people.ts'

/** The message, read back by our reader and, where it is here, held against the standard's schema. */
function messageIn(xml: string) {
  if (!withoutCapSchema) expect(openCapSchema()(xml)).toBe(true)
  const read = readCap(new TextEncoder().encode(xml))
  if ('fault' in read) throw new Error(`${read.fault} at ${read.at}`)
  return read.message
}

const asCap = ({ call }: TestPerson, warning: WarningId, message: 'latest' | 'first' = 'latest') =>
  call(cap.getWarningAsCap, { params: { warning }, query: { message } })

async function openExercise({ call }: TestPerson): Promise<MatterId> {
  const id = newId<MatterId>()
  const opening = {
    id,
    title: 'Drill',
    summary: 'A drill.',
    country: null,
    place: 'Upper Corve mill',
    marking: 'TLP:GREEN' as const,
    audience: [],
    excluded: [],
    isExercise: true,
  }
  await call(docket.openMatter, { body: opening })
  return id
}

async function replaceWarning(
  who: TestPerson,
  matter: MatterId,
  replaces: WarningId,
  text: WarningDraft,
): Promise<WarningId> {
  const written = await draft(who, matter, text, replaces)
  await sign(who, written)
  return written.warning
}

describe('a warning as a CAP message', () => {
  test('says what was signed, under the name of its entry on the record', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const police = await addAuthority(node, 'Police')
    const matter = await openMatter(focal)
    const text = { ...draftFor([police]), locale: 'ar' as const }
    const written = await draft(focal, matter, text)
    await sign(focal, written)
    const xml = await asCap(focal, written.warning)
    const message = messageIn(xml)
    const entry = (await entriesOf(focal, matter)).find(({ kind }) => kind === 'warning.sent')
    const { addressees, ...said } = text
    expect(message).toMatchObject({
      ...said,
      kind: 'warning.sent',
      digest: entry?.digest,
      sender: `${focal.organisation}.127.0.0.1`,
      status: 'Actual',
      scope: 'Private',
      marking: 'TLP:AMBER+STRICT',
      senderName: 'Ministry of Rivers',
      event: 'إنذار مبكر لأغراض المنع، المستوى 3: إنذار',
      signatures: [{ name: 'focal-point here' }],
      // The place of the matter is nobody's to read off an alert.
      area: { name: 'منطقة معلومة لدى المرسل إليهم', country: null },
    })
    expect('addressees' in message && message.addressees).toEqual([
      { ...addressees[0], office: 'Head of Police', authority: 'Police' },
    ])
    expect(xml).toContain('<language>ar</language>')
  })

  test('is replaced, cancelled and acknowledged by messages that refer to it', async () => {
    const { messages, channel } = keeping()
    const node = await startTestNode({ channels: { 'e-mail': channel } })
    const focal = await node.as('focal-point')
    const police = await addAuthority(node, 'Police')
    const matter = await openMatter(focal)
    const first = await draft(focal, matter, draftFor([police]))
    await sign(focal, first)
    await until(() => messages.length === 1)
    const { digest } = messageIn(await asCap(focal, first.warning))
    const changed = { ...draftFor([police]), subject: 'Homes marked in three streets' }
    const second = await replaceWarning(focal, matter, first.warning, changed)
    const update = messageIn(await asCap(focal, second))
    expect(update).toMatchObject({
      kind: 'warning.updated',
      subject: 'Homes marked in three streets',
      references: [{ digest, sender: update.sender }],
    })

    await until(() => messages.length === 2)
    const acknowledgement = {
      reaction: 'verify' as const,
      note: 'We verify.\n\nThen we answer.',
      name: 'A. Chief',
      office: 'Police',
    }
    await node.visitor(warnings.acknowledgeLetter, {
      params: { token: tokenIn(messages[1]) },
      body: acknowledgement,
    })
    const params = { warning: second }
    const [told] = await focal.call(cap.listCapAcknowledgements, { params })
    expect(told).toMatchObject({ authority: 'Police', office: 'Head of Police' })
    const notification = told?.notification ?? newId()
    const ack = await focal.call(cap.getAcknowledgementAsCap, {
      params: { ...params, notification },
    })
    expect(messageIn(ack)).toMatchObject({
      ...acknowledgement,
      kind: 'notification.acknowledged',
      sender: `${police.organisation}.127.0.0.1`,
      post: police.post,
      addresses: [focal.organisation],
      references: [{ digest: update.digest }],
    })
    const other = { params: { warning: first.warning, notification } }
    await expect(focal.call(cap.getAcknowledgementAsCap, other)).rejects.toMatchObject({
      code: 'warning.not-acknowledged',
    })

    await stepUp(focal)
    await focal.call(warnings.cancelWarning, { params, body: { reasons: 'The marks were old.' } })
    expect(messageIn(await asCap(focal, second))).toMatchObject({
      kind: 'warning.cancelled',
      reasons: 'The marks were old.',
      references: [{ digest: update.digest }],
      addresses: [police.post],
    })
    expect(messageIn(await asCap(focal, second, 'first'))).toEqual(update)
  })

  test('of an exercise is one in every message', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const police = await addAuthority(node, 'Police')
    const matter = await openExercise(focal)
    const written = await draft(focal, matter, draftFor([police], 5))
    await sign(focal, written)
    // Level 5 takes two: until then it is a draft, and drafts do not leave.
    await expect(asCap(focal, written.warning)).rejects.toMatchObject({ code: 'warning.not-sent' })
    const drill = await draft(focal, matter, draftFor([police], 2))
    await sign(focal, drill)
    const xml = await asCap(focal, drill.warning)
    expect(messageIn(xml)).toMatchObject({ status: 'Exercise', marking: 'TLP:GREEN' })
    expect(xml).not.toContain('mill')
  })

  test('is read by its readers alone, and never while it is a draft', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const stranger = await node.as('focal-point', 'elsewhere')
    const police = await addAuthority(node, 'Police')
    const matter = await openMatter(focal)
    const written = await draft(focal, matter, draftFor([police]))
    const { warning } = written
    await expect(asCap(focal, warning)).rejects.toMatchObject({ code: 'warning.not-sent' })
    await expect(asCap(stranger, warning)).rejects.toMatchObject({ code: 'warning.not-found' })
    await sign(focal, written)
    await expect(asCap(stranger, warning)).rejects.toMatchObject({ code: 'warning.not-found' })
    const params = { warning }
    await expect(stranger.call(cap.listCapAcknowledgements, { params })).rejects.toMatchObject({
      code: 'warning.not-found',
    })
    const administrator = await node.as('administrator')
    await expect(asCap(administrator, warning)).rejects.toMatchObject({
      code: 'permission.denied',
    })
    await expect(
      node.visitor(cap.getWarningAsCap, { params, query: { message: 'latest' } }),
    ).rejects.toMatchObject({ code: 'session.required' })
    const answer = await fetch(`${node.url}/api/warnings/${warning}/cap`, {
      headers: { cookie: [...focal.cookies].map((pair) => pair.join('=')).join('; ') },
    })
    expect(answer.headers.get('content-type')).toMatch(/^application\/cap\+xml/)
    const { organisation } = stranger
    const shared = newId<MatterId>()
    await focal.call(docket.openMatter, {
      body: {
        id: shared,
        title: 'Shared',
        summary: 'Shared.',
        country: null,
        place: null,
        marking: 'TLP:AMBER',
        audience: [organisation],
        excluded: [],
        isExercise: false,
      },
    })
    const told = await draft(focal, shared, draftFor([police]))
    await expect(asCap(stranger, told.warning)).rejects.toMatchObject({ code: 'warning.not-found' })
    await sign(focal, told)
    expect(messageIn(await asCap(stranger, told.warning))).toMatchObject({ marking: 'TLP:AMBER' })
  })

  test('too long for CAP is refused with the reason, and stays on the record', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const police = await addAuthority(node, 'Police')
    const matter = await openMatter(focal)
    const paragraphs = Array.from({ length: 40 }, () => 'ض'.repeat(7000))
    const written = await draft(focal, matter, { ...draftFor([police]), paragraphs })
    await sign(focal, written)
    await expect(asCap(focal, written.warning)).rejects.toMatchObject({
      code: 'warning.not-in-cap',
      details: { fault: 'too-large', at: 'alert' },
    })
    // By its own round the node may have written that nobody was reached.
    expect((await entriesOf(focal, matter)).map(({ kind }) => kind)).toContain('warning.sent')
  })
})
