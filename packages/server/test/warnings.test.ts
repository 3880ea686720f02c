import { listAudit } from '@tocsin/api/audit.ts'
import * as people from '@tocsin/api/people.ts'
import * as warnings from '@tocsin/api/warnings.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { WarningDraft, WarningId } from '@tocsin/domain/warning.ts'
import { describe, expect, test } from 'vitest'
import {
  addAuthority,
  comeBack,
  draft,
  draftFor,
  entriesOf,
  HOUR,
  hold,
  keeping,
  openWarning as open,
  openMatter,
  saveDraft as save,
  sign,
  until,
} from './test-docket.ts'
import { startTestNode } from './test-node.ts'
import { stepUp } from './test-people.ts'

describe('a warning that was sent', () => {
  test('is updated by another that takes its place, then cancelled, and everybody told is told', async () => {
    const { messages, channel } = keeping()
    const node = await startTestNode({ channels: { 'e-mail': channel } })
    const focal = await node.as('focal-point')
    const police = await addAuthority(node, 'Police')
    const matter = await openMatter(focal)
    const first = await draft(focal, matter, draftFor([police]))
    await sign(focal, first)
    await until(() => messages.length === 1)
    const update = newId<WarningId>()
    const text = { ...draftFor([police]), subject: 'Houses marked in three towns' }
    const { sha256 } = await save(focal, update, {
      matter,
      draft: text,
      read: null,
      replaces: first.warning,
    })
    // The agenda waits once for the matter: an update does not give it more time.
    node.advance(HOUR)
    await comeBack(focal)
    const agenda = (await open(focal, update)).plannedClocks.find(({ kind }) => kind === 'agenda')
    expect(agenda?.dueAt).toBe('2026-01-08T00:00:00.000Z')
    // Until the update is signed, the first one stands.
    expect((await open(focal, first.warning)).warning.state).toBe('sent')
    await sign(focal, { warning: update, sha256 })
    await until(() => messages.length === 2)
    const replaced = await open(focal, first.warning)
    expect(replaced).toMatchObject({ warning: { state: 'superseded' }, replacedBy: update })
    const cancel = (warning: WarningId) =>
      focal.call(warnings.cancelWarning, {
        params: { warning },
        body: { reasons: 'The marks were washed off by the town.' },
      })
    await expect(cancel(first.warning)).rejects.toMatchObject({ code: 'warning.not-sent' })
    await cancel(update)
    await until(() => messages.length === 3)
    expect(messages[2]?.subject).toContain('cancelled')
    expect((await open(focal, update)).warning.state).toBe('cancelled')
    const kinds = (await entriesOf(focal, matter)).map(({ kind }) => kind)
    expect(kinds).toEqual(['matter.opened', 'warning.sent', 'warning.updated', 'warning.cancelled'])
    // What was sent does not change, whoever asks.
    const again = save(focal, update, { matter, draft: text, read: sha256 })
    await expect(again).rejects.toMatchObject({ code: 'warning.not-draft' })
  })

  test('expires by itself, and the record says so', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const police = await addAuthority(node, 'Police')
    const matter = await openMatter(focal)
    const written = await draft(focal, matter, draftFor([police]))
    await sign(focal, written)
    node.advance(10 * 24 * HOUR)
    await comeBack(focal)
    const isExpired = async () => (await open(focal, written.warning)).warning.state === 'expired'
    await until(isExpired)
    const entries = await entriesOf(focal, matter)
    expect(entries.filter(({ kind }) => kind === 'warning.expired')).toHaveLength(1)
  })

  test('names nobody who was told to whoever only reads it', async () => {
    const node = await startTestNode()
    const [focal, reader] = [await node.as('focal-point'), await node.as('reader')]
    const partner = await node.as('focal-point', 'elsewhere')
    const police = await addAuthority(node, 'Police')
    const matter = await openMatter(focal, [], [partner.organisation])
    const written = await draft(focal, matter, draftFor([police]))
    expect((await open(focal, written.warning)).audience.recipients).toHaveLength(1)
    const notYet = open(partner, written.warning)
    await expect(notYet).rejects.toMatchObject({ code: 'warning.not-found' })
    await sign(focal, written)
    for (const who of [reader, partner]) {
      const read = await open(who, written.warning)
      expect(JSON.stringify(read)).not.toContain('Police head')
      expect(read.notifications).toMatchObject([{ authority: 'Police', office: 'Head of Police' }])
    }
    const shared = await open(partner, written.warning)
    expect(shared.warning).toMatchObject({ signatures: [], savedBy: null })
    expect([shared.deliveries, shared.excluded, shared.audience.readers]).toEqual([[], [], []])
    const own = await openMatter(focal)
    const hidden = await draft(focal, own, draftFor([police]))
    await sign(focal, hidden)
    await expect(open(partner, hidden.warning)).rejects.toMatchObject({
      code: 'warning.not-found',
    })
  })
})

describe('a draft', () => {
  test('is not sent when who would be told is not who was shown', async () => {
    const { messages, channel } = keeping()
    const node = await startTestNode({ channels: { 'e-mail': channel } })
    const [focal, administrator] = [await node.as('focal-point'), await node.as('administrator')]
    const police = await addAuthority(node, 'Police')
    const matter = await openMatter(focal)
    const { warning, sha256 } = await draft(focal, matter, draftFor([police]))
    const { audience: shown } = await open(focal, warning)
    const acting = await hold(node, police, 'Acting head', 'acting')
    await stepUp(focal)
    const signAs = (seen: typeof shown) =>
      focal.call(warnings.signWarning, { params: { warning }, body: { sha256, shown: seen } })
    await expect(signAs(shown)).rejects.toMatchObject({ code: 'warning.audience-changed' })
    const nobody = { ...shown, recipients: [] }
    await expect(signAs(nobody)).rejects.toMatchObject({ code: 'warning.audience-changed' })
    const { warning: kept, audience } = await open(focal, warning)
    expect(kept).toMatchObject({ state: 'draft', signatures: [] })
    expect(audience.recipients.map(({ name }) => name)).toEqual(['Acting head'])
    expect((await entriesOf(focal, matter)).map(({ kind }) => kind)).toEqual(['matter.opened'])
    // Nobody at all holds the office any more: that is a fault of the draft, said as such.
    await stepUp(administrator)
    for (const person of [police.person, acting]) {
      await administrator.call(people.endPerson, { params: { person } })
    }
    await expect(signAs(audience)).rejects.toMatchObject({
      code: 'warning.incomplete',
      details: { faults: ['addressee-without-holder'] },
    })
    expect(messages).toEqual([])
  })

  test('does not lose the words of two who write at once', async () => {
    const node = await startTestNode()
    const [focal, analyst] = [await node.as('focal-point'), await node.as('analyst')]
    const police = await addAuthority(node, 'Police')
    const matter = await openMatter(focal)
    const text = draftFor([police])
    const { warning, sha256: read } = await draft(focal, matter, text)
    await save(analyst, warning, { matter, draft: { ...text, subject: 'Theirs' }, read })
    const mine = save(focal, warning, { matter, draft: { ...text, subject: 'Mine' }, read })
    await expect(mine).rejects.toMatchObject({ code: 'warning.changed' })
    const { warning: held } = await open(focal, warning)
    expect(held).toMatchObject({ draft: { subject: 'Theirs' }, savedBy: 'analyst here' })
    // The same words twice are no quarrel.
    await save(focal, warning, { matter, draft: held.draft, read })
  })

  test('is returned with reasons, which unsigns it, and the next change answers them', async () => {
    const node = await startTestNode()
    const [focal, analyst] = [await node.as('focal-point'), await node.as('analyst')]
    const police = await addAuthority(node, 'Police')
    const matter = await openMatter(focal)
    const text = draftFor([police], 4)
    const written = await draft(analyst, matter, text)
    await sign(analyst, written)
    const { warning } = written
    await focal.call(warnings.returnWarning, {
      params: { warning },
      body: { reasons: 'Paragraph 2 needs its source.' },
    })
    const { warning: returned } = await open(analyst, warning)
    expect(returned).toMatchObject({
      signatures: [],
      returned: { by: 'focal-point here', reasons: 'Paragraph 2 needs its source.' },
    })
    const [row] = await analyst.call(warnings.listWarnings, { query: {} })
    expect(row).toMatchObject({ id: warning, signatures: 0, signaturesNeeded: 2 })
    await save(analyst, warning, {
      matter,
      draft: { ...text, subject: 'Marked again' },
      read: written.sha256,
    })
    expect((await open(analyst, warning)).warning.returned).toBeNull()
  })

  test('is discarded as it was read, and the log keeps its hash and nothing it said', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const police = await addAuthority(node, 'Police')
    const matter = await openMatter(focal)
    const { warning, sha256 } = await draft(focal, matter, draftFor([police]))
    const discard = (hash: string) =>
      focal.call(warnings.discardWarning, {
        params: { warning },
        body: { sha256: hash as never },
      })
    await expect(discard('a'.repeat(64))).rejects.toMatchObject({ code: 'warning.changed' })
    await discard(sha256)
    await expect(open(focal, warning)).rejects.toMatchObject({ code: 'warning.not-found' })
    expect(await focal.call(warnings.listWarnings, { query: { matter } })).toEqual([])
    const late = save(focal, warning, { matter, draft: draftFor([police]), read: sha256 })
    await expect(late).rejects.toMatchObject({ code: 'warning.not-found' })
    const audit = JSON.stringify(await node.operator(listAudit, { query: {} as never }))
    expect(audit).toContain('warnings.discarded')
    expect(audit).toContain(sha256)
    expect(audit).not.toMatch(/Corve|Sarrin|Chalk/)
    const other = await draft(focal, matter, draftFor([police]))
    await sign(focal, other)
    const sent = focal.call(warnings.discardWarning, {
      params: { warning: other.warning },
      body: { sha256: other.sha256 },
    })
    await expect(sent).rejects.toMatchObject({ code: 'warning.not-draft' })
  })

  test('tells in advance what the clocks will say, and keeps what is only half written', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const matter = await openMatter(focal)
    const half: WarningDraft = {
      ...draftFor([]),
      subject: '',
      paragraphs: ['', 'Second first.'],
      options: [{ code: 'P01', expectedEffect: '', howWeWillKnow: '', authorisation: null }],
    }
    const { warning } = await draft(focal, matter, half)
    const read = await open(focal, warning)
    expect(read.warning.draft).toEqual(half)
    expect(read.plannedClocks.map(({ kind, dueAt }) => [kind, dueAt])).toEqual([
      ['acknowledge', '2026-01-02T00:00:00.000Z'],
      ['decide', '2026-01-08T00:00:00.000Z'],
      ['consult', '2026-01-03T00:00:00.000Z'],
      ['agenda', '2026-01-08T00:00:00.000Z'],
      ['review', '2026-01-08T00:00:00.000Z'],
    ])
  })
})
