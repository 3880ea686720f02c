import * as api from '@tocsin/api/cap.ts'
import * as docket from '@tocsin/api/docket.ts'
import * as taxii from '@tocsin/api/taxii.ts'
import * as warnings from '@tocsin/api/warnings.ts'
import type { Marking } from '@tocsin/domain/audience.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { WarningId } from '@tocsin/domain/warning.ts'
import { readCap } from '@tocsin/records/cap/read.ts'
import { expect, test } from 'vitest'
import { readAtomFeed } from '../../records/test/atom-feed.ts'
import { openCapSchema, withoutCapSchema } from '../../records/test/cap-schema.ts'
import { addAuthority, draft, draftFor, openMatter, sign } from './test-docket.ts'
import { startTestNode, type TestNode } from './test-node.ts'
import { stepUp, type TestPerson } from './test-people.ts'

const cookieOf = ({ cookies }: TestPerson) => ({
  cookie: [...cookies].map((pair) => pair.join('=')).join('; '),
})
const basicOf = (token: string) => ({
  authorization: `Basic ${Buffer.from(`anybody:${token}`).toString('base64')}`,
})

/** Reads as a program does: what the feed holds, and each message where its entry says it is. */
async function readFeed(node: TestNode, headers: Record<string, string>) {
  const answer = await fetch(node.url + api.getWarningFeed.path, { headers })
  if (answer.status !== 200) return { status: answer.status, etag: '', announced: [] }
  expect(answer.headers.get('content-type')).toMatch(/^application\/atom\+xml/)
  const isValid = withoutCapSchema ? () => true : openCapSchema()
  const announced = await Promise.all(
    readAtomFeed(await answer.text()).map(async ({ id, title, href, terms }) => {
      const xml = await (await fetch(href, { headers })).text()
      expect(isValid(xml), xml).toBe(true)
      const read = readCap(Buffer.from(xml))
      if ('fault' in read) throw new Error(read.fault)
      // The entry is named as the message is, so that whoever has it does not fetch it again.
      expect(id).toBe(`urn:cp:record:${read.message.digest}`)
      expect(terms[0]).toBe(read.message.kind)
      return `${read.message.kind} ${title}`
    }),
  )
  return { status: 200, etag: answer.headers.get('etag') ?? '', announced }
}

async function addClient(node: TestNode, organisation: TestPerson['organisation'], to: Marking) {
  const { call } = await node.as('administrator')
  const client = newId<string>()
  const expiresAt = '2026-02-01T00:00:00.000Z' as Instant
  const body = { organisation, label: 'An alert hub', ceiling: to, expiresAt }
  const { token } = await call(taxii.addClient, { params: { client }, body })
  return { headers: basicOf(token), end: () => call(taxii.revokeClient, { params: { client } }) }
}

test('the warnings that stand are an Atom feed of CAP for each who may see them, and nobody else', async () => {
  const node = await startTestNode()
  const focal = await node.as('focal-point')
  const police = await addAuthority(node, 'Police')
  const mine = cookieOf(focal)
  expect(await readFeed(node, mine)).toMatchObject({ status: 200, announced: [] })

  const matter = await openMatter(focal)
  const send = async (subject: string, replaces: WarningId | null = null) => {
    const written = await draft(focal, matter, { ...draftFor([police]), subject }, replaces)
    node.advance(1000)
    await sign(focal, written)
    return written.warning
  }
  const first = await send('Doors <marked> & "counted"')
  await draft(focal, matter, draftFor([police]))
  const before = await readFeed(node, mine)
  expect(before.announced).toEqual(['warning.sent Doors <marked> & "counted"'])
  const same = await fetch(node.url + api.getWarningFeed.path, {
    headers: { ...mine, 'if-none-match': `"other", W/${before.etag}` },
  })
  expect([same.status, await same.text()]).toEqual([304, ''])

  // What was replaced is gone; what was cancelled stands as its cancellation, with a name of its own.
  const second = await send('Doors counted anew', first)
  expect((await readFeed(node, mine)).announced).toEqual(['warning.updated Doors counted anew'])
  await stepUp(focal)
  node.advance(1000)
  const params = { warning: second }
  await focal.call(warnings.cancelWarning, { params, body: { reasons: 'The marks were old.' } })
  const after = await readFeed(node, mine)
  expect(after.announced).toEqual(['warning.cancelled Doors counted anew'])
  expect(after.etag).not.toBe(before.etag)

  // A matter of TLP:GREEN that another organisation may read.
  const stranger = await node.as('focal-point', 'elsewhere')
  const shared = newId<MatterId>()
  const opening = { title: 'Shared', summary: 'Shared.', country: null, place: null }
  const readers = { audience: [stranger.organisation], excluded: [], isExercise: false }
  await focal.call(docket.openMatter, {
    body: { id: shared, marking: 'TLP:GREEN', ...opening, ...readers },
  })
  node.advance(1000)
  await sign(focal, await draft(focal, shared, draftFor([police], 2)))
  const green = `warning.sent ${draftFor([police]).subject}`
  expect((await readFeed(node, cookieOf(stranger))).announced).toEqual([green])
  expect((await readFeed(node, mine)).announced).toEqual([green, ...after.announced])

  const [closed, open] = [
    await addClient(node, focal.organisation, 'TLP:GREEN'),
    await addClient(node, focal.organisation, 'TLP:RED'),
  ]
  expect((await readFeed(node, closed.headers)).announced).toEqual([green])
  expect((await readFeed(node, open.headers)).announced).toHaveLength(2)
  // Above its marking a program reads no message either, whatever address it knows.
  const address = `${node.url}/api/warnings/${second}/cap`
  expect((await fetch(address, { headers: closed.headers })).status).toBe(404)
  expect((await fetch(address, { headers: open.headers })).status).toBe(200)
  // Nor anything else.
  for (const path of [
    '/api/warnings',
    `/api/warnings/${second}`,
    `/api/warnings/${second}/letter`,
  ]) {
    expect((await fetch(node.url + path, { headers: open.headers })).status, path).toBe(401)
  }
  await open.end()
  expect((await readFeed(node, open.headers)).status).toBe(401)
  expect((await readFeed(node, {})).status).toBe(401)
  expect((await readFeed(node, cookieOf(await node.as('administrator')))).status).toBe(403)
})
