import * as people from '@tocsin/api/people.ts'
import * as warnings from '@tocsin/api/warnings.ts'
import type { Day, PersonId } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { Capacity, HoldingId } from '@tocsin/domain/people.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Channel, Message } from '../src/channels/channel.ts'
import {
  type Authority,
  addAuthority,
  comeBack,
  draft,
  draftFor,
  entriesOf,
  hold,
  keeping,
  openMatter,
  sign,
  until,
} from './test-docket.ts'
import { startTestNode, type TestNode } from './test-node.ts'
import { stepUp } from './test-people.ts'

/** Days around the one on which it is warned: over, now, to come. */
const spells = {
  over: { fromDay: '2025-01-01', untilDay: '2025-12-31' },
  now: { fromDay: '2025-01-01', untilDay: '2026-01-01' },
  'to come': { fromDay: '2026-01-02', untilDay: null },
} as const

type Holder = {
  readonly capacity: Capacity
  readonly spell: keyof typeof spells
  readonly hasLeft: boolean
}
const holder: fc.Arbitrary<Holder> = fc.record({
  capacity: fc.constantFrom<Capacity>('alternate', 'acting'),
  spell: fc.constantFrom<keyof typeof spells>('over', 'now', 'to come'),
  hasLeft: fc.boolean(),
})

const world = fc.array(
  fc.record({ holders: fc.array(holder, { maxLength: 3 }), isTold: fc.boolean() }),
  {
    minLength: 1,
    maxLength: 3,
  },
)

async function appoint(
  node: TestNode,
  { post, organisation }: Authority,
  { capacity, spell, hasLeft }: Holder,
): Promise<void> {
  const { call, ...administrator } = await node.as('administrator')
  const person = newId<PersonId>()
  const contacts = [{ channel: 'e-mail' as const, address: `${person}@authority.example` }]
  await call(people.addCorrespondent, {
    body: { id: person, organisation, name: person, locale: 'fr', contacts },
  })
  const { fromDay, untilDay } = spells[spell] as { fromDay: Day; untilDay: Day | null }
  await call(people.appoint, {
    body: { id: newId<HoldingId>(), post, person, capacity, fromDay, untilDay },
  })
  if (!hasLeft) return
  await stepUp({ call, ...administrator })
  await call(people.endPerson, { params: { person } })
}

type Offices = readonly { readonly holders: readonly Holder[]; readonly isTold: boolean }[]

/** Makes the offices with their holders; answers those that are to be warned. */
async function makeOffices(node: TestNode, offices: Offices): Promise<Authority[]> {
  const told: Authority[] = []
  for (const { holders, isTold } of offices) {
    const authority = await addAuthority(node, `Office ${newId().slice(-6)}`)
    for (const one of holders) await appoint(node, authority, one)
    if (isTold) told.push(authority)
  }
  return told
}

/** The address of somebody that the preview names. */
const addressOf = (name: string): string =>
  `${name.endsWith(' head') ? name.replaceAll(' ', '.').toLowerCase() : name}@authority.example`

describe('whoever is told', () => {
  test('is exactly who was shown before signing, whoever holds the offices', async () => {
    const { messages, channel } = keeping()
    const node = await startTestNode({ channels: { 'e-mail': channel } })
    const focal = await node.as('focal-point')
    await fc.assert(
      fc.asyncProperty(world, async (offices) => {
        messages.length = 0
        const told = await makeOffices(node, offices)
        const matter = await openMatter(focal)
        const written = await draft(focal, matter, draftFor(told))
        const { audience, faults } = await focal.call(warnings.getWarning, {
          params: { warning: written.warning },
        })
        expect(audience.recipients).toHaveLength(told.length)
        if (told.length === 0) {
          expect(faults).toContain('no-addressee')
          return
        }
        await sign(focal, written)
        await until(() => messages.length >= told.length)
        const shown = audience.recipients.map(({ name }) => addressOf(name))
        expect(messages.map(({ to }) => to).sort()).toEqual(shown.sort())
        for (const { subject, text } of messages) expect(subject + text).not.toMatch(/Corve|Sarrin/)
      }),
      { numRuns: 12, endOnFailure: true },
    )
  })

  test('is whoever holds the office now, when its holder left while the mail server was away', async () => {
    const messages: Message[] = []
    let isAway = true
    const channel: Channel = {
      send: async (message) => {
        if (isAway)
          return { state: 'deferred', reason: 'unreachable', detail: '', retryAfterMs: 1000 }
        messages.push(message)
        return { state: 'sent', reference: message.id }
      },
      close: async () => undefined,
    }
    const node = await startTestNode({ channels: { 'e-mail': channel } })
    const [focal, administrator] = [await node.as('focal-point'), await node.as('administrator')]
    const police = await addAuthority(node, 'Police')
    const matter = await openMatter(focal)
    const written = await draft(focal, matter, draftFor([police]))
    await sign(focal, written)
    const reasonOf = async () => {
      const { warning } = written
      const { deliveries } = await focal.call(warnings.getWarning, { params: { warning } })
      return deliveries.map(({ reason }) => reason)
    }
    await until(async () => (await reasonOf())[0] === 'unreachable')
    await stepUp(administrator)
    await administrator.call(people.endPerson, { params: { person: police.person } })
    await hold(node, police, 'New head', 'acting')
    isAway = false
    node.advance(5000)
    await until(() => messages.length === 1)
    expect(messages[0]?.to).toBe('new.head@authority.example')
    await comeBack(focal)
    expect(await reasonOf()).toContain('left-office')
    const kinds = (await entriesOf(focal, matter)).map(({ kind }) => kind)
    expect(kinds).not.toContain('notification.failed')
  })

  test('is nobody, and the record says so, when the address is refused', async () => {
    const channel: Channel = {
      send: async () => ({ state: 'refused', reason: 'refused-address', detail: 'SMTP 550' }),
      close: async () => undefined,
    }
    const node = await startTestNode({ channels: { 'e-mail': channel } })
    const focal = await node.as('focal-point')
    const police = await addAuthority(node, 'Police')
    const matter = await openMatter(focal)
    await sign(focal, await draft(focal, matter, draftFor([police])))
    await until(async () => (await entriesOf(focal, matter)).length > 2)
    const failed = (await entriesOf(focal, matter)).find(
      ({ kind }) => kind === 'notification.failed',
    )
    expect(failed?.facts).toMatchObject({ authority: 'Police', reason: 'refused-address' })
  })

  test('is the deputy at once, when nobody else was reached', async () => {
    const { messages, channel } = keeping()
    const refusing: Channel = {
      ...channel,
      send: async (message) =>
        message.to.startsWith('police.head')
          ? { state: 'refused', reason: 'refused-address', detail: 'SMTP 550' }
          : channel.send(message),
    }
    const node = await startTestNode({ channels: { 'e-mail': refusing } })
    const focal = await node.as('focal-point')
    const police = await addAuthority(node, 'Police')
    await hold(node, police, 'Police deputy', 'alternate')
    const matter = await openMatter(focal)
    await sign(focal, await draft(focal, matter, draftFor([police])))
    await until(() => messages.length === 1)
    expect(messages[0]?.to).toBe('police.deputy@authority.example')
    const kinds = (await entriesOf(focal, matter)).map(({ kind }) => kind)
    expect(kinds.slice(-2)).toEqual(['notification.failed', 'clock.escalated'])
  })
})
