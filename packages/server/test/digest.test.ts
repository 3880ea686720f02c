import * as notices from '@tocsin/api/notices.ts'
import * as people from '@tocsin/api/people.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { HoldingId, PostId } from '@tocsin/domain/people.ts'
import { describe, expect, test } from 'vitest'
import {
  comeBack,
  DAY,
  draft,
  draftFor,
  HOUR,
  keeping,
  openMatter,
  sign,
  until,
} from './test-docket.ts'
import { startTestNode } from './test-node.ts'

describe('a daily digest', () => {
  test('keeps levels 1 and 2 until work begins, and lets go when it is not wanted any more', async () => {
    const { messages, channel } = keeping()
    const node = await startTestNode({ channels: { 'e-mail': channel } })
    const focal = await node.as('focal-point')
    const analyst = await node.as('analyst')
    const administrator = await node.as('administrator')
    const post = newId<PostId>()
    const { organisation, person } = analyst
    await administrator.call(people.addPost, { body: { id: post, organisation, title: 'Desk' } })
    const holding = { id: newId<HoldingId>(), post, person, capacity: 'main' as const }
    await administrator.call(people.appoint, {
      body: { ...holding, fromDay: DAY, untilDay: null },
    })
    const contacts = [{ channel: 'e-mail' as const, address: 'analyst@focal.example' }]
    await focal.call(people.setContacts, { params: { person }, body: { contacts } })
    expect(await analyst.call(notices.readNoticePreference, {})).toEqual({ digest: false })
    await analyst.call(notices.setNoticePreference, { body: { digest: true } })
    const matter = await openMatter(focal)
    const warn = async (level: 1 | 2 | 3) => {
      const text = draftFor([{ post, organisation, person }], level)
      await sign(focal, await draft(focal, matter, text))
    }
    await warn(3)
    await until(() => messages.length === 1)
    await warn(1)
    await warn(2)
    // Thursday, the first of January, at midnight: work begins at eight.
    node.advance(8 * HOUR - 1000)
    await comeBack(focal)
    await warn(3)
    await until(() => messages.length === 2)
    node.advance(1000)
    await until(() => messages.length === 3)
    expect(messages[2]?.subject).toBe('2 warnings wait for your acknowledgement')
    await warn(1)
    await comeBack(analyst)
    await analyst.call(notices.setNoticePreference, { body: { digest: false } })
    await until(() => messages.length === 4)
  })
})
