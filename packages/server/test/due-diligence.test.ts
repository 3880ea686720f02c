import { createHash } from 'node:crypto'
import * as docket from '@tocsin/api/docket.ts'
import { getDueDiligence } from '@tocsin/api/documents.ts'
import * as warnings from '@tocsin/api/warnings.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import { DueDiligence } from '@tocsin/records/due-diligence.ts'
import { checkDueDiligence } from '@tocsin/records/due-diligence-check.ts'
import { readManifest } from '@tocsin/records/manifest.ts'
import { unzipSync } from 'fflate'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { textOf, withoutPoppler } from '../../documents/test/programs.ts'
import {
  addAuthority,
  draft,
  draftFor,
  keeping,
  openMatter,
  sign,
  tokenIn,
  until,
} from './test-docket.ts'
import { startTestNode, type TestNode } from './test-node.ts'
import type { TestPerson } from './test-people.ts'

const MINUTE = 60_000

/** A matter that was warned of; the police answered, the ministry kept silent. */
async function answeredMatter(): Promise<{ node: TestNode; focal: TestPerson; matter: MatterId }> {
  const { messages, channel } = keeping()
  const node = await startTestNode({ channels: { 'e-mail': channel } })
  const focal = await node.as('focal-point')
  const police = await addAuthority(node, 'Police')
  const ministry = await addAuthority(node, 'Ministry')
  const matter = await openMatter(focal)
  await focal.call(docket.assessMatter, {
    params: { matter },
    body: { level: 3, confidence: 'moderate', reasons: 'Two sources agree.' },
  })
  const written = await draft(focal, matter, draftFor([police, ministry]))
  await sign(focal, written)
  await until(() => messages.length === 2)
  // What became of both is written down.
  await until(async () => {
    const { deliveries } = await focal.call(warnings.getWarning, {
      params: { warning: written.warning },
    })
    return deliveries.every(({ state }) => state === 'sent')
  })
  const token = tokenIn(messages.find(({ to }) => to.startsWith('police')))
  const by = { name: 'A. Chief', office: 'Police' }
  node.advance(MINUTE)
  await node.visitor(warnings.openLetter, { params: { token } })
  node.advance(MINUTE)
  await node.visitor(warnings.acknowledgeLetter, {
    params: { token },
    body: { reaction: 'act', note: 'Two patrols.', ...by },
  })
  node.advance(MINUTE)
  await node.visitor(warnings.answerLetter, {
    params: { token },
    body: { outcome: 'decided', text: 'Posts in both towns.', ...by },
  })
  return { node, focal, matter }
}

const issue = ({ call }: TestPerson, matter: MatterId, format: 'zip' | 'json' | 'pdf' = 'json') =>
  call(getDueDiligence, { params: { matter }, query: { format, locale: 'en' } })

describe('the due-diligence record of a matter', () => {
  test('says who knew what, when, and what they did, and holds', async () => {
    const { focal, matter } = await answeredMatter()
    const { file, faults } = checkDueDiligence(await issue(focal, matter))
    expect(faults).toEqual([])
    expect(file?.notifications).toMatchObject([
      {
        authority: 'Police',
        openedAt: '2026-01-01T00:01:00.000Z',
        acknowledgedAt: '2026-01-01T00:02:00.000Z',
        acknowledgement: { reaction: 'act' },
        answeredAt: '2026-01-01T00:03:00.000Z',
        answer: { outcome: 'decided' },
        deliveries: [{ channel: 'e-mail', step: 'warned', state: 'sent', attempts: 1 }],
      },
      { authority: 'Ministry', acknowledgedAt: null, answeredAt: null },
    ])
    expect(file?.steps).toEqual({
      T2: '2026-01-01T00:00:00.000Z',
      T3: '2026-01-01T00:00:00.000Z',
      T4: '2026-01-01T00:02:00.000Z',
      T5: '2026-01-01T00:03:00.000Z',
    })
    expect(JSON.stringify(file)).not.toContain('@authority.example')
  })

  test('comes as an archive whose signed list names each file by its hash', async () => {
    const { focal, matter } = await answeredMatter()
    const files = unzipSync(await issue(focal, matter, 'zip'))
    const { 'due-diligence.json': json, 'due-diligence.pdf': pdf, 'manifest.json': list } = files
    const record = DueDiligence.parse(JSON.parse(Buffer.from(json ?? []).toString()))
    const keyOf = () => record.keys[0]?.publicKey
    const manifest = readManifest(JSON.parse(Buffer.from(list ?? []).toString()), matter, keyOf)
    const hashed = { 'due-diligence.json': json, 'due-diligence.pdf': pdf }
    expect(manifest?.files).toEqual(
      Object.entries(hashed).map(([name, bytes]) => ({
        name,
        bytes: bytes?.length,
        sha256: createHash('sha256')
          .update(bytes ?? '')
          .digest('hex'),
      })),
    )
  })

  test.skipIf(withoutPoppler)(
    'says the same to people, in words',
    async () => {
      const { focal, matter } = await answeredMatter()
      const text = await textOf(await issue(focal, matter, 'pdf'))
      for (const said of [
        'Two patrols.',
        'Posts in both towns.',
        'Police',
        'Ministry',
        'A. Chief',
      ]) {
        expect(text).toContain(said)
      }
    },
    40_000,
  )

  test('is for the people of the organisation that is seized, and each issue is on the audit log', async () => {
    const { node, focal, matter } = await answeredMatter()
    const bytes = await issue(await node.as('reader'), matter)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    expect(await logOf(node)).toEqual([{ subject: matter, details: { entries: 6, sha256 } }])
    const unknown = newId<MatterId>()
    await expect(issue(focal, unknown)).rejects.toMatchObject({ code: 'matter.not-found' })
    const administrator = await node.as('administrator')
    await expect(issue(administrator, matter)).rejects.toMatchObject({ code: 'permission.denied' })
    const other = await node.as('focal-point', 'elsewhere')
    await expect(issue(other, matter)).rejects.toMatchObject({ code: 'matter.not-found' })
  })
})

async function logOf({ databaseUrl }: TestNode) {
  const owner = new pg.Client(databaseUrl)
  await owner.connect()
  const asked = "select subject, details from audit_entry where act = 'documents.due-diligence'"
  const { rows } = await owner.query(asked)
  await owner.end()
  return rows
}
