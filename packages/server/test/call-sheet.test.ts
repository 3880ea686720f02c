import { listCalls, recordCall } from '@tocsin/api/channels.ts'
import * as people from '@tocsin/api/people.ts'
import * as warnings from '@tocsin/api/warnings.ts'
import type { PersonId } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { HoldingId } from '@tocsin/domain/people.ts'
import { describe, expect, test } from 'vitest'
import {
  type Authority,
  addAuthority,
  comeBack,
  DAY,
  draft,
  draftFor,
  entriesOf,
  HOUR,
  openMatter,
  sign,
  until,
} from './test-docket.ts'
import { startTestNode, type TestNode } from './test-node.ts'
import { stepUp } from './test-people.ts'

/** The office is now held by somebody who is reached by voice alone. */
async function holdByVoice(node: TestNode, { post, organisation, person: before }: Authority) {
  const administrator = await node.as('administrator')
  await stepUp(administrator)
  await administrator.call(people.endPerson, { params: { person: before } })
  const person = newId<PersonId>()
  const contacts = [{ channel: 'call-sheet' as const, address: '+41 22 555 01 02' }]
  await administrator.call(people.addCorrespondent, {
    body: { id: person, organisation, name: 'A. Porter', locale: 'fr', contacts },
  })
  await administrator.call(people.appoint, {
    body: {
      id: newId<HoldingId>(),
      post,
      person,
      capacity: 'acting',
      fromDay: DAY,
      untilDay: null,
    },
  })
  return person
}

async function warnByVoice() {
  const node = await startTestNode()
  const focal = await node.as('focal-point')
  const police = await addAuthority(node, 'Police')
  const person = await holdByVoice(node, police)
  const matter = await openMatter(focal)
  const written = await draft(focal, matter, draftFor([police]))
  await sign(focal, written)
  const params = { warning: written.warning }
  const stateOf = async () => {
    const { deliveries } = await focal.call(warnings.getWarning, { params })
    return deliveries[0]
  }
  const calls = () => focal.call(listCalls, { params })
  // The outbox has it in hand for a moment, and leaves it to whoever calls.
  await until(async () => (await stateOf())?.reason === 'awaiting-call')
  return { node, focal, police, person, matter, params, stateOf, calls }
}

describe('somebody without an electronic way', () => {
  test('waits on the list of calls until somebody of the desk has reached them', async () => {
    const { node, focal, matter, params, stateOf, calls } = await warnByVoice()
    const [call] = await calls()
    if (!call) throw new Error('there is a call to make')
    expect(call).toMatchObject({
      authority: 'Police',
      office: 'Head of Police',
      name: 'A. Porter',
      number: '+41225550102',
      isOwed: true,
      tries: [],
    })
    const { delivery } = call
    await focal.call(recordCall, {
      params: { delivery, call: newId() },
      body: { outcome: 'not-reached', said: 'The line is dead.' },
    })
    expect((await calls())[0]).toMatchObject({ isOwed: true, number: '+41225550102' })
    expect((await stateOf())?.state).toBe('queued')

    const once = { delivery, call: newId() }
    const spoken = {
      outcome: 'reached' as const,
      spokeWith: 'B. Deputy',
      said: 'They will read it at once.',
    }
    // Sent twice, as from a bad line: one call.
    await focal.call(recordCall, { params: once, body: spoken })
    await focal.call(recordCall, { params: once, body: spoken })
    expect((await stateOf())?.state).toBe('delivered')
    const [made] = await calls()
    expect(made).toMatchObject({ isOwed: false, number: null, reason: null })
    expect(made?.tries).toMatchObject([
      { isReached: false, spokeWith: null, said: 'The line is dead.', by: 'focal-point here' },
      { isReached: true, spokeWith: 'B. Deputy', by: 'focal-point here' },
    ])
    const entries = await entriesOf(focal, matter)
    expect(entries.slice(-2)).toMatchObject([
      { kind: 'notification.called', facts: { outcome: 'not-reached', authority: 'Police' } },
      {
        kind: 'notification.called',
        by: { person: focal.person },
        text: 'They will read it at once.',
        facts: { outcome: 'reached', spokeWith: 'B. Deputy' },
      },
    ])
    // Being reached acknowledges nothing.
    expect(entries.map(({ kind }) => kind)).not.toContain('notification.acknowledged')
    await expect(
      focal.call(recordCall, { params: { delivery, call: newId() }, body: spoken }),
    ).rejects.toMatchObject({ code: 'call.done' })
    // A day later the outbox has looked again, and nothing was undone.
    node.advance(25 * HOUR)
    await new Promise((resolve) => setTimeout(resolve, 2500))
    await comeBack(focal)
    expect((await stateOf())?.state).toBe('delivered')
    expect(await focal.call(listCalls, { params })).toHaveLength(1)
  })

  test('shows their number to those who call, and to nobody else', async () => {
    const { node, params, calls } = await warnByVoice()
    expect((await calls())[0]?.number).toBe('+41225550102')
    const reader = await node.as('reader')
    expect((await reader.call(listCalls, { params }))[0]?.number).toBeNull()
    const [call] = await calls()
    const said = { outcome: 'not-reached' as const, said: 'No.' }
    const tried = { params: { delivery: call?.delivery ?? '', call: newId() }, body: said }
    await expect(reader.call(recordCall, tried)).rejects.toMatchObject({
      code: 'permission.denied',
    })
    const elsewhere = await node.as('analyst', 'elsewhere')
    await expect(elsewhere.call(recordCall, tried)).rejects.toMatchObject({
      code: 'call.not-found',
    })
    await expect(elsewhere.call(listCalls, { params })).rejects.toMatchObject({
      code: 'warning.not-found',
    })
  })

  test('is called no more once they have left the office', async () => {
    const { node, person, calls } = await warnByVoice()
    const administrator = await node.as('administrator')
    await stepUp(administrator)
    await administrator.call(people.endPerson, { params: { person } })
    const [call] = await calls()
    expect(call).toMatchObject({ isOwed: false, number: null, reason: 'left-office' })
  })
})
