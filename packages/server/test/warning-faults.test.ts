import * as warnings from '@tocsin/api/warnings.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { PostId } from '@tocsin/domain/people.ts'
import type { WarningDraft, WarningFault } from '@tocsin/domain/warning.ts'
import { describe, expect, test } from 'vitest'
import {
  addAuthority,
  draft,
  draftFor,
  entriesOf,
  keeping,
  openWarning as open,
  openMatter,
  saveDraft as save,
  sign,
  until,
} from './test-docket.ts'
import { startTestNode } from './test-node.ts'
import { stepUp } from './test-people.ts'

describe('what is wrong with a draft', () => {
  test('is named, each fault by itself, and nothing is sent', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const police = await addAuthority(node, 'Police')
    const accused = await addAuthority(node, 'Accused')
    const matter = await openMatter(focal, [accused.organisation])
    const right = draftFor([police])
    const [option] = right.options
    const [addressee] = right.addressees
    if (!option || !addressee) throw new Error('the draft lacks its parts')
    const wrong: readonly (readonly [WarningFault, Partial<WarningDraft>])[] = [
      ['no-subject', { subject: '' }],
      ['no-paragraph', { paragraphs: [] }],
      ['paragraph-empty', { paragraphs: ['Said.', ''] }],
      ['no-population', { populations: [''] }],
      ['window-reversed', { windowFrom: 11 }],
      ['expired', { expiresAt: '2025-12-31T00:00:00.000Z' as Instant }],
      ['dissent-empty', { dissents: [{ by: 'R. Dune', text: '' }] }],
      ['evidence-unknown', { evidence: [newId()] }],
      ['no-addressee', { addressees: [] }],
      ['no-option', { options: [] }],
      ['option-unknown', { options: [{ ...option, code: 'Z99' }] }],
      ['option-unknown', { catalogue: '1999.1' }],
      ['option-twice', { options: [option, option] }],
      ['option-without-effect', { options: [{ ...option, howWeWillKnow: '' }] }],
      ['option-needs-authorisation', { options: [{ ...option, code: 'S10' }] }],
      ['scenario-empty', { scenarios: right.scenarios.map((one) => ({ ...one, trigger: '' })) }],
      ['scenarios-not-100', { scenarios: right.scenarios.map((one) => ({ ...one, percent: 30 })) }],
      ['addressee-twice', { addressees: [addressee, addressee] }],
      ['addressee-without-basis', { addressees: [{ ...addressee, legalBasis: '' }] }],
      ['addressee-unknown', { addressees: [{ ...addressee, post: newId<PostId>() }] }],
      ['addressee-excluded', { addressees: [{ ...addressee, post: accused.post }] }],
      [
        'no-independent-addressee',
        { level: 4, addressees: [{ ...addressee, isIndependent: false }] },
      ],
    ]
    const { warning, sha256 } = await draft(focal, matter, right)
    let read: string = sha256
    await stepUp(focal)
    for (const [fault, change] of wrong) {
      const saved = await save(focal, warning, { matter, draft: { ...right, ...change }, read })
      read = saved.sha256
      const { faults, audience: shown } = await open(focal, warning)
      expect(faults, fault).toEqual([fault])
      const body = { sha256: saved.sha256, shown }
      const signed = focal.call(warnings.signWarning, { params: { warning }, body })
      await expect(signed, fault).rejects.toMatchObject({
        code: 'warning.incomplete',
        details: { faults: [fault] },
      })
    }
    // With the decision that it rests on, enforcement may be put to an authority.
    const enforcement = { ...option, code: 'S10', authorisation: 'S/RES/9999 (2025)' }
    await save(focal, warning, { matter, draft: { ...right, options: [enforcement] }, read })
    expect((await open(focal, warning)).faults).toEqual([])
    expect((await entriesOf(focal, matter)).map(({ kind }) => kind)).toEqual(['matter.opened'])
  })

  test('is refused at the door where signs could deceive, and kept as text where they are harmless', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const police = await addAuthority(node, 'Police')
    const matter = await openMatter(focal)
    const right = draftFor([police])
    for (const [path, hostile] of [
      ['draft.subject', { subject: 'Removals \u202Eeht' }],
      ['draft.paragraphs.0', { paragraphs: ['Said \u2066 and turned'] }],
      ['draft.populations.0', { populations: ['one\u0000two'] }],
    ] as const) {
      const refused = draft(focal, matter, { ...right, ...hostile } as WarningDraft)
      await expect(refused).rejects.toMatchObject({
        code: 'request.invalid',
        details: { issues: [{ path }] },
      })
    }
    const subject = '<img src=x onerror=alert(1)> & "quoted"'
    const { warning } = await draft(focal, matter, { ...right, subject })
    expect((await open(focal, warning)).warning.draft.subject).toBe(subject)
  })

  test('is nothing with forty addressees, who are all told', async () => {
    const { messages, channel } = keeping()
    const node = await startTestNode({ channels: { 'e-mail': channel } })
    const focal = await node.as('focal-point')
    const offices = []
    for (let at = 0; at < 40; at += 1) offices.push(await addAuthority(node, `Office ${at}`))
    const matter = await openMatter(focal)
    const written = await draft(focal, matter, draftFor(offices))
    expect((await open(focal, written.warning)).audience.recipients).toHaveLength(40)
    expect(await sign(focal, written)).toEqual({ state: 'sent', told: 40 })
    await until(() => messages.length === 40)
    expect(new Set(messages.map(({ to }) => to)).size).toBe(40)
    const tooMany = draftFor([...offices, ...offices.slice(0, 1)])
    await expect(draft(focal, matter, tooMany)).rejects.toMatchObject({ code: 'request.invalid' })
  })
})
