import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as enrolment from '@tocsin/api/enrolment.ts'
import * as people from '@tocsin/api/people.ts'
import * as session from '@tocsin/api/session.ts'
import * as settings from '@tocsin/api/settings.ts'
import { Day, type OrganisationId } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { HoldingId, InvitationId, PostId } from '@tocsin/domain/people.ts'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import type { Endpoint } from '../src/http/endpoint.ts'
import { endpoints } from '../src/main.ts'
import { type Caller, callers, type Expectation } from './leak-callers.ts'
import { expectations } from './leak-expectations.ts'
import { startTestNode, type TestNode } from './test-node.ts'
import { invite, keepCookies, signInWithPasskey, type TestPerson } from './test-people.ts'

const CANARY = 'Quokka'

/** The other organisation's things, by the name that paths and bodies call them. */
type Foreign = Readonly<Record<string, string>>

/** Another organisation on the same node, with a canary in every text it holds. */
async function plantForeign(node: TestNode): Promise<Foreign> {
  const { call, ...administrator } = await node.as('administrator')
  const organisation = newId<OrganisationId>()
  await call(people.addOrganisation, {
    body: { id: organisation, name: `${CANARY} Union`, kind: 'un-office', country: null },
  })
  const name = `${CANARY} Officer`
  const officer = await invite(
    node.url,
    { call, ...administrator },
    { name, organisation, roles: ['focal-point'] },
  )
  const { person, passkey } = officer
  await call(people.grantRole, { params: { person, role: 'administrator' } })
  const post = newId<PostId>()
  await officer.call(people.addPost, { body: { id: post, organisation, title: `${CANARY} desk` } })
  const holding = newId<HoldingId>()
  const spell = { fromDay: Day.parse('2026-01-01'), untilDay: null }
  const body = { id: holding, post, person, capacity: 'main' as const, ...spell }
  await officer.call(people.appoint, { body })
  const invitation = newId<InvitationId>()
  await officer.call(enrolment.invite, {
    body: { id: invitation, organisation, post, roles: ['reader'] },
  })
  const proposed = await officer.call(people.recoverAccount, { params: { person } })
  if (proposed.state !== 'waiting') throw new Error('the node has a second administrator')
  const { self } = await officer.call(session.getSession, {})
  return {
    organisation,
    person,
    post,
    holding,
    invitation,
    passkey: passkey.id,
    approval: proposed.approval,
    session: self?.session ?? '',
    role: 'reader',
    area: 'scores',
    provider: newId(),
    identity: newId(),
    country: 'SSD',
    edition: newId(),
    consultation: newId(),
    contribution: newId(),
    n: '1',
    proposal: newId(),
    reading: '2',
    amendment: newId(),
    answer: newId(),
    warning: newId(),
    other: newId(),
    sha256: 'a'.repeat(64),
  }
}

type Ask = (path: string, init: RequestInit) => Promise<Response>

/** How each caller reaches the node; people sign in anew when a route signed them out. */
async function openDoors(node: TestNode): Promise<Readonly<Record<Caller, Ask>>> {
  const token = await readFile(join(node.home, 'operator-token'), 'utf8')
  const administrator = await node.as('administrator')
  const { organisation } = administrator
  const roleless = await invite(node.url, administrator, { name: 'None', organisation, roles: [] })
  const plain =
    (headers: Record<string, string>): Ask =>
    (path, init) =>
      fetch(node.url + path, { ...init, headers: { ...init.headers, ...headers } })
  const as =
    (person: TestPerson): Ask =>
    async (path, init) => {
      if (person.cookies.size === 0) await signInWithPasskey(person, person.passkey)
      const cookie = [...person.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const response = await fetch(node.url + path, {
        ...init,
        headers: { ...init.headers, cookie },
      })
      keepCookies(person.cookies, response)
      return response
    }
  return {
    visitor: plain({}),
    operator: plain({ authorization: `Bearer ${token}` }),
    roleless: as(roleless),
    administrator: as(administrator),
    reader: as(await node.as('reader')),
    analyst: as(await node.as('analyst')),
    auditor: as(await node.as('auditor')),
    'focal-point': as(await node.as('focal-point')),
  }
}

const nameOf = ({ route }: Endpoint): string => `${route.method} ${route.path}`

/** Asks a route for the other organisation's thing, as exactly as whoever knows its id could. */
async function ask(door: Ask, { route }: Endpoint, { query, body }: Expectation, foreign: Foreign) {
  const path = route.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(foreign[name] ?? `no-${name}`),
  )
  const filled = JSON.stringify(body ?? {}).replace(/"([A-Z]+)"/g, (_, name: string) =>
    JSON.stringify(foreign[name.toLowerCase()] ?? newId()),
  )
  const type = route.consumes ? 'application/octet-stream' : 'application/json'
  const hasBody = body !== undefined || route.consumes !== undefined
  const response = await door(query ? `${path}?${query}` : path, {
    method: route.method,
    ...(hasBody && { body: filled, headers: { 'content-type': type } }),
  })
  const text = await response.text()
  const isRefused = /"code":"(session\.required|permission\.denied)"/.test(text)
  return { isRefused, text: text + JSON.stringify([...response.headers]) }
}

async function snapshot(node: TestNode, { organisation, person }: Foreign): Promise<unknown> {
  const owner = new pg.Client(node.databaseUrl)
  await owner.connect()
  const of = async (table: string, column: string, value: string | undefined) =>
    (await owner.query(`select * from ${table} where ${column} = $1 order by id`, [value])).rows
  const kept = {
    organisation: await of('organisation', 'id', organisation),
    people: await of('person', 'organisation', organisation),
    roles: await of('role_grant', 'organisation', organisation),
    posts: await of('post', 'organisation', organisation),
    holdings: await of('holding', 'organisation', organisation),
    invitations: await of('invitation', 'organisation', organisation),
    sessions: await of('session', 'person', person),
    passkeys: await of('passkey', 'person', person),
    approvals: await of('approval', 'proposer', person),
  }
  await owner.end()
  return kept
}

/** Asks every route for the other organisation's things, and holds each answer to what is expected. */
async function knockEverywhere(door: Ask, caller: Caller, foreign: Foreign): Promise<void> {
  for (const endpoint of endpoints) {
    const expected = expectations[nameOf(endpoint)]
    if (!expected) continue
    const { isRefused, text } = await ask(door, endpoint, expected, foreign)
    const what = `${caller}: ${nameOf(endpoint)} ${text.slice(0, 200)}`
    expect(!isRefused, what).toBe(expected.letIn.includes(caller))
    const mayName = mayKnow.includes(caller) || expected.namesOffices
    if (!mayName) expect(text.includes(CANARY), what).toBe(false)
  }
}

const mayKnow: readonly Caller[] = ['administrator', 'operator']

describe('every route', { timeout: 180_000 }, () => {
  test('is listed with those whom it lets in', () => {
    expect(Object.keys(expectations).sort()).toEqual(endpoints.map(nameOf).sort())
  })

  test('lets in exactly those, and tells nobody anything of another organisation', async () => {
    const node = await startTestNode()
    const foreign = await plantForeign(node)
    const doors = await openDoors(node)
    const before = await snapshot(node, foreign)
    for (const caller of callers) {
      // From here on the callers may see and change everything: only the doors are looked at.
      if (caller === 'administrator') expect(await snapshot(node, foreign)).toEqual(before)
      await knockEverywhere(doors[caller], caller, foreign)
    }
  })

  test('shows the canaries to those who may see them, so that their absence means something', async () => {
    const node = await startTestNode()
    const foreign = await plantForeign(node)
    const { call } = await node.as('administrator')
    const seen = [
      await call(people.listOrganisations, {}),
      await call(people.getOrganisation, {
        params: { organisation: foreign['organisation'] as OrganisationId },
      }),
    ]
    for (const answer of seen) expect(JSON.stringify(answer)).toContain(CANARY)
  })

  test('of the public picture is shut to visitors, and to nobody else, once it is closed', async () => {
    const node = await startTestNode()
    const { call } = await node.as('administrator')
    const doors = await openDoors(node)
    for (const area of ['risk', 'scores', 'sources'] as const) {
      await call(settings.setPublicView, { params: { area }, body: { open: false } })
    }
    for (const endpoint of endpoints) {
      const expected = expectations[nameOf(endpoint)]
      if (!expected?.open) continue
      const foreign = { country: 'SSD', edition: newId(), other: newId() }
      for (const caller of ['visitor', 'roleless', 'reader'] as const) {
        const { isRefused } = await ask(doors[caller], endpoint, expected, foreign)
        expect(isRefused, `${caller}: ${nameOf(endpoint)}`).toBe(caller === 'visitor')
      }
    }
  })
})
