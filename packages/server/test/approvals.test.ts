import * as approvals from '@tocsin/api/approvals.ts'
import * as audit from '@tocsin/api/audit.ts'
import * as countries from '@tocsin/api/countries.ts'
import * as enrolment from '@tocsin/api/enrolment.ts'
import * as people from '@tocsin/api/people.ts'
import * as session from '@tocsin/api/session.ts'
import * as settings from '@tocsin/api/settings.ts'
import type { PublicArea } from '@tocsin/domain/actor.ts'
import type { ApprovalId } from '@tocsin/domain/approval.ts'
import type { PersonId, Sha256 } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { startTestNode, type TestNode } from './test-node.ts'
import {
  followLink,
  openBrowser,
  signInWithPasskey,
  stepUp,
  type TestPerson,
  tokenOf,
} from './test-people.ts'

const HOUR = 60 * 60_000

/** Two administrators, of two organisations, on a node whose public view of an area is closed. */
async function startWithTwo() {
  const node = await startTestNode()
  const first = await node.as('administrator')
  const second = await node.as('administrator', 'elsewhere')
  await setView(first, 'risk', false)
  return { node, first, second }
}

const setView = ({ call }: TestPerson, area: PublicArea, open: boolean) =>
  call(settings.setPublicView, { params: { area }, body: { open } })

async function propose(person: TestPerson): Promise<ApprovalId> {
  const outcome = await setView(person, 'risk', true)
  if (outcome.state !== 'waiting') throw new Error(`the act was ${outcome.state}`)
  return outcome.approval
}

async function read({ call }: TestPerson, id: ApprovalId) {
  const found = (await call(approvals.listApprovals, {})).find((one) => one.id === id)
  if (!found) throw new Error('the proposal is not visible')
  return found
}

const approve = (person: TestPerson, approval: ApprovalId, sha256: Sha256) =>
  person.call(approvals.approve, { params: { approval }, body: { sha256 } })

/** What a visitor is told who asks for the countries: `open`, or the problem's code. */
const viewOfVisitors = ({ visitor }: TestNode): Promise<string> =>
  visitor(countries.listCountries, { query: {} }).then(
    () => 'open',
    ({ code }) => code,
  )

/** As the owner of the database, behind the node's back. */
async function alter({ databaseUrl }: TestNode, statement: string): Promise<void> {
  const owner = new pg.Client(databaseUrl)
  await owner.connect()
  await owner.query(statement)
  await owner.end()
}

describe('closing the public view', () => {
  test('takes one person and counts at once', async () => {
    const node = await startTestNode()
    const administrator = await node.as('administrator')
    expect(await viewOfVisitors(node)).toBe('open')
    await setView(administrator, 'risk', false)
    expect(await viewOfVisitors(node)).toBe('session.required')
  })
})

describe('opening the public view', () => {
  test('waits for a second person and is done when they approve what they read', async () => {
    const { node, first, second } = await startWithTwo()
    const id = await propose(first)
    expect(await viewOfVisitors(node)).toBe('session.required')
    const { sha256, waitsForMe, act, proposerName } = await read(second, id)
    expect({ waitsForMe, act, proposerName }).toEqual({
      waitsForMe: true,
      act: { kind: 'settings.open-public-view', subject: 'risk', details: { area: 'risk' } },
      proposerName: 'administrator here',
    })
    expect(await approve(second, id, sha256)).toMatchObject({ state: 'done', alone: false })
    expect(await viewOfVisitors(node)).toBe('open')
  })

  test('is never approved by whoever proposed it', async () => {
    const { first } = await startWithTwo()
    const id = await propose(first)
    const { sha256, waitsForMe } = await read(first, id)
    expect(waitsForMe).toBe(false)
    await expect(approve(first, id, sha256)).rejects.toMatchObject({ code: 'approval.own' })
  })

  test('is done once, even when the approval arrives twice at the same moment', async () => {
    const { first, second } = await startWithTwo()
    const id = await propose(first)
    const { sha256 } = await read(second, id)
    const answers = await Promise.allSettled([1, 2, 3].map(() => approve(second, id, sha256)))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('is refused for another act than the one that was read', async () => {
    const { node, first, second } = await startWithTwo()
    const id = await propose(first)
    const other = 'f'.repeat(64) as Sha256
    await expect(approve(second, id, other)).rejects.toMatchObject({ code: 'approval.other-act' })
    const { sha256 } = await read(second, id)
    await alter(node, `update approval set act = jsonb_set(act, '{subject}', '"sources"')`)
    await expect(approve(second, id, sha256)).rejects.toMatchObject({ code: 'approval.other-act' })
  })

  test('lapses after a day', async () => {
    const { node, first, second } = await startWithTwo()
    const id = await propose(first)
    const { sha256 } = await read(second, id)
    node.advance(24 * HOUR)
    await signInWithPasskey(second, second.passkey)
    await expect(approve(second, id, sha256)).rejects.toMatchObject({ code: 'approval.closed' })
  })

  test('is refused to somebody who signed in with the proposer’s key', async () => {
    const { node, first, second } = await startWithTwo()
    const id = await propose(first)
    const { sha256 } = await read(second, id)
    await alter(node, `update session set credential = '${first.passkey.id}'`)
    const refused = { code: 'approval.same-credential' }
    await expect(approve(second, id, sha256)).rejects.toMatchObject(refused)
  })

  test('falls with the role of whoever proposed it', async () => {
    const { first, second } = await startWithTwo()
    const id = await propose(second)
    const { sha256 } = await read(first, id)
    const params = { person: second.person, role: 'administrator' as const }
    await first.call(people.revokeRole, { params })
    await expect(approve(first, id, sha256)).rejects.toMatchObject({ code: 'approval.out-of-role' })
  })

  test('wants a fresh proof from both', async () => {
    const { node, first, second } = await startWithTwo()
    const id = await propose(first)
    const { sha256 } = await read(second, id)
    node.advance(5 * 60_000)
    const needed = { code: 'session.step-up-required' }
    await expect(approve(second, id, sha256)).rejects.toMatchObject(needed)
    await expect(setView(first, 'scores', true)).rejects.toMatchObject(needed)
    await stepUp(second)
    await expect(approve(second, id, sha256)).resolves.toMatchObject({ state: 'done' })
  })

  test('is refused with a reason, or withdrawn by its proposer, and then stays undone', async () => {
    const { first, second } = await startWithTwo()
    const refused = await propose(first)
    const body = { reason: 'Figures are under review' }
    await second.call(approvals.refuse, { params: { approval: refused }, body })
    expect(await read(first, refused)).toMatchObject({ state: 'refused', ...body })
    const withdrawn = await propose(first)
    const params = { approval: withdrawn }
    const byOther = second.call(approvals.withdraw, { params })
    await expect(byOther).rejects.toMatchObject({ code: 'permission.denied' })
    await first.call(approvals.withdraw, { params })
    for (const id of [refused, withdrawn]) {
      const { sha256 } = await read(second, id)
      await expect(approve(second, id, sha256)).rejects.toMatchObject({ code: 'approval.closed' })
    }
  })

  test('is beyond the operator, who is no named person', async () => {
    const { node } = await startWithTwo()
    const open = node.operator(settings.setPublicView, {
      params: { area: 'risk' },
      body: { open: true },
    })
    await expect(open).rejects.toMatchObject({ code: 'permission.denied' })
  })
})

describe('an administrator who has always been the only one', () => {
  test('exposes alone, and the entry says that no second person exists', async () => {
    const node = await startTestNode()
    const administrator = await node.as('administrator')
    await setView(administrator, 'risk', false)
    const outcome = await setView(administrator, 'risk', true)
    expect(outcome).toEqual({ state: 'done', alone: true, link: null })
    const query = { act: 'approval.done-alone', limit: 50 }
    const { entries } = await administrator.call(audit.listAudit, { query })
    expect(entries[0]?.details).toMatchObject({ second: 'no second person exists' })
  })

  test('cannot become so by revoking the others', async () => {
    const { node, first, second } = await startWithTwo()
    const params = { person: second.person, role: 'administrator' as const }
    await first.call(people.revokeRole, { params })
    await expect(setView(first, 'risk', true)).resolves.toMatchObject({ state: 'waiting' })
    expect(await viewOfVisitors(node)).toBe('session.required')
  })
})

describe('the role of administrator', () => {
  test('is granted by two once there are two', async () => {
    const { node, first, second } = await startWithTwo()
    const analyst = await node.as('analyst')
    const params = { person: analyst.person, role: 'administrator' as const }
    const outcome = await first.call(people.grantRole, { params })
    const again = await first.call(people.grantRole, { params })
    expect(again).toEqual(outcome)
    if (outcome.state !== 'waiting') throw new Error('granted alone')
    const { sha256 } = await read(second, outcome.approval)
    await approve(second, outcome.approval, sha256)
    await expect(analyst.call(people.listOrganisations, {})).resolves.toHaveLength(2)
  })
})

describe('recovering an account', () => {
  test('takes two, replaces every way of signing in and ends every session', async () => {
    const { node, first, second } = await startWithTwo()
    const reader = await node.as('reader')
    const params = { person: reader.person }
    const outcome = await first.call(people.recoverAccount, { params })
    if (outcome.state !== 'waiting') throw new Error('recovered alone')
    const { sha256 } = await read(second, outcome.approval)
    const done = await approve(second, outcome.approval, sha256)
    if (done.state !== 'done') throw new Error('not done')
    const name = 'Reader'
    const stranger = followLink(node.url, done.link, { name, organisation: reader.organisation })
    await expect(stranger).rejects.toMatchObject({ code: 'invitation.not-valid' })
    const opened = await node.visitor(enrolment.openInvitation, {
      body: { token: tokenOf(done.link) },
    })
    expect(opened).toMatchObject({ kind: 'recover', person: { id: reader.person } })
    const recovered = await followLink(node.url, done.link, { ...reader, name })
    const { self } = await recovered.call(session.getSession, {})
    expect(self).toMatchObject({ person: reader.person, roles: ['reader'] })
    expect(await reader.call(session.getSession, {})).toEqual({ self: null })
    const withOldKey = signInWithPasskey(openBrowser(node.url), reader.passkey)
    await expect(withOldKey).rejects.toMatchObject({ code: 'session.wrong-credentials' })
  })

  test('gives who never had one the sign-in name that they choose, unless it is another’s', async () => {
    const node = await startTestNode()
    const first = await node.as('administrator')
    const { organisation } = first
    const person = newId<PersonId>()
    await first.call(people.addCorrespondent, {
      body: { id: person, organisation, name: 'Written To', locale: 'en', contacts: [] },
    })
    await stepUp(first)
    const outcome = await first.call(people.recoverAccount, { params: { person } })
    if (outcome.state !== 'done') throw new Error('not done alone')
    const named = (name: string) =>
      followLink(node.url, outcome.link, { name, organisation, person })
    const owner = new pg.Client(node.databaseUrl)
    await owner.connect()
    const namesOf = async (id: PersonId) =>
      (await owner.query('select sign_in_name from person where id = $1', [id])).rows
    await owner.query('update person set sign_in_name = $2 where id = $1', [
      first.person,
      `taken@${person}`,
    ])
    await expect(named('Taken')).rejects.toMatchObject({ code: 'people.sign-in-name-taken' })
    await named('Chosen')
    expect(await namesOf(person)).toEqual([{ sign_in_name: `chosen@${person}` }])
    expect(await namesOf(first.person)).toEqual([{ sign_in_name: `taken@${person}` }])
    await owner.end()
  })
})
