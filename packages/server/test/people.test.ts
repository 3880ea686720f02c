import * as enrolment from '@tocsin/api/enrolment.ts'
import * as people from '@tocsin/api/people.ts'
import * as session from '@tocsin/api/session.ts'
import { Day, type OrganisationId } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { Holding, HoldingId, InvitationId, PostId } from '@tocsin/domain/people.ts'
import { describe, expect, test } from 'vitest'
import { startTestNode } from './test-node.ts'
import { followLink, invite, openBrowser, tokenOf } from './test-people.ts'

type Spell = { readonly fromDay: string; readonly untilDay: string | null }

const DAY_MS = 24 * 60 * 60 * 1000

describe('the set-up link', () => {
  test('makes the first organisation and its administrator, who is signed in', async () => {
    const node = await startTestNode()
    const before = await node.visitor(session.listSignInWays, {})
    expect(before.isSetUp).toBe(false)
    const administrator = await node.as('administrator')
    const { self } = await administrator.call(session.getSession, {})
    expect(self).toMatchObject({
      name: 'administrator here',
      organisation: { name: 'Ministry of Rivers' },
      roles: ['administrator'],
    })
    expect((await node.visitor(session.listSignInWays, {})).isSetUp).toBe(true)
  })

  test('works once, even for two who follow it at the same moment', async () => {
    const node = await startTestNode()
    const follow = (name: string) =>
      followLink(node.url, node.setUpLink, {
        name,
        organisation: newId<OrganisationId>(),
        isFirst: true,
      })
    const results = await Promise.allSettled([follow('a'), follow('b'), follow('c')])
    const codes = results.map((result) =>
      result.status === 'fulfilled' ? 'joined' : result.reason.code,
    )
    expect(codes.sort()).toEqual(['invitation.not-valid', 'invitation.not-valid', 'joined'])
  })

  test('keeps its token out of what a browser sends', async () => {
    const { setUpLink = '' } = await startTestNode()
    const { pathname, search, hash } = new URL(setUpLink)
    expect({ pathname, search }).toEqual({ pathname: '/set-up', search: '' })
    expect(hash).toHaveLength(44)
  })
})

describe('an invitation', () => {
  test('brings somebody in with the roles and the post it names', async () => {
    const node = await startTestNode()
    const administrator = await node.as('administrator')
    const { organisation } = administrator
    const post = newId<PostId>()
    await administrator.call(people.addPost, { body: { id: post, organisation, title: 'Desk' } })
    const body = { id: newId<InvitationId>(), organisation, post, roles: ['analyst' as const] }
    const { link } = await administrator.call(enrolment.invite, { body })
    const opened = await node.visitor(enrolment.openInvitation, { body: { token: tokenOf(link) } })
    expect(opened).toMatchObject({ organisation: 'Ministry of Rivers', post: 'Desk' })
    const newcomer = await followLink(node.url, link, { name: 'Ana', organisation })
    const { self } = await newcomer.call(session.getSession, {})
    expect(self?.roles).toEqual(['analyst'])
    const holders = await newcomer.call(people.listHolders, {
      params: { post },
      query: { day: Day.parse('2026-03-01') },
    })
    expect(holders).toMatchObject([{ person: newcomer.person, capacity: 'main' }])
  })

  test('is over after seven days, after use, and when it was withdrawn', async () => {
    const node = await startTestNode()
    const administrator = await node.as('administrator')
    const { organisation } = administrator
    const make = async () => {
      const id = newId<InvitationId>()
      const body = { id, organisation, post: null, roles: ['reader' as const] }
      const { link } = await administrator.call(enrolment.invite, { body })
      return { id, link }
    }
    const [used, withdrawn, old] = [await make(), await make(), await make()]
    await followLink(node.url, used.link, { name: 'Ana', organisation })
    await administrator.call(enrolment.revokeInvitation, { params: { invitation: withdrawn.id } })
    node.advance(7 * DAY_MS + 1)
    for (const { link } of [used, withdrawn, old]) {
      const open = node.visitor(enrolment.openInvitation, { body: { token: tokenOf(link) } })
      await expect(open).rejects.toMatchObject({ code: 'invitation.not-valid' })
    }
  })

  test('is told once: the same request again answers no link', async () => {
    const node = await startTestNode()
    const administrator = await node.as('administrator')
    const { organisation } = administrator
    const body = { id: newId<InvitationId>(), organisation, post: null, roles: [] }
    const first = await administrator.call(enrolment.invite, { body })
    const again = await administrator.call(enrolment.invite, { body })
    expect(again).toEqual({ ...first, link: null })
  })

  test('never names the role of administrator, unless the operator makes it', async () => {
    const node = await startTestNode()
    const administrator = await node.as('administrator')
    const { organisation } = administrator
    const body = () => ({
      id: newId<InvitationId>(),
      organisation,
      post: null,
      roles: ['administrator' as const],
    })
    const bySomebody = administrator.call(enrolment.invite, { body: body() })
    await expect(bySomebody).rejects.toMatchObject({ code: 'permission.denied' })
    const { link } = await node.operator(enrolment.invite, { body: body() })
    const rescuer = await followLink(node.url, link, { name: 'Rescuer', organisation })
    const { self } = await rescuer.call(session.getSession, {})
    expect(self?.roles).toEqual(['administrator'])
  })

  test('from a focal point reaches its own organisation only, and not auditors', async () => {
    const node = await startTestNode()
    const focalPoint = await node.as('focal-point')
    const elsewhere = await node.as('reader', 'elsewhere')
    const { organisation } = focalPoint
    await invite(node.url, focalPoint, { name: 'Ana', organisation, roles: ['analyst'] })
    const refused = { code: 'permission.denied' }
    const auditor = { name: 'Bo', organisation, roles: ['auditor' as const] }
    await expect(invite(node.url, focalPoint, auditor)).rejects.toMatchObject(refused)
    const foreign = { name: 'Cy', organisation: elsewhere.organisation, roles: [] }
    await expect(invite(node.url, focalPoint, foreign)).rejects.toMatchObject(refused)
  })
})

describe('a post', () => {
  const openPost = async () => {
    const node = await startTestNode()
    const focalPoint = await node.as('focal-point')
    const analyst = await node.as('analyst')
    const post = newId<PostId>()
    const { organisation } = focalPoint
    await focalPoint.call(people.addPost, { body: { id: post, organisation, title: 'Desk' } })
    const appoint = (wanted: Pick<Holding, 'person' | 'capacity'> & Spell) =>
      focalPoint.call(people.appoint, {
        body: {
          id: newId<HoldingId>(),
          post,
          ...wanted,
          fromDay: Day.parse(wanted.fromDay),
          untilDay: Day.nullable().parse(wanted.untilDay),
        },
      })
    return { node, focalPoint, analyst, post, appoint }
  }

  test('never has two main holders on one day', async () => {
    const { focalPoint, analyst, appoint } = await openPost()
    const { person } = analyst
    await appoint({ person, capacity: 'main', fromDay: '2026-01-01', untilDay: '2026-06-30' })
    const other = { person: focalPoint.person, capacity: 'main' as const }
    const overlapping = appoint({ ...other, fromDay: '2026-06-30', untilDay: null })
    await expect(overlapping).rejects.toMatchObject({ code: 'post.held' })
    await appoint({ ...other, fromDay: '2026-07-01', untilDay: null })
    const alternate = { person, capacity: 'alternate' as const }
    await appoint({ ...alternate, fromDay: '2026-08-01', untilDay: null })
  })

  test('says who held it on a day, whoever acts first', async () => {
    const { focalPoint, analyst, post, appoint } = await openPost()
    await appoint({
      person: analyst.person,
      capacity: 'main',
      fromDay: '2026-01-01',
      untilDay: null,
    })
    await appoint({
      person: focalPoint.person,
      capacity: 'acting',
      fromDay: '2026-02-01',
      untilDay: '2026-02-14',
    })
    const on = async (day: string) => {
      const query = { day: Day.parse(day) }
      const holders = await analyst.call(people.listHolders, { params: { post }, query })
      return holders.map(({ capacity }) => capacity)
    }
    expect(await on('2025-12-31')).toEqual([])
    expect(await on('2026-01-31')).toEqual(['main'])
    expect(await on('2026-02-14')).toEqual(['acting', 'main'])
    expect(await on('2026-02-15')).toEqual(['main'])
  })

  test('does not exist for another organisation', async () => {
    const { node, post } = await openPost()
    const stranger = await node.as('focal-point', 'elsewhere')
    const query = { day: Day.parse('2026-01-01') }
    const look = stranger.call(people.listHolders, { params: { post }, query })
    await expect(look).rejects.toMatchObject({ code: 'post.not-found' })
    const abolish = stranger.call(people.abolishPost, { params: { post } })
    await expect(abolish).rejects.toMatchObject({ code: 'post.not-found' })
  })
})

describe('a role', () => {
  test('that is revoked counts no more at the very next request', async () => {
    const node = await startTestNode()
    const administrator = await node.as('administrator')
    const auditor = await node.as('auditor')
    const { person } = auditor
    await auditor.call(people.listOrganisations, {})
    await administrator.call(people.revokeRole, { params: { person, role: 'auditor' } })
    const after = auditor.call(people.listOrganisations, {})
    await expect(after).rejects.toMatchObject({ code: 'permission.denied' })
  })

  test('of administrator stays with at least one person', async () => {
    const node = await startTestNode()
    const { call, person } = await node.as('administrator')
    const last = { code: 'people.last-administrator' }
    const revoke = call(people.revokeRole, { params: { person, role: 'administrator' } })
    await expect(revoke).rejects.toMatchObject(last)
    await expect(call(people.endPerson, { params: { person } })).rejects.toMatchObject(last)
  })
})

describe('an account that was ended', () => {
  test('is signed out at once and does not sign in again', async () => {
    const node = await startTestNode()
    const administrator = await node.as('administrator')
    const reader = await node.as('reader')
    await administrator.call(people.endPerson, { params: { person: reader.person } })
    expect(await reader.call(session.getSession, {})).toEqual({ self: null })
    const browser = openBrowser(node.url)
    const { ceremony, options } = await browser.call(session.startPasskeySignIn, {})
    const passkey = reader.passkey.use(options)
    const again = browser.call(session.signInWithPasskey, { body: { ceremony, passkey } })
    await expect(again).rejects.toMatchObject({ code: 'session.wrong-credentials' })
  })
})
