import { listChannels, setChannel } from '@tocsin/api/channels.ts'
import * as contacts from '@tocsin/api/contacts.ts'
import * as people from '@tocsin/api/people.ts'
import { getWarning } from '@tocsin/api/warnings.ts'
import type { ContactInput } from '@tocsin/domain/contact.ts'
import { describe, expect, test } from 'vitest'
import type { Channel } from '../src/channels/channel.ts'
import {
  addAuthority,
  draft,
  draftFor,
  entriesOf,
  HOUR,
  hold,
  keeping,
  openMatter,
  sign,
  until,
} from './test-docket.ts'
import { keepingLog } from './test-messages.ts'
import { startTestNode } from './test-node.ts'
import { stepUp, type TestPerson } from './test-people.ts'

const mail: ContactInput = { channel: 'e-mail', address: 'own@desk.example' }
const number: ContactInput = { channel: 'sms', address: '+41225550102' }

async function set(who: TestPerson, list: ContactInput[], person = who.person) {
  await stepUp(who)
  return who.call(people.setContacts, { params: { person }, body: { contacts: list } })
}

describe('where a person is reached', () => {
  test('is theirs to change and read, and their managers’, and nobody else’s', async () => {
    const node = await startTestNode()
    const [reader, focal] = [await node.as('reader'), await node.as('focal-point')]
    const params = { person: reader.person }
    const body = { contacts: [number, mail] }
    // Where warnings go is not changed from a screen that was left open.
    node.advance(HOUR / 6)
    await expect(reader.call(people.setContacts, { params, body })).rejects.toMatchObject({
      code: 'session.step-up-required',
    })
    await set(reader, [number, mail])
    for (const who of [reader, focal, await node.as('administrator')]) {
      const list = await who.call(people.listContacts, { params })
      expect(list.map(({ channel, address }) => ({ channel, address }))).toEqual([number, mail])
    }
    for (const who of [await node.as('analyst'), await node.as('focal-point', 'elsewhere')]) {
      await expect(who.call(people.listContacts, { params })).rejects.toMatchObject({
        code: 'people.not-found',
      })
      await expect(set(who, [], reader.person)).rejects.toMatchObject({ code: 'people.not-found' })
      const seen = await who.call(people.getOrganisation, {
        params: { organisation: who.organisation },
      })
      expect(JSON.stringify(seen)).not.toContain('own@desk.example')
    }
    expect(await reader.call(people.listContacts, { params })).toHaveLength(2)
  })

  test('is refused field by field where it cannot be, and nothing is half written', async () => {
    const node = await startTestNode()
    const reader = await node.as('reader')
    await set(reader, [mail])
    await stepUp(reader)
    const bad = [mail, { channel: 'sms', address: '022 555 01 02' }] as ContactInput[]
    const params = { person: reader.person }
    await expect(
      reader.call(people.setContacts, { params, body: { contacts: bad } }),
    ).rejects.toMatchObject({
      code: 'request.invalid',
      details: { issues: [expect.objectContaining({ path: 'contacts.1.address' })] },
    })
    expect(await reader.call(people.listContacts, { params })).toHaveLength(1)
  })

  test('is verified once a test notice was confirmed, until the address changes', async () => {
    const { messages, channel } = keeping()
    const { log, lines } = keepingLog()
    const node = await startTestNode({ channels: { 'e-mail': channel }, log })
    const reader = await node.as('reader')
    await set(reader, [mail])
    const params = { person: reader.person, channel: 'e-mail' as const }
    const say = () => reader.call(contacts.testContact, { params })
    expect(await say()).toEqual({ outcome: 'sent', reason: null })
    await expect(say()).rejects.toMatchObject({ code: 'channel.too-soon' })
    expect(messages).toHaveLength(1)
    expect(messages[0]?.to).toBe('own@desk.example')
    const token = /\/c\/([0-9a-f]{64})/.exec(messages[0]?.text ?? '')?.[1] ?? ''
    const standing = async () => (await reader.call(contacts.listOwnContacts, {})).contacts[0]
    // A scanner that follows the link confirms nothing.
    expect(await node.visitor(contacts.readConfirmation, { params: { token } })).toEqual({
      channel: 'e-mail',
      confirmedAt: null,
    })
    expect((await standing())?.verifiedAt).toBeNull()
    const wrong = `${token.slice(0, 63)}${token.endsWith('0') ? '1' : '0'}`
    for (const guessed of [wrong, '0'.repeat(64)]) {
      await expect(
        node.visitor(contacts.confirmContact, { params: { token: guessed } }),
      ).rejects.toMatchObject({ code: 'channel.confirmation-not-valid' })
    }
    await node.visitor(contacts.confirmContact, { params: { token } })
    expect((await standing())?.verifiedAt).toBe('2026-01-01T00:00:00.000Z')
    await set(reader, [number, mail])
    const own = await reader.call(contacts.listOwnContacts, {})
    expect(own.contacts.map(({ verifiedAt }) => verifiedAt !== null)).toEqual([false, true])
    await set(reader, [{ channel: 'e-mail', address: 'other@desk.example' }])
    expect((await standing())?.verifiedAt).toBeNull()
    await expect(
      node.visitor(contacts.confirmContact, { params: { token } }),
    ).rejects.toMatchObject({ code: 'channel.confirmation-not-valid' })
    expect(lines.join('\n')).not.toContain('desk.example')
  })

  test('says when a notice last left, to those who keep the list', async () => {
    const { messages, channel } = keeping()
    const node = await startTestNode({ channels: { 'e-mail': channel } })
    const [focal, administrator] = [await node.as('focal-point'), await node.as('administrator')]
    const police = await addAuthority(node, 'Police')
    await hold(node, police, 'Police deputy', 'alternate')
    await sign(focal, await draft(focal, await openMatter(focal), draftFor([police])))
    await until(() => messages.length === 1)
    const { organisation } = police
    const used = async () => {
      const list = await administrator.call(people.listOrganisationContacts, {
        params: { organisation },
      })
      return list.map(({ person, usedAt }) => person === police.person && usedAt !== null)
    }
    await until(async () => (await used()).includes(true))
    expect((await used()).sort()).toEqual([false, true])
    const { people: members } = await administrator.call(people.getOrganisation, {
      params: { organisation },
    })
    expect(members.map(({ hasAccount }) => hasAccount)).toEqual([false, false])
  })
})

/** Two authorities are warned by a way that is held back so. */
async function warnHeldBack(control: { isStopped: boolean; perMinute: number | null }) {
  const { messages, channel } = keeping()
  const node = await startTestNode({ channels: { 'e-mail': channel } })
  const [focal, administrator] = [await node.as('focal-point'), await node.as('administrator')]
  const told = [await addAuthority(node, 'Police'), await addAuthority(node, 'Ministry')]
  await administrator.call(setChannel, { params: { channel: 'e-mail' }, body: control })
  const matter = await openMatter(focal)
  const written = await draft(focal, matter, draftFor(told))
  await sign(focal, written)
  const params = { warning: written.warning }
  const deliveries = async () => (await focal.call(getWarning, { params })).deliveries
  return { node, focal, matter, messages, deliveries, administrator }
}

describe('a way by which notices leave', () => {
  test('lets nothing through once it is stopped, and the record says so', async () => {
    const { focal, matter, messages, deliveries } = await warnHeldBack({
      isStopped: true,
      perMinute: null,
    })
    await until(async () => (await deliveries()).every(({ state }) => state === 'failed'))
    expect(messages).toEqual([])
    // The next rung comes at once, by the node's own round.
    const entries = await entriesOf(focal, matter)
    expect(entries.filter(({ kind }) => kind.startsWith('notification.'))).toMatchObject([
      { kind: 'notification.failed', facts: { reason: 'stopped' } },
      { kind: 'notification.failed', facts: { reason: 'stopped' } },
    ])
  })

  test('lets through what its cap allows, and the rest a minute later', async () => {
    const { node, messages, deliveries } = await warnHeldBack({ isStopped: false, perMinute: 1 })
    await until(async () => (await deliveries()).some(({ reason }) => reason === 'busy'))
    expect(messages).toHaveLength(1)
    node.advance(60_000)
    await until(() => messages.length === 2)
  })

  test('is listed for administrators, with whether it is set up', async () => {
    const node = await startTestNode({ channels: { 'e-mail': keeping().channel } })
    const administrator = await node.as('administrator')
    const standing = { isStopped: true, perMinute: 30 }
    await administrator.call(setChannel, { params: { channel: 'sms' }, body: standing })
    const list = await administrator.call(listChannels, {})
    const of = (kind: string) => list.find(({ channel }) => channel === kind)
    expect(of('e-mail')).toEqual({
      channel: 'e-mail',
      isSetUp: true,
      isStopped: false,
      perMinute: null,
    })
    expect(of('sms')).toEqual({ channel: 'sms', isSetUp: false, ...standing })
    expect(of('call-sheet')?.isSetUp).toBe(true)
  })

  test('that says nothing sensible is an outcome with a reason for whoever tries it', async () => {
    const channel: Channel = {
      send: async () => ({ state: 'deferred', reason: 'tls', detail: 'CERT_HAS_EXPIRED' }),
      close: async () => undefined,
    }
    const node = await startTestNode({ channels: { 'e-mail': channel } })
    const reader = await node.as('reader')
    await set(reader, [mail])
    const test = (kind: 'e-mail' | 'sms') =>
      reader.call(contacts.testContact, { params: { person: reader.person, channel: kind } })
    expect(await test('e-mail')).toEqual({ outcome: 'deferred', reason: 'tls' })
    await expect(test('sms')).rejects.toMatchObject({ code: 'channel.not-set-up' })
  })
})
