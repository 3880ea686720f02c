import { system } from '@tocsin/domain/actor.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import { openCheckpoint } from '@tocsin/records/log/checkpoint.ts'
import { readVerifierKey } from '@tocsin/records/log/note.ts'
import { checkProof, readProof } from '@tocsin/records/log/proof-file.ts'
import { digestsIn, hashesIn } from '@tocsin/records/log/tiles.ts'
import { hashLeaf, rootOf } from '@tocsin/records/log/tree.ts'
import { describe, expect, test } from 'vitest'
import { appendToLog, watchLog } from '../src/network/log.ts'
import { publicLogKeys } from '../src/network/log-keys.ts'
import { sequenceLogs } from '../src/network/log-sequencer.ts'
import { digestOf, type LogNode, startLogNode } from './test-logs.ts'

async function checkpointOf(node: LogNode) {
  const { verifierKey } = await publicLogKeys(node.app, node.origin)
  const key = readVerifierKey(verifierKey)
  const text = await (await fetch(`${node.log}/checkpoint`)).text()
  const opened = key && openCheckpoint(text, key)
  if (!key || !opened) throw new Error(`not a checkpoint: ${text}`)
  return { ...opened, key, text }
}

const bytesOf = async (url: string) => new Uint8Array(await (await fetch(url)).arrayBuffer())

describe("an organisation's log", () => {
  test('is served as tiles whose entries hash to the root that it signs', async () => {
    const node = await startLogNode()
    const names = Array.from({ length: 300 }, (_, at) => `record ${at}`)
    await node.write(...names)
    const { size, root } = await checkpointOf(node)
    expect(size).toBe(304)
    const bundles = [`entries/000`, `entries/001.p/48`].map((tile) => `${node.log}/tile/${tile}`)
    const digests = (await Promise.all(bundles.map(bytesOf))).flatMap((one) => digestsIn(one) ?? [])
    expect(digests.map((digest) => Buffer.from(digest).toString('hex')).slice(0, 300)).toEqual(
      names.map(digestOf),
    )
    const leaves = digests.map(hashLeaf)
    expect(rootOf(leaves)).toEqual(root)
    expect(hashesIn(await bytesOf(`${node.log}/tile/0/001.p/48`))).toEqual(leaves.slice(256))
    expect(hashesIn(await bytesOf(`${node.log}/tile/1/000.p/1`))).toEqual([
      rootOf(leaves.slice(0, 256)),
    ])
    for (const absent of ['0/002', '0/001', 'entries/001.p/49', '%2e', '1/000']) {
      expect((await fetch(`${node.log}/tile/${absent}`)).status, absent).toBe(404)
    }
    const other = node.log.replace(node.organisation, newId<OrganisationId>())
    expect((await fetch(`${other}/checkpoint`)).status).toBe(404)
  })

  test('grows by eight each minute, busy or not, and at once for what is urgent', async () => {
    const node = await startLogNode()
    const sizes: number[] = []
    const grown = async () => sizes.push((await checkpointOf(node)).size)
    await node.write('first')
    await grown()
    await sequenceLogs(node.app)
    await grown()
    await node.tick()
    await grown()
    await node.app.db.as(system, (tx) => appendToLog(tx, node.organisation, digestOf('routine')))
    await sequenceLogs(node.app)
    await grown()
    await node.tick()
    await grown()
    await node.write('urgent')
    await grown()
    expect(sizes).toEqual([8, 8, 16, 16, 24, 32])
  })

  test('takes a digest once, and none of a transaction that was taken back', async () => {
    const node = await startLogNode()
    const failing = node.app.db.as(system, async (tx) => {
      await appendToLog(tx, node.organisation, digestOf('taken back'))
      throw new Error('taken back')
    })
    await expect(failing).rejects.toThrow('taken back')
    await node.write('once', 'once')
    await node.write('once')
    const { rows } = await node.asOwner('select digest, index::int from log_entry')
    expect(rows).toEqual([{ digest: digestOf('once'), index: 0 }])
  })

  test('passes over nothing that is committed late', async () => {
    const node = await startLogNode()
    const { promise: isCommitting, resolve: commit } = Promise.withResolvers<void>()
    const { promise: isQueued, resolve: queued } = Promise.withResolvers<void>()
    const late = node.app.db.as(system, async (tx) => {
      await appendToLog(tx, node.organisation, digestOf('late'), 'urgent')
      queued()
      await isCommitting
    })
    await isQueued
    await node.write('early')
    commit()
    await late
    await node.write('last')
    const { rows } = await node.asOwner(
      'select digest, index::int / 8 as batch from log_entry order by index',
    )
    const digests = rows.map(({ digest }) => digest)
    expect(digests[0]).toBe(digestOf('early'))
    expect(digests.slice(1).sort()).toEqual([digestOf('late'), digestOf('last')].sort())
  })

  test('is not halted by a witness that names a size which was never signed', async () => {
    const lie: typeof fetch = async (input, init) => {
      const url = String(input)
      if (url === 'http://liar.example/witness/checkpoints') return new Response('[]')
      if (url.startsWith('http://liar.example')) return new Response('999999\n', { status: 409 })
      return fetch(input, init)
    }
    const node = await startLogNode({ fetch: lie })
    const { verifierKey, witnessKey } = await publicLogKeys(node.app, 'liar.example/log/one')
    await node.app.db.as(system, (tx) =>
      watchLog(tx, {
        organisation: null,
        verifierKey,
        address: 'http://liar.example/log',
        witnessKey,
        witnessAddress: 'http://liar.example/witness',
      }),
    )
    await node.write('one')
    await node.tick()
    expect((await checkpointOf(node)).size).toBe(16)
  })

  test('has one writer, and loses nothing, while many append and many sequence', async () => {
    const node = await startLogNode()
    const names = Array.from({ length: 200 }, (_, at) => `record ${at}`)
    await Promise.all([
      ...names.map((name) =>
        node.app.db.as(system, (tx) =>
          appendToLog(tx, node.organisation, digestOf(name), 'urgent'),
        ),
      ),
      ...Array.from({ length: 20 }, () => sequenceLogs(node.app)),
    ])
    await node.write('last')
    const { rows } = await node.asOwner(
      'select count(*)::int as all, count(distinct index)::int as placed from log_entry',
    )
    expect(rows).toEqual([{ all: 201, placed: 201 }])
    const { size, root } = await checkpointOf(node)
    const leaves: Uint8Array[] = []
    for (let n = 0; n * 256 < size; n += 1) {
      const width = Math.min(256, size - n * 256)
      const path = `entries/${String(n).padStart(3, '0')}${width === 256 ? '' : `.p/${width}`}`
      const digests = digestsIn(await bytesOf(`${node.log}/tile/${path}`)) ?? []
      leaves.push(...digests.map(hashLeaf))
    }
    expect(rootOf(leaves)).toEqual(root)
  })

  test('proves each record by a file, and nothing that it does not hold', async () => {
    const node = await startLogNode()
    await node.write('one', 'two')
    await node.tick()
    const file = await (await fetch(`${node.log}/proof/${digestOf('two')}`)).text()
    const proof = readProof(file)
    const { key } = await checkpointOf(node)
    const policy = { logs: [key], witnesses: new Map(), groups: new Map(), quorum: undefined }
    expect(proof && checkProof(proof, policy)).toMatchObject({ isEnough: true })
    expect(proof?.index).toBe(1)
    expect((await fetch(`${node.log}/proof/${digestOf('three')}`)).status).toBe(404)
  })

  test('fills up with entries that nobody can tell from records', async () => {
    const node = await startLogNode()
    await node.write('one')
    const digests = digestsIn(await bytesOf(`${node.log}/tile/entries/000.p/8`)) ?? []
    const texts = digests.map((digest) => Buffer.from(digest).toString('hex'))
    expect(new Set(texts).size).toBe(8)
    // As random as a digest: about half of the bits are set.
    const bits = digests.slice(1).flatMap((digest) => [...digest].map((byte) => byte.toString(2)))
    const set = bits.join('').replaceAll('0', '').length / (7 * 256)
    expect(set).toBeGreaterThan(0.4)
    expect(set).toBeLessThan(0.6)
  })
})
