import { createHash, randomBytes } from 'node:crypto'
import * as api from '@tocsin/api/attachments.ts'
import * as docket from '@tocsin/api/docket.ts'
import * as sharing from '@tocsin/api/sharing.ts'
import { listWithdrawals } from '@tocsin/api/withdrawal.ts'
import { system } from '@tocsin/domain/actor.ts'
import { ATTACHMENT_BYTES, type AttachmentId } from '@tocsin/domain/attachment.ts'
import type { CountryCode, Sha256 } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import { describe, expect, test } from 'vitest'
import { eraseFile } from '../src/attachments/erase.ts'
import { openLink } from './counted-link.ts'
import { alterPiece, askBlob, blobsAt, fileAt, put } from './test-attachments.ts'
import { entriesOf, openMatter } from './test-docket.ts'
import { eventually, moveNode } from './test-exchange.ts'
import { opening, read } from './test-matters.ts'
import { NOWHERE } from './test-network.ts'
import { startTestNode } from './test-node.ts'
import { stepUp, type TestPerson } from './test-people.ts'
import {
  approveAll,
  carry,
  formFor,
  listedBy,
  pass,
  type Sharer,
  secondOf,
  startSharersApart,
} from './test-sharing.ts'

type Three = readonly [Sharer, Sharer, Sharer]

const MIB = 1_048_576

describe('a file on a matter', () => {
  test('is sealed, saved as it came and never shown; of half a file nothing is left', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const matter = await openMatter(focal)
    const bytes = randomBytes(300_000)
    const kept = await put(focal, matter, '../Карта "1".PNG', bytes)
    expect(kept).toMatchObject({ name: 'Карта 1.png', mediaType: 'image/png', size: 300_000 })
    expect(kept.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
    const { id } = kept
    const again = await focal.call(api.addAttachment, {
      params: { matter, attachment: id },
      query: { name: 'other.pdf' },
      stream: new Blob(['other']),
    })
    expect(again).toEqual(kept)
    expect((await read(focal, matter)).attachments).toEqual([kept])
    const saved = await fetch(`${node.url}/api/attachments/${id}`, {
      headers: { cookie: [...focal.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    })
    expect(Buffer.from(await saved.arrayBuffer()).equals(bytes)).toBe(true)
    expect(Object.fromEntries(saved.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-length': '300000',
      'content-disposition': `attachment; filename="-1.png"; filename*=UTF-8''${encodeURIComponent('Карта 1.png')}`,
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
    })
    const held = await blobsAt(node)
    expect(held).toMatchObject({ blobs: [{ size: held.blobs[0]?.kept }], pieces: 5 })
    const tooLarge = new Uint8Array(ATTACHMENT_BYTES + 1)
    const refused = put(focal, matter, 'large.csv', tooLarge)
    await expect(refused).rejects.toMatchObject({ code: 'attachment.too-large' })
    const nothing = put(focal, matter, 'empty.txt', new Uint8Array())
    await expect(nothing).rejects.toMatchObject({ code: 'attachment.empty' })
    const program = put(focal, matter, 'map.png.exe', bytes)
    await expect(program).rejects.toMatchObject({ code: 'attachment.wrong-type' })
    async function* cutShort() {
      yield bytes
      throw new Error('the link is gone')
    }
    const half = focal.call(api.addAttachment, {
      params: { matter, attachment: newId<AttachmentId>() },
      query: { name: 'half.pdf' },
      stream: cutShort(),
    })
    await expect(half).rejects.toThrow()
    await eventually([], async () => (await blobsAt(node)).blobs.length === 1)
    const entries = await entriesOf(focal, matter)
    expect(entries.map(({ kind }) => kind)).toEqual(['matter.opened', 'attachment.added'])
    expect(JSON.stringify(entries)).not.toContain(kept.sha256)
    const neighbour = await node.as('focal-point', 'elsewhere')
    const foreign = neighbour.call(api.getAttachment, { params: { attachment: id } })
    await expect(foreign).rejects.toMatchObject({ code: 'attachment.not-found' })
    const body = { class: 'error', reason: 'Not ours.' } as const
    await focal.call(api.removeAttachment, { params: { attachment: id }, body })
    expect(await blobsAt(node)).toEqual({ blobs: [], pieces: 0 })
    expect((await entriesOf(focal, matter)).at(-1)).toMatchObject({ kind: 'attachment.removed' })
  })
})

describe('a file on a shared matter', () => {
  test('is fetched piece by piece by whoever may read it, from whoever has it, and erased for all', async () => {
    const nodes = (await startSharersApart(3)) as unknown as Three
    const [ardenia, belmara, corvane] = nodes
    const { focal } = ardenia
    const audience = [belmara.own, corvane.own]
    const concerned = { country: 'CRV' as CountryCode, audience }
    const { id: matter } = await focal.call(docket.openMatter, { body: opening(concerned) })
    const bytes = randomBytes(2.5 * MIB)
    const added = await put(focal, matter, 'Map.pdf', bytes)
    await put(focal, matter, 'Note.txt', randomBytes(100_000))
    await carry(ardenia, belmara, corvane)
    const [{ sha256: hash = null, size = 0 } = {}] = (await blobsAt(ardenia)).blobs
    const blob = hash as Sha256

    // Nothing comes by itself, and nobody else gets anything, whatever they know.
    const map = () => fileAt(belmara.focal, 'Map.pdf')
    const { params, ...before } = await map()
    expect(before).toMatchObject({ state: 'not-fetched', sealedSize: size, sha256: added.sha256 })
    const early = belmara.focal.call(api.getSharedAttachment, { params })
    await expect(early).rejects.toMatchObject({ code: 'attachment.not-here' })
    await moveNode(corvane, ardenia, ardenia.url)
    await ardenia.app.db.as(system, async (tx) => {
      const all = await tx
        .selectFrom('shared_object')
        .selectAll()
        .where('type', '=', 'attachment')
        .execute()
      const told = all.find(({ object }) => JSON.stringify(object).includes(blob))
      if (!told) throw new Error('nothing was told')
      const claim = { ...told, id: `attachment--${crypto.randomUUID()}`, organisation: corvane.own }
      await tx
        .insertInto('shared_object')
        .values({ ...claim, object: JSON.stringify(told.object), added_us: null })
        .execute()
    })
    expect(await askBlob(corvane, ardenia, blob)).toMatchObject({ status: 404, length: 0 })
    expect((await listedBy(corvane.focal)).total).toBe(0)
    expect((await fetch(`${ardenia.url}/blob/sha256/${blob}`)).status).toBe(401)

    // Cut in the middle of the third piece; what came stays, and is not asked for again.
    const link = await openLink(ardenia)
    await moveNode(belmara, ardenia, link.address)
    link.cutAfter(2)
    await belmara.focal.call(api.fetchAttachment, { params })
    await eventually([], async () => (await map()).state === 'waiting')
    expect(await map()).toMatchObject({ kept: 2 * MIB, fault: 'unreachable' })
    const asked = link.ranges.length
    expect(link.ranges.slice(0, 3)).toEqual([
      [0, MIB - 1],
      [MIB, 2 * MIB - 1],
      [2 * MIB, size - 1],
    ])
    link.cutAfter(undefined)
    await eventually(nodes, async () => (await map()).state === 'here')
    const resumed = link.ranges.slice(asked)
    expect(resumed.map(([from, to]) => to - from + 1).reduce((one, two) => one + two)).toBe(
      size - 2 * MIB,
    )
    expect(resumed[0]?.[0]).toBe(2 * MIB)
    const saved = await belmara.focal.call(api.getSharedAttachment, { params })
    expect(Buffer.from(saved).equals(bytes)).toBe(true)
    const piece = await askBlob(belmara, ardenia, blob, { range: 'bytes=10-19' })
    expect(piece).toEqual({
      status: 206,
      length: 10,
      range: `bytes 10-19/${size}`,
      etag: `"${blob}"`,
    })
    const behind = await askBlob(belmara, ardenia, blob, { range: `bytes=${size}-` })
    expect(behind).toMatchObject({ status: 416, length: 0, range: `bytes */${size}` })
    expect(await askBlob(belmara, ardenia, blob)).toMatchObject({ status: 200, length: size })

    // What was altered where it lay never opens, and nothing of it is kept.
    await alterPiece(ardenia)
    const note = () => fileAt(belmara.focal, 'Note.txt')
    await belmara.focal.call(api.fetchAttachment, { params: (await note()).params })
    await eventually(nodes, async () => (await note()).state === 'failed')
    expect(await note()).toMatchObject({ kept: 0, fault: 'altered' })
    expect((await blobsAt(belmara)).pieces).toBe(Math.ceil(size / 65_536))
    await belmara.focal.call(api.cancelFetch, { params: (await note()).params })
    expect((await note()).state).toBe('not-fetched')

    // Another that stands tells of the same bytes: they stay until that is taken back too.
    const copy = { id: `attachment--${crypto.randomUUID()}` }
    await belmara.app.db.as(system, async (tx) => {
      const told = await tx
        .selectFrom('shared_object')
        .selectAll()
        .where('id', '=', params.id)
        .executeTakeFirstOrThrow()
      await tx
        .insertInto('shared_object')
        .values({ ...told, ...copy, object: JSON.stringify(told.object), added_us: null })
        .execute()
      expect(await eraseFile(tx, { organisation: ardenia.own, object: params.id })).toBe(0)
      await tx.deleteFrom('shared_object').where('id', '=', copy.id).execute()
    })
    const body = { class: 'source-risk', reason: 'It shows a door.' } as const
    await focal.call(api.removeAttachment, { params: { attachment: added.id }, body })
    expect((await read(focal, matter)).attachments.map(({ name }) => name)).toEqual(['Note.txt'])
    await carry(ardenia, belmara)
    expect(await blobsAt(belmara)).toEqual({ blobs: [], pieces: 0 })
    expect((await blobsAt(ardenia)).blobs).toHaveLength(1)
    await expect(map()).rejects.toThrow()
    expect((await askBlob(belmara, ardenia, blob)).status).toBe(404)
    const erased = async () => {
      const { withdrawals } = await focal.call(listWithdrawals, { query: { limit: 9, offset: 0 } })
      return withdrawals[0]?.readers[0]?.erased ?? []
    }
    await eventually(nodes, async () => (await erased()).length > 0)
    expect(await erased()).toContainEqual({ part: 'attachment', count: 1 })
    // The State concerned is heard on the matter, and gets none of its files.
    const second = await secondOf(ardenia)
    const form = { ...formFor([corvane.own]), purpose: 'right-of-reply' } as const
    await stepUp(focal)
    await focal.call(sharing.shareMatter, { params: { matter }, body: form })
    expect(await approveAll(second)).toBe(1)
    await carry(ardenia, corvane)
    expect((await listedBy(corvane.focal)).types).toEqual(['grouping'])
    await fetchFromReader(nodes)
    await widenAudiences(nodes, second)
  })
})

/** A file comes from another reader where its author does not answer. */
async function fetchFromReader(nodes: Three): Promise<void> {
  const [ardenia, belmara, corvane] = nodes
  const audience = [belmara.own, corvane.own]
  const { id: matter } = await ardenia.focal.call(docket.openMatter, {
    body: opening({ audience }),
  })
  const bytes = randomBytes(70_000)
  await put(ardenia.focal, matter, 'Roads.pdf', bytes)
  await carry(ardenia, belmara, corvane)
  const { params } = await fileAt(corvane.focal, 'Roads.pdf')
  await moveNode(corvane, ardenia, NOWHERE)
  await moveNode(corvane, belmara, belmara.url)
  await corvane.focal.call(api.fetchAttachment, { params })
  const state = async ({ focal }: Sharer) => (await fileAt(focal, 'Roads.pdf')).state
  await eventually(nodes, async () => (await state(corvane)) === 'waiting')
  await belmara.focal.call(api.fetchAttachment, { params })
  await eventually(nodes, async () => (await state(belmara)) === 'here')
  await eventually(nodes, async () => (await state(corvane)) === 'here')
  const saved = await corvane.focal.call(api.getSharedAttachment, { params })
  expect(Buffer.from(saved).equals(bytes)).toBe(true)
}

/** Whoever comes later is told of the files that stand, and of none that are left out by then. */
async function widenAudiences(nodes: Three, second: TestPerson): Promise<void> {
  const [ardenia, belmara, corvane] = nodes
  const { focal } = ardenia
  for (const [name, redacted] of [
    ['Kept.pdf', ['attachments']],
    ['Told.pdf', []],
  ] as const) {
    const audience = [belmara.own]
    const { id: matter } = await focal.call(docket.openMatter, { body: opening({ audience }) })
    await put(focal, matter, name, randomBytes(100))
    const form = { ...formFor([belmara.own, corvane.own]), redacted: [...redacted] }
    await stepUp(focal)
    await focal.call(sharing.shareMatter, { params: { matter }, body: form })
    await approveAll(second)
  }
  await pass(nodes, 3_600_000)
  await carry(ardenia, corvane)
  const files = (await listedBy(corvane.focal)).list.filter(({ type }) => type === 'attachment')
  expect(files.map(({ title }) => title).sort()).toEqual(['Roads.pdf', 'Told.pdf'])
}
