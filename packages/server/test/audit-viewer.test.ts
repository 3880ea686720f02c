import * as audit from '@tocsin/api/audit.ts'
import * as people from '@tocsin/api/people.ts'
import { Instant } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { PostId } from '@tocsin/domain/people.ts'
import { AuditEntry, findChainFault } from '@tocsin/records/chain.ts'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { startTestNode, type TestNode } from './test-node.ts'
import { stepUp, type TestPerson } from './test-people.ts'

const everything = { limit: 200 }

async function addPosts({ call, organisation }: TestPerson, count: number): Promise<void> {
  for (let number = 0; number < count; number += 1) {
    const body = { id: newId<PostId>(), organisation, title: `Post ${number}` }
    await call(people.addPost, { body })
  }
}

async function alter({ databaseUrl }: TestNode, statement: string): Promise<void> {
  const owner = new pg.Client(databaseUrl)
  await owner.connect()
  await owner.query(statement)
  await owner.end()
}

describe('the audit viewer', () => {
  test('shows the latest first, page by page, without a gap or a repetition', async () => {
    const node = await startTestNode()
    const administrator = await node.as('administrator')
    await addPosts(administrator, 12)
    const seqs: number[] = []
    let before: number | undefined
    do {
      const query = { limit: 5, ...(before && { before }) }
      const page = await administrator.call(audit.listAudit, { query })
      seqs.push(...page.entries.map(({ seq }) => seq))
      before = page.before ?? undefined
    } while (before)
    expect(seqs).toEqual(Array.from(seqs, (_, index) => seqs.length - index))
  })

  test('says who did what, by name', async () => {
    const node = await startTestNode()
    const focalPoint = await node.as('focal-point')
    await addPosts(focalPoint, 1)
    const auditor = await node.as('auditor')
    const query = { ...everything, act: 'people.post-added' }
    const { entries } = await auditor.call(audit.listAudit, { query })
    expect(entries).toMatchObject([
      { actorName: 'focal-point here', details: { title: 'Post 0' }, act: 'people.post-added' },
    ])
  })

  test('finds by act, its beginning, person and time', async () => {
    const node = await startTestNode()
    const focalPoint = await node.as('focal-point')
    const analyst = await node.as('analyst')
    node.advance(60_000)
    const later = Instant.parse(node.app.clock())
    await stepUp(focalPoint)
    await addPosts(focalPoint, 2)
    const administrator = await node.as('administrator')
    const count = async (filters: object) => {
      const query = { ...everything, ...filters }
      return (await administrator.call(audit.listAudit, { query })).entries.length
    }
    expect(await count({ act: 'people.post-added' })).toBe(2)
    expect(await count({ act: 'people.post' })).toBe(0)
    expect(await count({ act: 'people', from: later })).toBe(2)
    expect(await count({ act: 'people.post-added', until: later })).toBe(0)
    expect(await count({ person: analyst.person, act: 'session.opened' })).toBe(1)
  })

  test('shows auditors what concerns their organisation, whoever did it, and nothing else', async () => {
    const node = await startTestNode()
    const [here, there] = [await node.as('auditor'), await node.as('auditor', 'elsewhere')]
    await addPosts(await node.as('focal-point'), 1)
    await addPosts(await node.as('focal-point', 'elsewhere'), 2)
    const read = async ({ call }: TestPerson) => {
      const { entries } = await call(audit.listAudit, { query: everything })
      const posts = entries.filter(({ act }) => act === 'people.post-added').length
      const doers = new Set(entries.map(({ actor }) => actor['organisation'] ?? actor['kind']))
      return { posts, doers, acts: new Set(entries.map(({ act }) => act)) }
    }
    const [mine, theirs] = [await read(here), await read(there)]
    expect(mine).toMatchObject({ posts: 1, doers: new Set([here.organisation, 'system']) })
    expect(theirs.posts).toBe(2)
    // The administrator who added and staffed it belongs to the other organisation.
    expect(theirs.doers).toEqual(new Set([here.organisation, there.organisation, 'system']))
    expect(theirs.acts).toContain('people.organisation-added')
    expect(mine.acts).not.toContain('people.organisation-added')
  })

  test('is closed to everybody who neither audits nor administers', async () => {
    const node = await startTestNode()
    for (const role of ['focal-point', 'analyst', 'reader'] as const) {
      const { call } = await node.as(role)
      const look = call(audit.listAudit, { query: everything })
      await expect(look).rejects.toMatchObject({ code: 'permission.denied' })
    }
  })
})

describe('the exported audit log', () => {
  test('is the whole chain for an administrator, ending at the head it names', async () => {
    const node = await startTestNode()
    const administrator = await node.as('administrator')
    await addPosts(administrator, 3)
    const text = await administrator.call(audit.exportAudit, { query: {} })
    const [first = '', ...lines] = text.trimEnd().split('\n')
    const entries = lines.map((line) => AuditEntry.parse(JSON.parse(line)))
    const { seq, hash } = entries.at(-1) ?? {}
    expect(JSON.parse(first)).toEqual({ format: 'tocsin-audit-1', scope: 'whole', seq, hash })
    expect(findChainFault(entries)).toBeUndefined()
  })

  test('says that it is a part where it is one', async () => {
    const node = await startTestNode()
    await node.as('focal-point')
    const auditor = await node.as('auditor')
    const text = await auditor.call(audit.exportAudit, { query: {} })
    expect(JSON.parse(text.split('\n')[0] ?? '')).toEqual({
      format: 'tocsin-audit-1',
      scope: 'part',
    })
  })
})

describe('verifying the audit log on the node', () => {
  const start = async () => {
    const node = await startTestNode()
    const administrator = await node.as('administrator')
    await addPosts(administrator, 4)
    const verify = () => administrator.call(audit.verifyAudit, {})
    return { node, verify, last: (await verify()).entries }
  }

  test('finds nothing when nobody touched it', async () => {
    const { verify } = await start()
    expect((await verify()).fault).toBeNull()
  })

  test.each([
    ['altered', `update audit_entry set act = 'x' where seq = 2`, 2],
    ['missing', 'delete from audit_entry where seq = 2', 2],
  ])('names the entry that was %s', async (fault, statement, seq) => {
    const { node, verify } = await start()
    await alter(node, statement)
    expect((await verify()).fault).toEqual({ seq, fault })
  })

  test('notices that the end was cut off', async () => {
    const { node, verify, last } = await start()
    await alter(node, `delete from audit_entry where seq = ${last}`)
    expect((await verify()).fault).toEqual({ seq: last, fault: 'cut' })
  })
})
